public import Care
public import Foundation
import Policy
import Sealing
import Store

/// Who is in a team, and so holds its key: let in by a supervisor of the team, and out by one who leads it. Out means a new
/// key for everybody who stays (SECURITY section 5).
public struct TeamDesk: Sendable {
    let office: Office

    /// A team with its people, and how far its cases have come to the key in use.
    public struct Roster: Sendable {
        /// Somebody in the team, or who waits to be.
        public struct Person: Sendable {
            /// The person's handle.
            public let staff: StaffID
            /// What the person is appointed to do.
            public let roles: Set<Role>
            /// Whether the agency has named the person a lead of the team.
            public let isLead: Bool
            /// Whether the person has not accepted the invitation yet.
            public let isInvited: Bool
        }

        /// What is still sealed under earlier keys.
        public struct Resealing: Sendable {
            /// How many cases were looked at.
            public let done: Int
            /// How many cases the team has.
            public let cases: Int
            /// How many opened under none of the keys; the earlier ones are kept until there is none.
            public let unreadable: Int
        }

        /// The team.
        public let team: TeamID
        /// The epoch of the key in use.
        public let epoch: UInt32
        /// When the key in use will be a year old and is to be renewed.
        public let keyDueAt: Date
        /// Nil where nothing is sealed under an earlier key.
        public let resealing: Resealing?
        /// Who holds the key.
        public let members: [Person]
        /// Who was invited for the team and waits to be let in.
        public let waiting: [Person]
    }

