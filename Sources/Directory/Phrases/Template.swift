/// The words of a phrase, cut at its placeholders.
struct Template: Hashable, Sendable {
    private enum Piece: Hashable, Sendable {
        case words(String)
        case value(String)
    }

    private let pieces: [Piece]

    /// Nil when a brace has no partner: braces are for placeholders alone.
    init?(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else { return nil }
            let name = rest[rest.index(after: brace)..<end]
            guard !name.isEmpty, !name.contains("{") else { return nil }
            if brace > rest.startIndex { pieces.append(.words(String(rest[..<brace]))) }
            pieces.append(.value(String(name)))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { pieces.append(.words(String(rest))) }
        self.pieces = pieces
    }

    /// The names of the values that it takes.
    var placeholders: Set<String> {
        Set(
            pieces.compactMap { piece in
                guard case .value(let name) = piece else { return nil }
                return name
            }
        )
    }

    /// The words with the values in them; nil when a value is missing, so that no gap is ever shown.
    func filled(_ value: (String) -> String?) -> String? {
        var text = ""
        for piece in pieces {
            switch piece {
            case .words(let words): text += words
            case .value(let name):
                guard let value = value(name) else { return nil }
                text += value
            }
        }
        return text
    }
}
