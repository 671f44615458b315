/// The limits of policy files.
enum Limits {
    /// An audit entry takes 64 characters for a rule: the longest act, a colon and this.
    static let ruleName = 40
    /// Editions are counted by hand.
    static let edition = 9_999
    /// A year of hours: no clinical window and no response time is longer.
    static let windowHours = 1...8_760
    /// Ages at which somebody may act alone: at most 18, from which everybody may (T1, N4).
    static let ownConsentAge = 1...18
    /// Years of a legal limit or an age: a lifetime.
    static let years = 1...100
    /// Months of the same.
    static let months = 1...1_200
    /// A year of days, for plans and follow-ups.
    static let days = 1...365
}
