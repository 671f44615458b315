import Care
import Casework
import Foundation

/// Signing in and out.
struct SessionRoutes: Sendable {
    let desk: SignInDesk
    let staff: StaffDesk

    private struct Session: Encodable {
        struct Team: Encodable {
            let id: String
            let name: String
            let desk: Bool
        }

        let session: String
        let staff: String
        let agency: String
        let roles: [String]
        let teams: [Team]
        let expiresAt: Date
        let confirmedUntil: Date?

        init(_ worker: Worker, _ teams: [StaffDesk.Team], until end: Date, confirmed: Date? = nil) {
            session = worker.session.text
            staff = worker.staff.text
            agency = worker.agency.text
            roles = worker.roles.map(\.rawValue).sorted()
            self.teams = teams.map { Team(id: $0.id.text, name: $0.name, desk: $0.isDesk) }
            expiresAt = end
            confirmedUntil = confirmed
        }
    }

    /// Opens a session.
    func open(_ asked: Asked) async throws -> Answer {
        let (name, secret) = try asked.body { fields in
            try fields.all(
                fields.required("name", .text(1...Limits.signInName)),
                fields.required("password", .secret(Limits.passwordBytes))
            )
        }
        var password = secret.take()
        defer { wipe(&password) }
        let opened = try await desk.signIn(name: name, password: &password, request: asked.request)
        var token = opened.token
        defer { wipe(&token) }
        let session = Session(opened.worker, try staff.teams(of: opened.worker), until: opened.endsAt)
        return .made(session).adding(token: token)
    }

    /// The caller's own session.
    func read(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: desk)
        return try answer(signedIn, confirmedUntil: desk.confirmedUntil(of: signedIn))
    }

    /// Confirms the session for the acts that ask for it.
    func confirm(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: desk)
        let secret = try asked.body { fields in
            try fields.all(fields.required("password", .secret(Limits.passwordBytes)))
        }
        var password = secret.take()
        defer { wipe(&password) }
        let end = try await desk.confirm(signedIn, password: &password, request: asked.request)
        return try answer(signedIn, confirmedUntil: end)
    }

    private func answer(_ signedIn: SignedIn, confirmedUntil: Date?) throws -> Answer {
        .json(
            Session(
                signedIn.worker,
                try staff.teams(of: signedIn.worker),
                until: signedIn.endsAt,
                confirmed: confirmedUntil
            )
        )
    }

    /// Ends the session; also one that has ended before.
    func close(_ asked: Asked) async throws -> Answer {
        var token = try asked.token()
        defer { wipe(&token) }
        await desk.signOut(bearer: token, request: asked.request)
        return .nothing
    }
}

extension Answer {
    /// The same object with a bearer token in front, which so never becomes a `String`. A token is letters, digits and
    /// `_`, so it needs no escapes.
    fileprivate func adding(token: [UInt8]) -> Answer {
        var answer = self
        answer.body = Array(#"{"token":""#.utf8) + token + Array(#"","#.utf8) + body.dropFirst()
        return answer
    }
}
