import Care
import Foundation
import Sealing
import Store

/// A team as an act on it finds it: its record, and everybody who is a member or waits to be one. Every act that changes who
/// holds its key moves the record one version on, so that of two at once one is refused.
struct StandingTeam: Sendable {
    /// Somebody who holds the team's key or is to hold it.
    struct Person: Sendable {
        let staff: StaffID
        let agency: AgencyID
        let roles: Set<Role>
        /// Whether the person has not accepted the invitation yet.
        let isInvited: Bool
        /// The row that says so: of the account, or of the invitation.
        let row: StoredRow
    }

    let record: TeamRecord
    /// The team's row.
    let row: StoredRow
    let members: [Person]
    let waiting: [Person]
    /// How many cases the team has.
    let cases: Int
    /// Who the newest statement about the team's leads names; nobody has verified it here.
    let leads: Set<StaffID>

    var id: TeamID { record.id }

    /// From this moment on the key is older than a year.
    var keyDueAt: Date {
        Date(timeIntervalSince1970: Double(record.keyMadeAtMilliseconds) / 1000)
            .addingTimeInterval(Limits.teamKeySeconds)
    }

    /// The team's row one version on.
    func row(_ record: TeamRecord, _ rows: ServerRows) throws(CaseworkError) -> StoredRow {
        try rows.row(record, .team, id: record.id.bytes, version: row.version + 1)
    }
}

extension Office {
    /// A team as it stands; nil where there is none.
    func standing(_ id: TeamID, in reading: borrowing some RowReading & ~Copyable) throws -> StandingTeam? {
        guard let row = try reading.row(.team, id: id.bytes) else { return nil }
        var members: [StandingTeam.Person] = []
        var waiting: [StandingTeam.Person] = []
        func sort(
            _ teams: Set<TeamID>,
            _ waitsFor: Set<TeamID>?,
            _ person: @autoclosure () -> StandingTeam.Person
        ) {
            if teams.contains(id) {
                members.append(person())
            } else if waitsFor?.contains(id) == true {
                waiting.append(person())
            }
        }
        try each(.account, in: reading) { row in
            let account = try rows.account(row)
            sort(
                account.teams,
                account.waitsFor,
                StandingTeam.Person(
                    staff: account.staff,
                    agency: account.agency,
                    roles: account.roles,
                    isInvited: false,
                    row: row
                )
            )
        }
        let now = time.now()
        try each(.invitation, in: reading) { row in
            // One that cannot be opened lets nobody in.
            guard let invited = rows.readable(InvitationRecord.self, row), !invited.hasEnded(at: now) else { return }
            sort(
                invited.teams,
                invited.waitsFor,
                StandingTeam.Person(
                    staff: invited.staff,
                    agency: invited.agency,
                    roles: invited.roles,
                    isInvited: true,
                    row: row
                )
            )
        }
        let stated = try reading.rows(.leads, owner: rows.blind(.leadsOfTeam, id.bytes), limit: Limits.page).last
        let leads: TeamLeads? = try stated.map { stored in
            do {
                return try TeamLeads(bytes: stored.sealed)
            } catch {
                throw CaseworkError.damaged(code: "leads")
            }
        }
        return StandingTeam(
            record: try rows.team(row),
            row: row,
            members: members.sorted { $0.staff < $1.staff },
            waiting: waiting.sorted { $0.staff < $1.staff },
            cases: try reading.count(.caseRouting, owner: rows.blind(.casesOfTeam, id.bytes)),
            leads: Set(leads?.leads.compactMap { StaffID(bytes: $0.id) } ?? [])
        )
    }

    /// Every row of a kind.
    func each(
        _ kind: RowKind,
        in reading: borrowing some RowReading & ~Copyable,
        _ body: (StoredRow) throws -> Void
    ) throws {
        var after: [UInt8]?
        while true {
            let stored = try reading.rows(kind, after: after, limit: Limits.page)
            for row in stored { try body(row) }
            guard stored.count == Limits.page else { return }
            after = stored.last?.id
        }
    }
}
