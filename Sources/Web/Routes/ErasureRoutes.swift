import Care
import Casework
import HTTPTypes

/// Ending a case for good.
struct ErasureRoutes: Sendable {
    let desk: ErasureDesk
    let signIn: SignInDesk

    private struct Form: Encodable {
        let `case`: String
        /// `erased`, or `begun` where the server still has to finish it, which it does by itself.
        let state: String
        let referrals: [String]
        let released: [String]
    }

    /// Erases a case: no backup of it can be opened afterwards, however old.
    func erase(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let reason = try asked.body { try $0.required("reason", Shape<ErasureReason>.word).get() }
        let erased = try await desk.erase(
            id,
            because: reason,
            at: asked.version(),
            by: signedIn,
            request: asked.request
        )
        return .json(
            Form(
                case: erased.caseID.text,
                state: erased.isFinished ? "erased" : "begun",
                referrals: erased.referrals.map(\.text),
                released: erased.released.map(\.text)
            ),
            status: erased.isFinished ? .ok : .accepted
        )
    }
}
