import Care
import Casework
import Foundation

/// What somebody does with their own account.
struct AccountRoutes: Sendable {
    let desk: AccountDesk
    let signIn: SignInDesk

    private struct Account: Encodable {
        struct OpenSession: Encodable {
            let session: String
            let startedAt: Date
            let lastUsedAt: Date
            let thisOne: Bool
        }

        struct Device: Encodable {
            let device: String
            let firstAt: Date
            let lastAt: Date
            let endsAt: Date
        }

        let staff: String
        let sessions: [OpenSession]
        let devices: [Device]
        let authenticator: Bool
        let recoveryCodeMadeAt: Date?
        let pairDueAt: Date?
    }

    private struct Offer: Encodable {
        let endsAt: Date
    }

    private struct Changed: Encodable {
        let staff: String
    }

    /// The caller's own sessions, devices and what protects the account.
    func read(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        let overview = try await desk.overview(for: signedIn, request: asked.request)
        return .json(
            Account(
                staff: signedIn.worker.staff.text,
                sessions: overview.sessions.map { session in
                    Account.OpenSession(
                        session: session.id.text,
                        startedAt: session.startedAt,
                        lastUsedAt: session.lastUsedAt,
                        thisOne: session.isThisOne
                    )
                },
                devices: overview.devices.map { device in
                    Account.Device(
                        device: device.id,
                        firstAt: device.firstAt,
                        lastAt: device.lastAt,
                        endsAt: device.endsAt
                    )
                },
                authenticator: overview.hasAuthenticator,
                recoveryCodeMadeAt: overview.recoveryMadeAt,
                pairDueAt: overview.pairDueAt
            )
        )
    }

    /// Ends every session of the caller.
    func endSessions(_ asked: Asked) async throws -> Answer {
        await desk.endSessions(of: try asked.signedIn(at: signIn), request: asked.request)
        return .nothing
    }

    /// Takes a device of the caller away.
    func revokeDevice(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        // A text that is no device's is looked for all the same: the attempt is recorded, and found like any other.
        let id = try asked.path("device") { $0 }
        try await desk.revoke(device: id, of: signedIn, request: asked.request)
        return .nothing
    }

    /// Shows a new authenticator's secret, once.
    func offerAuthenticator(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        let offer = try await desk.offerAuthenticator(to: signedIn, request: asked.request)
        var uri = offer.uri
        defer { wipe(&uri) }
        var letters = offer.letters
        defer { wipe(&letters) }
        return Answer.made(Offer(endsAt: offer.endsAt)).adding(letters, as: "secret").adding(uri, as: "uri")
    }

    /// Takes the new authenticator into use.
    func enrolAuthenticator(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        let typed = try asked.body { try $0.all($0.required("code", .secret(Limits.oneTimeCodeBytes))) }
        try await desk.enrolAuthenticator(code: typed.oneTimeCode(), of: signedIn, request: asked.request)
        return .nothing
    }

    /// Takes the authenticator away.
    func removeAuthenticator(_ asked: Asked) async throws -> Answer {
        try await desk.removeAuthenticator(of: try asked.signedIn(at: signIn), request: asked.request)
        return .nothing
    }

    /// Changes the password; the new recovery code comes with the answer where there was one.
    func changePassword(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        var (old, new) = try passwords(asked)
        defer {
            wipe(&old)
            wipe(&new)
        }
        let code = try await desk.changePassword(from: &old, to: &new, of: signedIn, request: asked.request)
        let answer = Answer.json(Changed(staff: signedIn.worker.staff.text))
        guard let code else { return answer }
        return answer.adding(recovery: code)
    }

    /// Makes a recovery code, which is shown once.
    func makeRecoveryCode(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        let secret = try asked.body { try $0.all($0.required("password", .secret(Limits.passwordBytes))) }
        var password = secret.take()
        defer { wipe(&password) }
        let code = try await desk.makeRecoveryCode(password: &password, of: signedIn, request: asked.request)
        return Answer.made(Changed(staff: signedIn.worker.staff.text)).adding(recovery: code)
    }

    /// Makes everything anew that lets the caller in.
    func reportExposure(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        var (old, new) = try passwords(asked)
        defer {
            wipe(&old)
            wipe(&new)
        }
        try await desk.reportExposure(from: &old, to: &new, of: signedIn, request: asked.request)
        return .nothing
    }

    private func passwords(_ asked: Asked) throws -> (old: [UInt8], new: [UInt8]) {
        let (old, new) = try asked.body { fields in
            try fields.all(
                fields.required("old_password", .secret(Limits.passwordBytes)),
                fields.required("new_password", .secret(Limits.passwordBytes))
            )
        }
        return (old.take(), new.take())
    }
}

extension Answer {
    /// The same object with the text of a recovery code.
    func adding(recovery code: consuming [UInt8]) -> Answer {
        defer { wipe(&code) }
        return adding(code, as: "recovery_code")
    }
}
