/// The policies a deployment runs by.
public struct Policies: Hashable, Sendable {
    /// Who may do what.
    public let access: AccessPolicy
    /// Who may consent, and what may be sent.
    public let consent: ConsentPolicy
}
