import Directory
import HTTPTypes

/// The help pages of the problems: the `type` of a problem leads here.
enum ProblemRoutes {
    private struct Page: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let help: String
        let languageReviewed: Bool

        init(_ kind: ProblemKind, in phrases: Phrases) {
            type = kind.page
            title = phrases.text(kind.title)
            status = kind.status.code
            detail = phrases.text(kind.detail)
            help = phrases.text(kind.help)
            languageReviewed = phrases.isReviewed
        }

        var text: String { "\(title) (\(status))\n\n\(detail)\n\n\(help)\n" }
    }

    private struct List: Encodable {
        let problems: [Page]
    }

    /// All problems that the server answers with.
    @Sendable static func list(_ asked: Asked) async throws -> Answer {
        let phrases = asked.phrases
        let pages = ProblemKind.allCases.map { Page($0, in: phrases) }
        if asked.prefersJSON { return .json(List(problems: pages)).said(in: phrases) }
        let lines = pages.map { "\($0.type)\n    \($0.title) (\($0.status))\n" }.joined()
        return .text(lines + remark(phrases)).said(in: phrases)
    }

    /// One problem: what it means and what to do.
    @Sendable static func page(_ asked: Asked) async throws -> Answer {
        let phrases = asked.phrases
        let page = Page(try asked.path("code", ProblemKind.init(rawValue:)), in: phrases)
        let answer: Answer = asked.prefersJSON ? .json(page) : .text(page.text + remark(phrases))
        return answer.said(in: phrases)
    }

    /// That nobody has confirmed the words; empty when somebody has.
    private static func remark(_ phrases: Phrases) -> String {
        phrases.isReviewed ? "" : "\n\(phrases.text(Phrases.unreviewed))\n"
    }
}
