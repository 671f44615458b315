public import Directory

/// A wish of hers: what, and whether anything else is out of the question (F3). Set by her, never inferred.
public struct Preference<Value: Hashable & Sendable>: Hashable, Sendable {
    /// What she wishes for.
    public var value: Value
    /// A strict wish excludes; any other only orders.
    public var isStrict: Bool

    /// A wish for `value`.
    public init(_ value: Value, strict: Bool = false) {
        self.value = value
        self.isStrict = strict
    }
}

/// Her wishes (F3); nil where she has none.
public struct Preferences: Hashable, Sendable {
    /// Who should help her.
    public var staffGender: Preference<Gender>?
    /// Hours of travel from where she is.
    public var maxTravelHours: Preference<Double>?
    /// How she would be helped.
    public var mode: Preference<ContactMode>?
    /// She wants nothing reported to authorities; a mandated reporter then loses soft points (M5).
    public var noReportToAuthorities: Bool

    /// The wishes given; by default none.
    public init(
        staffGender: Preference<Gender>? = nil,
        maxTravelHours: Preference<Double>? = nil,
        mode: Preference<ContactMode>? = nil,
        noReportToAuthorities: Bool = false
    ) {
        self.staffGender = staffGender
        self.maxTravelHours = maxTravelHours
        self.mode = mode
        self.noReportToAuthorities = noReportToAuthorities
    }
}
