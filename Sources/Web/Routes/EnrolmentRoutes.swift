import Care
import Casework

/// Accepting an invitation.
struct EnrolmentRoutes: Sendable {
    let desk: EnrolmentDesk

    private struct Enrolled: Encodable {
        let staff: String
        let agency: String
        let roles: [String]
        /// Where to go on: an enrolment opens no session.
        let signInAt = "/v1/session"
    }

    /// Makes an account of a code, a sign-in name and a password.
    func enrol(_ asked: Asked) async throws -> Answer {
        let (typed, name, secret) = try asked.body { fields in
            try fields.all(
                fields.required("code", .secret(Limits.codeBytes)),
                fields.required("name", .text(1...Limits.signInName)),
                fields.required("password", .secret(Limits.passwordBytes))
            )
        }
        var code = typed.take()
        defer { wipe(&code) }
        var password = secret.take()
        defer { wipe(&password) }
        let enrolment = try await desk.enrol(code: &code, name: name, password: &password, request: asked.request)
        return .made(
            Enrolled(
                staff: enrolment.staff.text,
                agency: enrolment.agency.text,
                roles: enrolment.roles.map(\.rawValue).sorted()
            )
        )
    }
}
