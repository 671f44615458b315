import Care
import Casework
import DataFiles
import Directory

/// A plan carried out by a ceremony.
struct FoundingRun: Sendable {
    /// An agency, with its handle.
    struct Agency: Sendable {
        let name: String
        let id: AgencyID
        let teams: [(name: String, id: TeamID, isDesk: Bool)]
    }

    /// Somebody who was invited.
    struct Person: Sendable {
        let label: String
        let agency: String
        let roles: [String]
        let teams: [String]
        /// Of these teams, those that stood before: their members let the person in.
        let waitsFor: [String]
        let invitation: Invitation
    }

    private(set) var agencies: [Agency] = []
    private(set) var people: [Person] = []
    /// What stopped it, where it could not be carried out to the end. What is listed stands all the same.
    private(set) var failure: CaseworkError?

    /// Founds what a plan says. A plan for later has been compared with what stands before: `standing` holds its agencies
    /// by name.
    static func carryOut(
        _ plan: FoundingPlan,
        with ceremony: FoundingCeremony,
        standing: [String: AgencyID] = [:],
        in deployment: Deployment
    ) async -> FoundingRun {
        var run = FoundingRun()
        do throws(CaseworkError) {
            for agency in plan.agencies { try await run.found(agency, ceremony, standing[agency.name], deployment) }
        } catch {
            run.failure = error
        }
        return run
    }

    private mutating func found(
        _ agency: FoundingPlan.Agency,
        _ ceremony: FoundingCeremony,
        _ standing: AgencyID?,
        _ deployment: Deployment
    ) async throws(CaseworkError) {
        let id: AgencyID
        if let standing {
            id = standing
        } else if let country = agency.country {
            id = try await ceremony.agency(named: agency.name, in: country, request: deployment.newRequest())
        } else {
            throw .notFound
        }
        var teams: [(name: String, id: TeamID, isDesk: Bool)] = []
        defer { agencies.append(Agency(name: agency.name, id: id, teams: teams)) }
        for team in agency.teams {
            let made = try await ceremony.team(
                named: team.name,
                of: id,
                isDesk: team.isDesk,
                services: team.services.map(\.id),
                request: deployment.newRequest()
            )
            teams.append((team.name, made, team.isDesk))
        }
        let before = try standing == nil ? [] : ceremony.standingTeams().filter { $0.agency == id }
        for person in agency.people {
            let names = person.teams.map(\.text)
            let waitsFor = before.filter { team in
                names.contains(team.name) && !teams.contains { $0.id == team.id }
            }
            let invitation = try await ceremony.invite(
                roles: person.roles,
                of: id,
                in: teams.filter { names.contains($0.name) }.map(\.id),
                waitingFor: waitsFor.map(\.id),
                request: deployment.newRequest()
            )
            people.append(
                Person(
                    label: person.label,
                    agency: agency.name,
                    roles: person.roles.map(\.rawValue).sorted(),
                    teams: names,
                    waitsFor: waitsFor.map(\.name).sorted(),
                    invitation: invitation
                )
            )
        }
    }
}
