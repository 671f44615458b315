import DataFiles
public import Directory

/// What one country lays down, as its file has it. A field without a value is unknown: ask; nothing is filled in.
public struct CountryRules: Hashable, Sendable {
    /// The country.
    public let country: CountryCode
    /// The edition of the file.
    public let edition: Int
    /// By field, in the order of the file; no list is empty.
    public let values: [CountryField: [CountryValue]]

    /// Every value with what it does and why, in the order of the file; empty where nothing is known: ask.
    public func judged(_ field: CountryField, beside general: GeneralRules) -> [JudgedValue] {
        let values = values[field] ?? []
        return values.map { JudgedValue(value: $0, effect: ValueEffect.of($0, among: values, beside: general)) }
    }

    /// Values that somebody confirmed though they would loosen what holds for every country. A country file may tighten,
    /// never loosen (ADR 0014).
    func problems(beside general: GeneralRules) -> [DataProblem] {
        values.values.flatMap(\.self).filter(\.isConfirmed).compactMap { value in
            guard let looser = ValueEffect.looseness(of: value, beside: general) else { return nil }
            return DataProblem(at: value.place, what: looser.what, write: looser.write)
        }
    }
}

/// What holds where no country says otherwise.
public struct GeneralRules: Hashable, Sendable {
    /// The general windows.
    public let windows: WindowPolicy
    /// Whole years from which the consent file lets young people consent for themselves.
    public let ownConsentFromAge: Int

    /// The rules of two files.
    public init(windows: WindowPolicy, consent: ConsentPolicy) {
        self.windows = windows
        self.ownConsentFromAge = consent.ownConsentFromAge
    }

    /// The general window of a code; nil where it has no cut-off.
    func hours(of code: String) -> Int? { ServiceCode(code).flatMap { windows.windows[$0]?.hours } }
}
