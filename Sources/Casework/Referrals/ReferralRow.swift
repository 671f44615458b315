import Care
import Foundation
import Sealing
import Store

/// The routing row of a referral: everything but the packet. It names no person and holds no free text.
struct ReferralRow: Codable, Sendable {
    var referral: Referral
    /// What the receiving desk sees before it accepts (DECISIONS 4).
    var routing: ReferralRouting
    let sendingTeam: TeamID
    let sendingAgency: AgencyID
    let desk: DeskOfService
    /// Until when the packet may be opened.
    let packetExpiresAtSeconds: Int64
    /// The epoch of the desk's key that the packet was sealed to; nil for the first.
    var deskEpoch: UInt32?

    /// What the packet is bound to: under other terms it does not open.
    var packetTerms: SealedPacket.Terms {
        SealedPacket.Terms(
            referral: referral.id.bytes,
            agency: sendingAgency.bytes,
            purpose: Purpose.referral.rawValue,
            expires: Date(timeIntervalSince1970: Double(packetExpiresAtSeconds)),
            schemaVersion: 1
        )
    }
}

/// Which desk receives the referrals of a service (DECISIONS 13); sealed under the routing key, found by a blind index of
/// the service.
struct DeskOfService: Codable, Sendable {
    let team: TeamID
    let agency: AgencyID
}

extension Office {
    /// A referral's routing row, found from the desk's side and from the sender's.
    func row(of referral: ReferralRow, version: Int) throws(CaseworkError) -> StoredRow {
        try rows.row(
            referral,
            .referralRouting,
            id: referral.referral.id.bytes,
            owner: rows.blind(.inboxOfDesk, referral.desk.team.bytes),
            index: rows.blind(.outboxOfTeam, referral.sendingTeam.bytes),
            version: version
        )
    }
}
