import Care
import Casework
import Directory
import Foundation
import Matching

/// Cases: opened, listed, read, and what she needs recorded.
struct CaseRoutes: Sendable {
    let deployment: Deployment

    private struct Opened: Encodable {
        struct Need: Encodable {
            let id: String
            let code: String
        }

        let id: String
        let version: Int
        let needs: [Need]
    }

    private struct List: Encodable {
        let cases: [Summary]
        let languageReviewed: Bool
    }

    /// A case in a list: routing fields only.
    private struct Summary: Encodable {
        struct Referral: Encodable {
            let id: String
            let need: String
            let state: String
            let urgency: String
            let answerDueAt: Date?
        }

        struct Said: Encodable {
            let code: String
            let text: String
        }

        struct Due: Encodable {
            let need: String
            let code: String
            let causes: [Said]
        }

        let id: String
        let version: Int
        let state: String
        let team: String
        let country: String
        let ageBand: String?
        let needs: [String]
        let urgency: String?
        let referrals: [Referral]
        let dropBox: DropBoxForm
        let matchAgain: [Due]
        let unmet: [String]

        init(_ summary: CaseSummary, in phrases: Phrases) {
            dropBox = DropBoxForm(summary.dropBox)
            let routing = summary.routing
            let open = routing.needs.filter { $0.outcome == nil }
            id = summary.id.text
            version = summary.version
            state = routing.state.rawValue
            team = routing.team.text
            country = routing.country.text
            ageBand = routing.ageBand?.rawValue
            needs = open.map(\.code.text)
            urgency = open.map(\.urgency).min()?.rawValue
            let codes = Dictionary(routing.needs.map { ($0.id, $0.code.text) }, uniquingKeysWith: { first, _ in first })
            matchAgain = summary.due.map { due in
                Due(
                    need: due.need.text,
                    code: codes[due.need] ?? "",
                    causes: due.causes.map { Said(code: $0.rawValue, text: phrases.text($0.phrase)) }
                )
            }
            unmet = summary.unmet.compactMap { codes[$0] }
            referrals = summary.referrals.map { fact in
                Referral(
                    id: fact.id.text,
                    need: fact.code.text,
                    state: fact.state.rawValue,
                    urgency: fact.urgency.rawValue,
                    answerDueAt: fact.answerDueAt
                )
            }
        }
    }

    /// Opens a case.
    func open(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let now = deployment.now
        let opening = try asked.body { fields in try Self.opening(fields, now: now) }
        let receipt = try await deployment.cases.open(
            opening,
            by: signedIn,
            request: asked.request,
            once: asked.idempotency()
        )
        return .made(
            Opened(
                id: receipt.id.text,
                version: receipt.version,
                needs: receipt.needs.map { Opened.Need(id: $0.id.text, code: $0.code.text) }
            ),
            version: receipt.version,
            at: "/v1/cases/\(receipt.id)"
        )
    }

    /// The cases of the worker's teams.
    func list(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let summaries = try await deployment.cases.list(for: signedIn, request: asked.request)
        let phrases = asked.phrases
        let list = List(cases: summaries.map { Summary($0, in: phrases) }, languageReviewed: phrases.isReviewed)
        return .json(list).said(in: phrases)
    }

    /// The whole case.
    func read(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let reading = try await deployment.cases.read(id, by: signedIn, request: asked.request)
        return .json(CaseForm(reading), version: reading.version)
    }

    /// Records a need she states.
    func recordNeed(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let need = try asked.body { try Shape<StatedNeed>.need($0) }
        let receipt = try await deployment.cases.record(
            need,
            in: id,
            at: asked.version(),
            by: signedIn,
            request: asked.request,
            once: asked.idempotency()
        )
        guard let made = receipt.needs.first else { throw Problem(.internal) }
        return .made(CaseChangeForm(made.id.text, receipt), version: receipt.version)
    }

    /// Takes on a case that nobody is assigned to.
    func takeOn(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("case", CaseID.init(_:))
        try asked.nothingInBody()
        let receipt = try await deployment.cases.takeOn(
            id,
            at: asked.version(),
            by: signedIn,
            request: asked.request,
            once: asked.idempotency()
        )
        return .json(CaseChangeForm(id.text, receipt), version: receipt.version)
    }

    /// A case as it is stated when it is opened, by its own team or through the drop-box.
    static func opening(_ fields: Fields, now: Date) throws -> CaseOpening {
        let team = fields.required("team", Shape<TeamID>.id)
        let survivor = fields.required("survivor", .survivor)
        let contact = fields.optional("safe_contact", .safeContact)
        let conflicts = fields.optional("conflicts", .conflicts)
        let intake = fields.required("intake", .intake(now: now))
        let wishes = fields.optional("wishes", .wishes)
        let risk = fields.optional("risk", Shape<RiskLevel>.word)
        let note = fields.optional("note", .words)
        let needs = fields.required("needs", .list(of: Shape<StatedNeed>.need, count: 0...Limits.manyValues))
        return try CaseOpening(
            team: team.get(),
            identity: survivor.get(),
            contact: contact.get() ?? SafeContact(),
            conflicts: conflicts.get() ?? ConflictFacts(),
            intake: intake.get(),
            wishes: wishes.get(),
            risk: risk.get(),
            note: note.get(),
            needs: needs.get()
        )
    }
}

/// What a change of a case made. The version is that of the case after it, as in the ETag.
struct CaseChangeForm: Encodable {
    let id: String
    let `case`: String
    let version: Int

    init(_ made: String, _ receipt: CaseReceipt) {
        id = made
        self.case = receipt.id.text
        version = receipt.version
    }
}
