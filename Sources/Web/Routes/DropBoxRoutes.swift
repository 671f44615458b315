import Care
import Casework

/// The drop-boxes: filing what one cannot read back, adding to it, and folding it in.
struct DropBoxRoutes: Sendable {
    let deployment: Deployment

    private struct Teams: Encodable {
        struct Team: Encodable {
            let id: String
            let name: String
        }

        let teams: [Team]
    }

    /// The receipt: the code of the case and nothing of what is in it.
    private struct Filed: Encodable {
        let id: String
    }

    private struct Folded: Encodable {
        let id: String
        let folded: [String]
        let refused: [DropBoxForm.Refused]
        let moreWaiting: Bool
        let version: Int
    }

    /// The teams that take intakes.
    func list(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let teams = try await deployment.dropBoxes.teams(for: signedIn, request: asked.request)
        return .json(Teams(teams: teams.map { Teams.Team(id: $0.id.text, name: $0.name) }))
    }

    /// Files a case for a team. There is no address where it could be read back.
    func file(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let now = deployment.now
        let opening = try asked.body { fields in try CaseRoutes.opening(fields, now: now) }
        let receipt = try await deployment.dropBoxes.file(
            opening,
            by: signedIn,
            request: asked.request,
            once: asked.idempotency()
        )
        return .made(Filed(id: receipt.id.text))
    }

    /// Adds a note to a case by its code.
    func addNote(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let text = try asked.body { fields in try fields.required("text", .words).get() }
        let note = try await deployment.dropBoxes.addNote(
            text,
            to: id,
            by: signedIn,
            request: asked.request,
            once: asked.idempotency()
        )
        return .made(Filed(id: note.text))
    }

    /// Folds in what waits in the drop-box of a case.
    func foldIn(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("case", CaseID.init(_:))
        try asked.nothingInBody()
        let fold = try await deployment.dropBoxes.foldIn(id, by: signedIn, request: asked.request)
        return .json(
            Folded(
                id: id.text,
                folded: fold.folded,
                refused: fold.refused.map(DropBoxForm.Refused.init),
                moreWaiting: fold.isMoreWaiting,
                version: fold.version
            ),
            version: fold.version
        )
    }
}
