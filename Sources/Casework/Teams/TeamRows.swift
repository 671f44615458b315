import Care
import Foundation
import Sealing
import Store

/// What an act on a team's keys writes, made before the transaction: rows with the versions that they take the place of, and
/// rows to delete where they stand.
struct TeamRows: Sendable {
    var puts: [(row: StoredRow, expecting: Int?)] = []
    var deletions: [(kind: RowKind, id: [UInt8])] = []
    /// Owners whose earlier grants end, all of them.
    var endedGrants: [[UInt8]] = []

    func write(in transaction: borrowing Transaction) throws {
        for (row, expecting) in puts { try transaction.put(row, expecting: expecting) }
        for (kind, id) in deletions where try transaction.version(kind, id: id) != nil {
            try transaction.delete(kind, id: id)
        }
        for owner in endedGrants { try transaction.deleteRows(.earlierTeamGrant, owner: owner) }
    }

    /// SHA-256 of what is written, for the entry.
    func digest() throws -> [UInt8] { try Digest.sha256(puts.flatMap(\.row.sealed)) }
}

extension Office {
    /// A team's key for one person, signed by who gives it. Only keys that lead up to the pinned root are given anything.
    func grant(
        _ key: TeamKey,
        of team: TeamRecord,
        to person: StandingTeam.Person,
        by signedIn: SignedIn
    ) throws(CaseworkError) -> TeamGrantRecord {
        let expires = Date(
            timeIntervalSince1970: (time.now().timeIntervalSince1970 + Limits.teamGrantSeconds).rounded()
        )
        let recipient = try trustedPerson(person.staff, of: person.agency, for: signedIn)
        let grant = try sealing("team_grant") { () throws(SealingError) in
            try TeamSecretWrap.seal(key, to: recipient, by: signedIn.keyring, expires: expires)
        }
        return TeamGrantRecord(
            team: team.id,
            agency: team.agency,
            epoch: key.epoch,
            granter: signedIn.worker.staff,
            granterAgency: signedIn.worker.agency,
            expiresAtSeconds: Int64(expires.timeIntervalSince1970),
            grant: grant.bytes
        )
    }

    /// The row of a grant of the key in use.
    func row(of grant: TeamGrantRecord, to staff: StaffID, version: Int) throws(CaseworkError) -> StoredRow {
        try rows.row(
            grant,
            .teamGrant,
            id: rows.blind(.teamGrant, staff.bytes, grant.team.bytes),
            owner: rows.blind(.grantsOfStaff, staff.bytes),
            version: version
        )
    }

    /// The row of a grant of an earlier key.
    func earlierRow(of grant: TeamGrantRecord, to staff: StaffID, version: Int) throws(CaseworkError) -> StoredRow {
        try rows.row(
            grant,
            .earlierTeamGrant,
            id: earlierGrantID(TeamEpoch(team: grant.team, epoch: grant.epoch), staff),
            owner: rows.blind(.earlierGrantsOfTeam, grant.team.bytes),
            version: version
        )
    }
}
