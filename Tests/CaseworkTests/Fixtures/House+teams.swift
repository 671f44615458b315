import Care
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// People who come later, and go.
extension House {
    /// The ceremony that founded everybody, taken up in this deployment.
    func ceremony() throws -> FoundingCeremony {
        let code = try PrintedCode.random(.founding)
        return try deployment.staff.ceremony(
            resuming: FoundingFile.open(founded.ceremony.foundingFile(under: code), with: code)
        )
    }

    /// Somebody who was invited for teams that stand, has enrolled, and is signed in.
    func newcomer(
        _ roles: Set<Role> = [.caseworker],
        of agency: AgencyID? = nil,
        waitingFor teams: [TeamID],
        called name: String = "newcomer"
    ) async throws -> SignedIn {
        let invitation = try await ceremony().invite(
            roles: roles,
            of: agency ?? founded.home,
            in: [],
            waitingFor: teams,
            request: deployment.newRequest()
        )
        call(invitation.staff.text, name)
        return try await enrolled(invitation)
    }

    /// Accepts an invitation and signs in.
    func enrolled(_ invitation: Invitation) async throws -> SignedIn {
        var password = Array("invented password of \(invitation.staff)".utf8)
        _ = try await deployment.enrolments.enrol(
            invitation.code,
            name: invitation.staff.text,
            PasswordAttempt(password: Secret(copying: password)),
            request: deployment.newRequest()
        )
        return try await signedIn(named: invitation.staff.text, &password)
    }

    /// The same person in a new session.
    func again(_ person: SignedIn) async throws -> SignedIn {
        var password = Array("invented password of \(person.worker.staff)".utf8)
        return try await signedIn(named: person.worker.staff.text, &password)
    }

    private func signedIn(named name: String, _ password: inout [UInt8]) async throws -> SignedIn {
        let session = try await deployment.signIn.signIn(
            name: name,
            password: &password,
            request: deployment.newRequest()
        )
        return try deployment.signIn.signedIn(bearer: session.token)
    }

    /// Lets somebody into a team.
    func letIn(_ person: SignedIn, to team: TeamID? = nil, by member: Person = .supervisor) async throws {
        _ = try await deployment.teams.add(
            person.worker.staff,
            to: team ?? founded.team,
            by: confirmed(member),
            request: deployment.newRequest()
        )
    }

    /// Seals a team's cases anew until nothing is left, and says how many requests it took.
    func reseal(_ team: TeamID? = nil, by person: SignedIn) async throws -> Int {
        for count in 1...20 {
            let roster = try await deployment.teams.reseal(
                team ?? founded.team,
                by: person,
                request: deployment.newRequest()
            )
            if roster.resealing == nil { return count }
        }
        Issue.record("it came to no end")
        return 0
    }
}
