import Care
import Casework

/// A lost password.
struct RecoveryRoutes: Sendable {
    let desk: RecoveryDesk

    private struct Recovered: Encodable {
        let staff: String
        /// Where to go on: a recovery opens no session.
        let signInAt = "/v1/session"
    }

    /// Sets a new password with a recovery code, and gives the next code.
    func recover(_ asked: Asked) async throws -> Answer {
        let (paper, secret, typed) = try asked.body { fields in
            try fields.all(
                fields.required("recovery_code", .secret(Limits.codeBytes)),
                fields.required("password", .secret(Limits.passwordBytes)),
                fields.optional("code", .secret(Limits.oneTimeCodeBytes))
            )
        }
        var code = paper.take()
        defer { wipe(&code) }
        var password = secret.take()
        defer { wipe(&password) }
        let recovered = try await desk.recover(
            code: &code,
            authenticatorCode: typed?.oneTimeCode(),
            password: &password,
            request: asked.request
        )
        return Answer.json(Recovered(staff: recovered.staff.text)).adding(recovery: recovered.code)
    }
}
