import Care
import Casework

/// Consents and their withdrawal.
struct ConsentRoutes: Sendable {
    let desk: ConsentDesk
    let signIn: SignInDesk

    /// Records a consent as it was given.
    func record(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let worker = signedIn.worker.staff
        let consent = try asked.body { try StatedConsent($0, writtenBy: worker) }
        let receipt = try await desk.record(
            consent,
            in: id,
            at: asked.version(),
            by: signedIn,
            request: asked.request,
            once: asked.idempotency()
        )
        guard let made = receipt.consent else { throw Problem(.internal) }
        return .made(CaseChangeForm(made.text, receipt), version: receipt.version)
    }

    /// Takes a consent back: everything that rests on it stops with the same commit (N8).
    func withdraw(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let consent = try asked.path("consent", ConsentID.init(_:))
        try asked.nothingInBody()
        let receipt = try await desk.withdraw(consent, in: id, by: signedIn, request: asked.request)
        return .json(CaseChangeForm(consent.text, receipt), version: receipt.version)
    }
}
