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
