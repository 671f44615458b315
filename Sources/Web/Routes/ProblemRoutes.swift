import HTTPTypes

/// The help pages of the problems: the `type` of a problem leads here.
enum ProblemRoutes {
    private struct Page: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let help: String

        init(_ kind: ProblemKind) {
            let entry = kind.entry
            type = kind.page
            title = entry.title
            status = entry.status.code
            detail = entry.detail
            help = entry.help
        }

        var text: String { "\(title) (\(status))\n\n\(detail)\n\n\(help)\n" }
    }

    private struct List: Encodable {
        let problems: [Page]
    }

    /// All problems that the server answers with.
    @Sendable static func list(_ asked: Asked) async throws -> Answer {
        let pages = ProblemKind.allCases.map(Page.init)
        if asked.prefersJSON { return .json(List(problems: pages)) }
        return .text(pages.map { "\($0.type)\n    \($0.title) (\($0.status))\n" }.joined())
    }

    /// One problem: what it means and what to do.
    @Sendable static func page(_ asked: Asked) async throws -> Answer {
        let page = Page(try asked.path("code", ProblemKind.init(rawValue:)))
        return asked.prefersJSON ? .json(page) : .text(page.text)
    }
}
