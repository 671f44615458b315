// Accessors that add to a list of problems and go on, so that one run shows an editor every problem of a file.
extension DataNode {
    /// The text of a scalar; nil, with a problem that names `thing`, when it is empty, blank, a list or a map.
    public func text(_ thing: String, _ problems: inout [DataProblem]) -> String? {
        switch content {
        case .text(let text) where !text.allSatisfy(\.isWhitespace):
            return text
        case .text, .empty:
            problems.append(DataProblem(at: place, what: "\(thing) is empty", write: "a value or remove the line"))
        case .list:
            problems.append(DataProblem(at: place, what: "\(thing) is a list", write: "one text"))
        case .map:
            problems.append(DataProblem(at: place, what: "\(thing) is a map", write: "one text"))
        }
        return nil
    }

    /// The items of a list; nil, with a problem that names `thing`, when it is anything else or has no items.
    public func list(_ thing: String, _ problems: inout [DataProblem]) -> [DataNode]? {
        switch content {
        case .list(let items) where !items.isEmpty:
            return items
        case .list, .empty:
            problems.append(DataProblem(at: place, what: "\(thing) is empty", write: "a value or remove the line"))
        case .text, .map:
            problems.append(
                DataProblem(at: place, what: "\(thing) is not a list", write: "[a, b] or one line '- …' an item")
            )
        }
        return nil
    }

    /// The texts of a list of scalars; items that are none are left out with a problem each.
    public func texts(_ thing: String, _ problems: inout [DataProblem]) -> [DataNode.Text]? {
        guard let items = list(thing, &problems) else { return nil }
        var texts: [Text] = []
        for item in items {
            guard let text = item.text("an item of \(thing)", &problems) else { continue }
            texts.append(Text(text: text, place: item.place))
        }
        return texts
    }

    /// The keys and values of a map; nil, with a problem that names `thing`, when it is anything else. A key that is not
    /// among `keys` is a problem that names the nearest one.
    public func map(_ thing: String, keys: [String], _ problems: inout [DataProblem]) -> DataMap? {
        guard case .map(let entries) = content else {
            problems.append(DataProblem(at: place, what: "\(thing) is not a map", write: "lines of 'key: value'"))
            return nil
        }
        for entry in entries where !keys.contains(entry.key) {
            let nearest = Spelling.nearest(to: entry.key, among: keys)
            let write = nearest.map { "'\($0)'" } ?? "one of \(keys.joined(separator: ", "))"
            problems.append(DataProblem(at: entry.keyPlace, what: "unknown key '\(entry.key)'", write: write))
        }
        return DataMap(thing: thing, place: place, entries: entries)
    }

    /// A scalar with the line it stands on.
    public struct Text: Hashable, Sendable {
        /// As written.
        public let text: String
        /// The line.
        public let place: DataPlace

        /// A text at a line.
        public init(text: String, place: DataPlace) {
            self.text = text
            self.place = place
        }
    }
}
