/// What the country where she is lays down, as far as a match needs it. Nil is unknown: it is never filled in silently,
/// but for the forensic window, which falls back to the general one (DOMAIN section 12).
public struct CountryProfile: Hashable, Sendable {
    /// Whole years from which she consents herself (N4).
    public var ownConsentFromAge: Int?
    /// Whole years; kept for those who read the profile beside a match, no rule of matching reads it.
    public var ageOfMajority: Int?
    /// Hours after the last exposure for MED-FORENSIC.
    public var forensicWindowHours: Int?
    /// The same for a child under 13.
    public var forensicWindowHoursUnder13: Int?

    /// A profile with what is known.
    public init(
        ownConsentFromAge: Int? = nil,
        ageOfMajority: Int? = nil,
        forensicWindowHours: Int? = nil,
        forensicWindowHoursUnder13: Int? = nil
    ) {
        self.ownConsentFromAge = ownConsentFromAge
        self.ageOfMajority = ageOfMajority
        self.forensicWindowHours = forensicWindowHours
        self.forensicWindowHoursUnder13 = forensicWindowHoursUnder13
    }

    /// A country of which nothing is known.
    public static let unknown = CountryProfile()

    /// The forensic window for somebody of that age; nil when the profile has none. An unknown age takes the shorter of
    /// the two, so that nobody is told of more time than there is.
    func forensicHours(age: Int?) -> Int? {
        guard let under13 = forensicWindowHoursUnder13 else { return forensicWindowHours }
        guard let age else { return min(under13, forensicWindowHours ?? under13) }
        return age < 13 ? under13 : forensicWindowHours
    }
}
