public import Care

/// A referral in the inbox or the outbox: routing fields only (DECISIONS 4).
public struct ReferralSummary: Sendable {
    /// From which side it is seen.
    public enum Box: String, Sendable, CaseIterable {
        case inbox
        case outbox
    }

    public let box: Box
    public let version: Int
    public let routing: ReferralRouting
    public let desk: TeamID?
    /// The case it belongs to; nil for the receiving desk.
    public let caseID: CaseID?
}
