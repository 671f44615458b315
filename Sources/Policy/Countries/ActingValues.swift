public import Directory

/// The values of one country on which a match or a consent turns; empty where the country is unknown.
public struct ActingValues: Hashable, Sendable {
    /// Hours from the last exposure, confirmed.
    public let windowHours: [ServiceCode: Int]
    /// Hours to which a code is still offered, not confirmed.
    public let keptOpenHours: [ServiceCode: Int]
    /// Whole years from which young people consent alone to what a sector offers, confirmed; always above what the
    /// consent file says.
    public let ownConsentFromAge: [Sector: Int]

    init(_ values: [JudgedValue]) {
        var windowHours: [ServiceCode: Int] = [:]
        var keptOpenHours: [ServiceCode: Int] = [:]
        var ownConsentFromAge: [Sector: Int] = [:]
        for value in values {
            switch value.effect {
            case .setsWindow(let code, let hours): windowHours[code] = hours
            case .keepsOpen(let code, let hours): keptOpenHours[code] = hours
            case .raisesOwnConsent(let sector, let age): ownConsentFromAge[sector] = age
            case .warns, .states, .none: break
            }
        }
        self.windowHours = windowHours
        self.keptOpenHours = keptOpenHours
        self.ownConsentFromAge = ownConsentFromAge
    }
}

extension Policies {
    /// What is known of one field of a country, each value with what it does and why; empty: unknown, ask.
    public func judged(_ field: CountryField, in country: CountryCode) -> [JudgedValue] {
        countries[country]?.judged(field, beside: general) ?? []
    }

    /// The values of a country on which a match or a consent turns.
    public func acting(in country: CountryCode) -> ActingValues {
        ActingValues(CountryField.allCases.flatMap { judged($0, in: country) })
    }

    private var general: GeneralRules { GeneralRules(windows: windows, consent: consent) }
}
