public import Care
public import Foundation

/// What stood when a need was last matched, as far as it can be compared without a key of the case (DECISIONS 14): versions,
/// hashes and ids, nothing that the match said.
public struct MatchMark: Hashable, Sendable, Codable {
    /// Which need.
    public let need: NeedID
    /// When it was matched.
    public let at: Date
    /// What the directory's files held.
    public let directory: String?
    /// What the policy files held.
    public let policies: String
    /// The version of the case's conflicts.
    public let conflicts: Int
    /// Consents to the need's service that held, in the order of their ids.
    public let consents: [ConsentID]
    /// Referrals for it that had failed, in the order of their ids.
    public let failedReferrals: [ReferralID]
    /// Nothing fitted, though no gate kept the list back: an unmet need (M8).
    public let isUnmet: Bool

    /// What stands now, or stood then.
    public init(
        need: NeedID,
        at: Date,
        directory: String?,
        policies: String,
        conflicts: Int,
        consents: [ConsentID],
        failedReferrals: [ReferralID],
        isUnmet: Bool
    ) {
        self.need = need
        self.at = at
        self.directory = directory
        self.policies = policies
        self.conflicts = conflicts
        self.consents = consents.sorted()
        self.failedReferrals = failedReferrals.sorted()
        self.isUnmet = isUnmet
    }
}
