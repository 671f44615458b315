/// The limits of policy files.
enum Limits {
    /// An audit entry takes 64 characters for a rule: the longest act, a colon and this.
    static let ruleName = 40
    /// Editions are counted by hand.
    static let edition = 9_999
}
