import Care
import Casework
import Directory
import Foundation

/// Referrals on both sides: filed, listed, answered, and the packet once it is released.
struct ReferralRoutes: Sendable {
    let deployment: Deployment

    private struct Filed: Encodable {
        let id: String
        let state: String
        let desk: String?
        let answerDueAt: Date?
        let `case`: String
        let version: Int
    }

    private struct List: Encodable {
        let referrals: [ReferralForm]
    }

    /// Files a referral: every gate is asked again, and the packet is cut and sealed.
    func file(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let filing = try asked.body { fields in
            let need = fields.required("need", Shape<NeedID>.id)
            let service = fields.required("service", .service)
            let consent = fields.optional("consent", Shape<ConsentID>.id)
            let items = fields.required("items", .list(of: Shape<DataItem>.word, count: 1...DataItem.allCases.count))
            let mode = fields.required("mode", Shape<Referral.Mode>.word)
            let callBack = fields.required("call_back", .words)
            return try ReferralFiling(
                need: need.get(),
                service: service.get(),
                consent: consent.get(),
                items: Set(items.get()),
                mode: mode.get(),
                callBack: callBack.get()
            )
        }
        let receipt = try await deployment.referrals.file(
            filing,
            in: id,
            at: asked.version(),
            by: signedIn,
            request: asked.request,
            once: asked.idempotency()
        )
        guard let made = receipt.referral else { throw Problem(.internal) }
        return .made(
            Filed(
                id: made.routing.referral.text,
                state: made.routing.state.rawValue,
                desk: made.desk?.text,
                answerDueAt: made.routing.answerDueAt,
                case: receipt.id.text,
                version: receipt.version
            ),
            version: receipt.version,
            at: "/v1/referrals/\(made.routing.referral)"
        )
    }

    /// The referrals of the worker's desks, or those that the worker's teams sent.
    func list(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let box = try asked.query { try $0.required("box", Shape<ReferralSummary.Box>.word).get() }
        let referrals = try await deployment.intake.list(box, for: signedIn, request: asked.request)
        return .json(List(referrals: referrals.map { ReferralForm($0) }))
    }

    /// One referral.
    func read(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("referral", ReferralID.init(_:))
        return answer(try await deployment.intake.read(id, by: signedIn, request: asked.request))
    }

    /// The desk will help.
    func accept(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("referral", ReferralID.init(_:))
        try asked.nothingInBody()
        return answer(
            try await deployment.intake.accept(id, at: asked.ifMatch, by: signedIn, request: asked.request)
        )
    }

    /// The desk cannot help, and says why.
    func decline(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("referral", ReferralID.init(_:))
        let reason = try asked.body { try $0.required("reason", Shape<DeclineReason>.word).get() }
        return answer(
            try await deployment.intake.decline(
                id,
                because: reason,
                at: asked.ifMatch,
                by: signedIn,
                request: asked.request
            )
        )
    }

    /// The loop is closed, on somebody's word.
    func complete(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("referral", ReferralID.init(_:))
        let witness = try asked.body { try $0.required("word_of", Shape<CompletionWitness>.word).get() }
        return answer(
            try await deployment.intake.complete(
                id,
                onWordOf: witness,
                at: asked.ifMatch,
                by: signedIn,
                request: asked.request
            )
        )
    }

    /// The sender takes it back.
    func revoke(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("referral", ReferralID.init(_:))
        try asked.nothingInBody()
        return answer(
            try await deployment.referrals.revoke(id, at: asked.ifMatch, by: signedIn, request: asked.request)
        )
    }

    /// The packet of a referral that the desk has accepted.
    func packet(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("referral", ReferralID.init(_:))
        return .json(PacketForm(try await deployment.intake.packet(of: id, by: signedIn, request: asked.request)))
    }

    private func answer(_ summary: ReferralSummary) -> Answer {
        .json(ReferralForm(summary), version: summary.version)
    }
}
