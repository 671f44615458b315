import Care
import Store

/// The routing row of a referral: everything but the packet. It names no person and holds no free text.
struct ReferralRow: Codable, Sendable {
    var referral: Referral
    /// What the receiving desk sees before it accepts (DECISIONS 4).
    var routing: ReferralRouting
    let sendingTeam: TeamID
    let sendingAgency: AgencyID
}

extension Office {
    /// A referral's routing row, found from the desk's side and from the sender's.
    func row(of referral: ReferralRow, version: Int) throws(CaseworkError) -> StoredRow {
        try rows.row(
            referral,
            .referralRouting,
            id: referral.referral.id.bytes,
            owner: referral.referral.desk.map { desk throws(CaseworkError) in
                try rows.blind(.inboxOfDesk, desk.bytes)
            },
            index: rows.blind(.outboxOfTeam, referral.sendingTeam.bytes),
            version: version
        )
    }
}
