import Audit
public import Care
public import Foundation
public import Sealing
import Store

/// What a ceremony hands to somebody who is to work here: a code on paper that makes an account of its holder, once.
public struct Invitation: Sendable {
    /// The person's handle, as the log will know them.
    public let staff: StaffID
    /// The code that opens the person's keyring. It is in no log and not in the store.
    public let code: PrintedCode
    /// From this moment on it opens nothing.
    public let endsAt: Date
}

/// An invitation that waits for its person; sealed under the routing key. No name, no label: nobody knows the sign-in name
/// before the person writes it.
struct InvitationRecord: Codable, Sendable {
    let staff: StaffID
    let agency: AgencyID
    let roles: Set<Role>
    let teams: Set<TeamID>
    /// Teams that stand, whose members let the person in; nil for none.
    let waitsFor: Set<TeamID>?
    let endsAtMilliseconds: Int64
    /// The keyring key under the code and the pepper.
    let slot: [UInt8]

    enum CodingKeys: String, CodingKey {
        case staff, agency, roles, teams
        case waitsFor = "waits_for"
        case endsAtMilliseconds = "ends_at"
        case slot
    }

    func hasEnded(at now: Date) -> Bool { now.timeIntervalSince1970 * 1000 >= Double(endsAtMilliseconds) }
}

extension Office {
    /// Deletes the invitations whose time is over, with the keyrings and grants that waited for their people; each is
    /// counted in the log. The binding stays: what the person's key has signed in the ceremony goes on being believed.
    func endInvitations(in transaction: borrowing Transaction) throws {
        let now = time.now()
        var after: [UInt8]?
        while true {
            let stored = try transaction.rows(.invitation, after: after, limit: Limits.page)
            for row in stored {
                // One that cannot be opened lets nobody in; what it is about cannot be known.
                guard let record = rows.readable(InvitationRecord.self, row), record.hasEnded(at: now) else { continue }
                try transaction.delete(.invitation, id: row.id)
                try transaction.delete(.keyring, id: record.staff.bytes)
                try transaction.deleteRows(.teamGrant, owner: rows.blind(.grantsOfStaff, record.staff.bytes))
                ledger.tally(
                    .invitePerson,
                    purpose: .accountAccess,
                    outcome: .failed,
                    rule: "invitation_ended",
                    object: record.staff.text
                )
            }
            guard stored.count == Limits.page else { return }
            after = stored.last?.id
        }
    }
}
