public import Directory

/// The policies a deployment runs by.
public struct Policies: Hashable, Sendable {
    /// Who may do what.
    public let access: AccessPolicy
    /// Who may consent, and what may be sent.
    public let consent: ConsentPolicy
    /// Until when what can be given, where no country says otherwise.
    public let windows: WindowPolicy
    /// How soon somebody must answer, and who is told.
    public let risk: RiskPolicy
    /// What single countries lay down; a country without a file is unknown: ask.
    public let countries: [CountryCode: CountryRules]
    /// What the files hold, by content: two deployments with the same hash run by the same rules.
    public let contentHash: ContentHash
}
