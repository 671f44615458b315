import Care
import Foundation
import Sealing
import Store

/// A team's next key: made in a lead's session, bound by the lead's signature, granted to everybody who stays, and to nobody
/// else (SECURITY section 5). The key before it stays readable for those who stay until nothing is sealed under it any more.
struct TeamKeyMove: Sendable {
    let office: Office

    /// The rows of a move, without somebody who leaves; nil where only the key is to be another.
    ///
    /// - Throws: ``CaseworkError/refused(code:)`` with `not_a_lead` for somebody whom the agency has not named a lead of the
    ///   team with the key that this keyring signs with; ``CaseworkError/notFound`` for somebody without the key.
    func rows(
        of team: StandingTeam,
        without leaving: StandingTeam.Person?,
        by signedIn: SignedIn
    ) throws(CaseworkError) -> TeamRows {
        let old = try office.keys(of: team.id, for: signedIn)
        let agency = team.record.agency
        let leads = try office.leads(of: team.id, agency: agency, for: signedIn)
        let isLead = try sealing("leads") { () throws(SealingError) in
            try leads?.areLed(by: signedIn.keyring) ?? false
        }
        guard let leads, isLead else { throw .refused(code: "not_a_lead") }
        let (key, binding) = try sealing("team_key") { () throws(SealingError) -> (TeamKey, KeyBinding) in
            let key = try TeamKey.random(id: team.id.bytes, epoch: leads.epoch(after: old.epoch))
            let binding = try KeyBinding.team(
                team.id.bytes,
                epoch: key.epoch,
                sealingKey: key.dropBox.publicKey,
                signedBy: signedIn.keyring
            )
            return (key, binding)
        }
        var rows = TeamRows()
        try bind(binding, after: old.epoch, of: team, in: &rows)
        var record = team.record
        record.epoch = key.epoch
        record.keyMadeAtMilliseconds = Int64(office.time.now().timeIntervalSince1970 * 1000)
        // Whatever was still under a key before this one is looked at again from the first case on.
        let earlier = (team.record.resealing?.earlier ?? []) + [old.epoch]
        record.resealing = TeamRecord.Resealing(earlier: earlier)
        rows.puts.append((try team.row(record, office.rows), team.row.version))
        for person in team.members where person.staff != leaving?.staff {
            try grant(key, of: record, to: person, by: signedIn, in: &rows)
        }
        if let leaving { try end(leaving, of: team, earlier, in: &rows) }
        return rows
    }

    private func bind(
        _ binding: KeyBinding,
        after old: UInt32,
        of team: StandingTeam,
        in rows: inout TeamRows
    ) throws(CaseworkError) {
        guard let standing = try office.read({ try $0.row(.binding, id: team.id.bytes) }) else {
            throw .damaged(code: "binding")
        }
        let place = TeamEpoch(team: team.id, epoch: old).rowID
        rows.puts.append((StoredRow(kind: .earlierBinding, id: place, version: 1, sealed: standing.sealed), nil))
        rows.puts.append(
            (
                StoredRow(
                    kind: .binding,
                    id: team.id.bytes,
                    version: standing.version + 1,
                    sealed: binding.bytes
                ), standing.version
            )
        )
    }

    private func grant(
        _ key: TeamKey,
        of record: TeamRecord,
        to person: StandingTeam.Person,
        by signedIn: SignedIn,
        in rows: inout TeamRows
    ) throws(CaseworkError) {
        let id = try office.rows.blind(.teamGrant, person.staff.bytes, record.id.bytes)
        let held = try office.read { try $0.row(.teamGrant, id: id) }
        if let held {
            rows.puts.append(
                (try office.earlierRow(of: office.rows.teamGrant(held), to: person.staff, version: 1), nil)
            )
        }
        let grant = try office.grant(key, of: record, to: person, by: signedIn)
        rows.puts.append(
            (try office.row(of: grant, to: person.staff, version: (held?.version ?? 0) + 1), held?.version)
        )
    }

    /// Takes the team's keys from somebody, the one in use and all earlier ones, and the membership.
    private func end(
        _ person: StandingTeam.Person,
        of team: StandingTeam,
        _ earlier: [UInt32],
        in rows: inout TeamRows
    ) throws(CaseworkError) {
        rows.deletions.append((.teamGrant, try office.rows.blind(.teamGrant, person.staff.bytes, team.id.bytes)))
        for epoch in earlier {
            let key = TeamEpoch(team: team.id, epoch: epoch)
            rows.deletions.append((.earlierTeamGrant, try office.earlierGrantID(key, person.staff)))
        }
        rows.puts.append((try office.row(of: person, leaving: team.id), person.row.version))
    }
}

extension Office {
    /// The account or invitation of somebody without a team.
    func row(of person: StandingTeam.Person, leaving team: TeamID) throws(CaseworkError) -> StoredRow {
        let version = person.row.version + 1
        guard person.isInvited else {
            var account = try rows.account(person.row)
            account.teams.remove(team)
            return try rows.row(account, .account, id: person.row.id, index: person.row.index, version: version)
        }
        let invited = try rows.open(InvitationRecord.self, person.row)
        let without = InvitationRecord(
            staff: invited.staff,
            agency: invited.agency,
            roles: invited.roles,
            teams: invited.teams.subtracting([team]),
            waitsFor: invited.waitsFor,
            endsAtMilliseconds: invited.endsAtMilliseconds,
            slot: invited.slot
        )
        return try rows.row(without, .invitation, id: person.row.id, version: version)
    }
}
