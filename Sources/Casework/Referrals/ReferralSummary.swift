public import Care

/// A referral in the inbox or the outbox: routing fields only (DECISIONS 4).
public struct ReferralSummary: Sendable {
    /// From which side it is seen.
    public enum Box: String, Sendable, CaseIterable {
        case inbox
        case outbox
    }

    /// From which side it is seen.
    public let box: Box
    /// The version it has now.
    public let version: Int
    /// What both sides may see.
    public let routing: ReferralRouting
    /// The receiving desk.
    public let desk: TeamID?
    /// The case it belongs to; nil for the receiving desk.
    public let caseID: CaseID?
}

extension ReferralSummary {
    /// As the sender sees it.
    init(outbox row: ReferralRow, version: Int) {
        self.init(
            box: .outbox,
            version: version,
            routing: row.routing.following(row.referral),
            desk: row.referral.desk,
            caseID: row.referral.caseID
        )
    }

    /// As the receiving desk sees it: without the case.
    init(inbox row: ReferralRow, version: Int) {
        self.init(
            box: .inbox,
            version: version,
            routing: row.routing.following(row.referral),
            desk: row.referral.desk,
            caseID: nil
        )
    }
}
