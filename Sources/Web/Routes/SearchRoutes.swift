import Care
import Casework

/// Search on sealed names and in the texts of one's own cases. What was searched for is never repeated.
struct SearchRoutes: Sendable {
    let deployment: Deployment

    private struct Matches: Encodable {
        struct Match: Encodable {
            let id: String
            let team: String
            let found: [String]
        }

        struct Asking: Encodable {
            let team: String
            let name: String
        }

        let cases: [Match]
        let ask: [Asking]
        let more: Bool
        /// So that the length of an answer says nothing of what was found.
        var padding = ""
    }

    private struct Page: Encodable {
        struct Match: Encodable {
            let id: String
            let found: [String]
        }

        let cases: [Match]
        let opened: Int
        let passedOver: [String]
        let next: String?
    }

    /// Searches by whole values, before a case is opened or for whose a number is.
    func cases(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let sought = try asked.body { fields in
            let name = fields.optional("name", .words)
            let alias = fields.optional("alias", .words)
            let phone = fields.optional("phone", .words)
            let identityNumber = fields.optional("identity_number", .words)
            let country = fields.optional("country", .country)
            return try SearchDesk.Sought(
                name: name.get(),
                alias: alias.get(),
                phone: phone.get(),
                identityNumber: identityNumber.get(),
                country: country.get()
            )
        }
        let matches = try await deployment.search.cases(sought, by: signedIn, request: asked.request)
        var answer = Matches(
            cases: matches.cases.map { match in
                Matches.Match(id: match.id.text, team: match.team.text, found: match.found.map(\.rawValue))
            },
            ask: matches.ask.map { Matches.Asking(team: $0.team.text, name: $0.name) },
            more: matches.isCut
        )
        let length = Answer.json(answer).body.count
        let step = Limits.searchAnswerBytes
        answer.padding = String(repeating: "0", count: (length + step - 1) / step * step - length)
        return .json(answer)
    }

    /// Searches for words in the texts of the cases that the caller may read.
    func texts(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let (words, after) = try asked.body { fields in
            let words = fields.required("words", .words)
            let after = fields.optional("after", Shape<CaseID>.id)
            return (try words.get(), try after.get())
        }
        let page = try await deployment.search.texts(words, after: after, by: signedIn, request: asked.request)
        return .json(
            Page(
                cases: page.cases.map { Page.Match(id: $0.id.text, found: $0.places.map(\.rawValue)) },
                opened: page.opened,
                passedOver: page.passedOver.map(\.text),
                next: page.next?.text
            )
        )
    }
}
