public import Directory
public import Foundation

/// What the country where she is lays down, as far as a match needs it. Nil is unknown: it is never filled in silently,
/// but for the windows, which fall back to the general ones (DOMAIN section 12).
public struct CountryProfile: Hashable, Sendable {
    /// Whole years from which she consents herself (N4).
    public var ownConsentFromAge: Int?
    /// Whole years; kept for those who read the profile beside a match, no rule of matching reads it.
    public var ageOfMajority: Int?
    /// Hours after the last exposure for MED-FORENSIC.
    public var forensicWindowHours: Int?
    /// The same for a child under 13.
    public var forensicWindowHoursUnder13: Int?
    /// Hours after the last exposure for other codes. They shorten the general window and never lengthen it.
    public var shorterWindowHours: [ServiceCode: Int]
    /// Hours to which a code is kept open though its window is over, because a source that nobody has confirmed says so:
    /// the service is still listed, with "call ahead" and without a countdown.
    public var keptOpenHours: [ServiceCode: Int]

    /// A profile with what is known.
    public init(
        ownConsentFromAge: Int? = nil,
        ageOfMajority: Int? = nil,
        forensicWindowHours: Int? = nil,
        forensicWindowHoursUnder13: Int? = nil,
        shorterWindowHours: [ServiceCode: Int] = [:],
        keptOpenHours: [ServiceCode: Int] = [:]
    ) {
        self.ownConsentFromAge = ownConsentFromAge
        self.ageOfMajority = ageOfMajority
        self.forensicWindowHours = forensicWindowHours
        self.forensicWindowHoursUnder13 = forensicWindowHoursUnder13
        self.shorterWindowHours = shorterWindowHours
        self.keptOpenHours = keptOpenHours
    }

    /// A country of which nothing is known.
    public static let unknown = CountryProfile()

    /// Hours of the window for somebody of that age, of the country or general; nil where there is no cut-off.
    func hours(of code: ServiceCode, age: Int?, _ windows: WindowRules) -> Int? {
        let general = windows.entry(for: code).hours(age: age)
        if code.text == Self.forensicCode { return forensicHours(age: age) ?? general }
        guard let general, let own = shorterWindowHours[code] else { return general }
        return min(general, own)
    }

    /// The last moment, inclusive, at which a code can be given to somebody of that age: the end that may be told. Nil where
    /// there is no cut-off.
    public func lastMoment(for code: ServiceCode, age: Int?, since exposure: Date, _ windows: WindowRules) -> Date? {
        hours(of: code, age: age, windows).map {
            Milliseconds.date(Milliseconds.of(exposure) + $0 * Milliseconds.hour)
        }
    }

    private static let forensicCode = "MED-FORENSIC"

    /// The forensic window for somebody of that age; nil when the profile has none. An unknown age takes the shorter of
    /// the two, so that nobody is told of more time than there is.
    private func forensicHours(age: Int?) -> Int? {
        guard let under13 = forensicWindowHoursUnder13 else { return forensicWindowHours }
        guard let age else { return min(under13, forensicWindowHours ?? under13) }
        return age < 13 ? under13 : forensicWindowHours
    }
}
