import Care
import Casework
import Foundation

/// Who is in a team and holds its key.
struct TeamRoutes: Sendable {
    let deployment: Deployment

    private struct RosterForm: Encodable {
        struct Person: Encodable {
            let staff: String
            let roles: [String]
            let lead: Bool
            let invited: Bool

            init(_ person: TeamDesk.Roster.Person) {
                staff = person.staff.text
                roles = person.roles.map(\.rawValue).sorted()
                lead = person.isLead
                invited = person.isInvited
            }
        }

        struct Resealing: Encodable {
            let done: Int
            let cases: Int
            let unreadable: Int
        }

        let team: String
        let epoch: UInt32
        let keyDueAt: Date
        let resealing: Resealing?
        let members: [Person]
        let waiting: [Person]

        init(_ roster: TeamDesk.Roster) {
            team = roster.team.text
            epoch = roster.epoch
            keyDueAt = roster.keyDueAt
            resealing = roster.resealing.map {
                Resealing(done: $0.done, cases: $0.cases, unreadable: $0.unreadable)
            }
            members = roster.members.map(Person.init)
            waiting = roster.waiting.map(Person.init)
        }
    }

    /// The members, and who waits.
    func members(_ asked: Asked) async throws -> Answer {
        try await answer(asked) { desk, team, signedIn in
            try await desk.roster(of: team, by: signedIn, request: asked.request)
        }
    }

    /// Lets somebody in.
    func add(_ asked: Asked) async throws -> Answer {
        try await answer(asked) { desk, team, signedIn in
            let staff = try asked.body { try $0.required("staff", Shape<StaffID>.id).get() }
            return try await desk.add(staff, to: team, by: signedIn, request: asked.request)
        }
    }

    /// Takes somebody out.
    func remove(_ asked: Asked) async throws -> Answer {
        try await answer(asked) { desk, team, signedIn in
            let staff = try asked.path("staff", StaffID.init(_:))
            try asked.nothingInBody()
            return try await desk.remove(staff, from: team, by: signedIn, request: asked.request)
        }
    }

    /// Gives the team a new key.
    func renewKey(_ asked: Asked) async throws -> Answer {
        try await answer(asked) { desk, team, signedIn in
            try asked.nothingInBody()
            return try await desk.renewKey(of: team, by: signedIn, request: asked.request)
        }
    }

    /// Seals the next cases under the key in use.
    func reseal(_ asked: Asked) async throws -> Answer {
        try await answer(asked) { desk, team, signedIn in
            try asked.nothingInBody()
            return try await desk.reseal(team, by: signedIn, request: asked.request)
        }
    }

    private func answer(
        _ asked: Asked,
        _ act: (TeamDesk, TeamID, SignedIn) async throws -> TeamDesk.Roster
    ) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let team = try asked.path("team", TeamID.init(_:))
        return .json(RosterForm(try await act(deployment.teams, team, signedIn)))
    }
}