    /// The members of a team, and who waits.
    ///
    /// - Throws: ``CaseworkError/notFound`` where there is no such team or it is not for this worker.
    public func roster(
        of team: TeamID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Roster {
        try await change(.listMembers, of: team, by: signedIn, request: request) {
            _ throws(CaseworkError) in Change()
        }
    }

    /// Lets somebody of the same agency into the team: gives them its key. Somebody who is in it already stays so. A supervisor
    /// lets in whom they will; any other member only whom the agency invited for the team, so that a team or desk without a
    /// supervisor can have its first.
    ///
    /// - Throws: ``CaseworkError/notFound`` for another team, ``CaseworkError/refused(code:)`` with `not_invited`, ``CaseworkError/invalid(field:what:)`` for somebody who has no
    ///   account of the team's agency, ``CaseworkError/stale`` when the team has changed meanwhile.
    public func add(
        _ staff: StaffID,
        to team: TeamID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Roster {
        try await change(.addMember, of: team, by: signedIn, request: request) { standing throws(CaseworkError) in
            let isInvited = (standing.members + standing.waiting).contains { $0.staff == staff }
            guard isInvited || signedIn.worker.roles.contains(.supervisor) else { throw .refused(code: "not_invited") }
            return Change(rows: try entry(of: staff, to: standing, by: signedIn), handles: [staff.text])
        }
    }

    /// Takes somebody out of the team: their grants go at once, and everybody who stays gets a new key. The cases are sealed
    /// anew by ``reseal(_:by:request:)``.
    ///
    /// - Throws: ``CaseworkError/refused(code:)`` with `not_a_lead` for a supervisor whom the agency has not named a lead;
    ///   ``CaseworkError/invalid(field:what:)`` for oneself and for somebody who is no member; ``CaseworkError/notFound``,
    ///   ``CaseworkError/stale``.
    public func remove(
        _ staff: StaffID,
        from team: TeamID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Roster {
        try await change(.removeMember, of: team, by: signedIn, request: request) { standing throws(CaseworkError) in
            guard staff != signedIn.worker.staff else {
                throw .invalid(field: "/staff", what: "another lead of the team takes you out of it")
            }
            guard let leaving = standing.members.first(where: { $0.staff == staff }) else {
                throw .invalid(field: "/staff", what: "write the handle of a member of the team")
            }
            let rows = try TeamKeyMove(office: office).rows(of: standing, without: leaving, by: signedIn)
            return Change(rows: rows, handles: [staff.text])
        }
    }

    /// Gives the team a new key: after a year, or when the key of a member may be known to somebody.
    ///
    /// - Throws: as ``remove(_:from:by:request:)``.
    public func renewKey(
        of team: TeamID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Roster {
        try await change(.renewTeamKey, of: team, by: signedIn, request: request) { standing throws(CaseworkError) in
            Change(rows: try TeamKeyMove(office: office).rows(of: standing, without: nil, by: signedIn))
        }
    }

    /// Seals the next of the team's cases under the key in use, and says how far it has come. Asked again until nothing is
    /// left; who asks, and how often it was interrupted, makes no difference.
    ///
    /// - Throws: ``CaseworkError/notFound`` for somebody without the team's key; ``CaseworkError/stale`` when somebody else does
    ///   it at the same time, or a case has changed.
    public func reseal(
        _ team: TeamID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Roster {
        try await change(.resealTeam, of: team, by: signedIn, request: request) { standing throws(CaseworkError) in
            let batch = try TeamResealing(office: office).next(of: standing, by: signedIn)
            return Change(rows: batch.rows, count: batch.sealed)
        }
    }

    // MARK: - The common act

    private struct Change: Sendable {
        var rows = TeamRows()
        var handles: [String] = []
        var count: Int?
    }

    private func change(
        _ act: Act,
        of team: TeamID,
        by signedIn: SignedIn,
        request: RequestID,
        _ change: (StandingTeam) throws(CaseworkError) -> Change
    ) async throws(CaseworkError) -> Roster {
        try await office.ledger.perform(
            act,
            by: signedIn.worker,
            on: .team(team),
            purpose: .accountAccess,
            request: request,
            prepare: { () throws(CaseworkError) -> Change in
                guard let standing = try office.read({ try office.standing(team, in: $0) }) else { throw .notFound }
                return try change(standing)
            },
            commit: { [office] change, _, transaction, notes in
                try change.rows.write(in: transaction)
                notes.handles = change.handles
                notes.count = change.count
                if !change.rows.puts.isEmpty { notes.envelopeDigest = try change.rows.digest() }
                guard let standing = try office.standing(team, in: transaction) else { throw CaseworkError.notFound }
                return Self.roster(of: standing)
            },
            reveal: { _, roster throws(CaseworkError) in roster }
        )
    }

    /// The rows that let somebody in: a grant of the key in use and of each earlier one that is still needed.
    private func entry(
        of staff: StaffID,
        to team: StandingTeam,
        by signedIn: SignedIn
    ) throws(CaseworkError) -> TeamRows {
        guard !team.members.contains(where: { $0.staff == staff }) else { return TeamRows() }
        guard let row = try office.read({ try $0.row(.account, id: staff.bytes) }) else {
            throw .invalid(field: "/staff", what: "write the handle of somebody who has accepted their invitation")
        }
        var account = try office.rows.account(row)
        guard account.agency == team.record.agency else {
            throw .invalid(field: "/staff", what: "write the handle of somebody of the team's agency")
        }
        let person = StandingTeam.Person(
            staff: staff,
            agency: account.agency,
            roles: account.roles,
            isInvited: false,
            row: row
        )
        var rows = TeamRows()
        let key = try office.keys(of: team.id, for: signedIn)
        let grant = try office.grant(key, of: team.record, to: person, by: signedIn)
        // Somebody who was in the team before has none left.
        rows.puts.append((try office.row(of: grant, to: staff, version: 1), nil))
        for epoch in team.record.resealing?.earlier ?? [] {
            let earlier = try office.keys(of: TeamEpoch(team: team.id, epoch: epoch), for: signedIn)
            let grant = try office.grant(earlier, of: team.record, to: person, by: signedIn)
            rows.puts.append((try office.earlierRow(of: grant, to: staff, version: 1), nil))
        }
        account.teams.insert(team.id)
        account.waitsFor?.remove(team.id)
        rows.puts.append(
            (
                try office.rows.row(account, .account, id: row.id, index: row.index, version: row.version + 1),
                row.version
            )
        )
        rows.puts.append((try team.row(team.record, office.rows), team.row.version))
        return rows
    }

    private static func roster(of team: StandingTeam) -> Roster {
        func people(_ persons: [StandingTeam.Person]) -> [Roster.Person] {
            persons.map {
                Roster.Person(
                    staff: $0.staff,
                    roles: $0.roles,
                    isLead: team.leads.contains($0.staff),
                    isInvited: $0.isInvited
                )
            }
        }
        return Roster(
            team: team.id,
            epoch: team.record.epoch,
            keyDueAt: team.keyDueAt,
            resealing: team.record.resealing.map {
                Roster.Resealing(done: $0.done, cases: team.cases, unreadable: $0.unreadable)
            },
            members: people(team.members),
            waiting: people(team.waiting)
        )
    }
}
