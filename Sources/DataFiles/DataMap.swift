/// A map whose keys have been checked against the known ones, read key by key.
public struct DataMap: Hashable, Sendable {
    /// What the map is, in the words of the problems about it: `a service`.
    public let thing: String
    /// The line it begins on.
    public let place: DataPlace
    /// In the order of the file.
    public let entries: [DataNode.Entry]

    /// The value of a key; nil when the key is not there.
    public subscript(_ key: String) -> DataNode? { entries.first { $0.key == key }?.value }

    /// The value of a key that must be there; nil with a problem when it is not.
    public func required(_ key: String, _ problems: inout [DataProblem]) -> DataNode? {
        if let value = self[key] { return value }
        problems.append(DataProblem(at: place, what: "\(thing) has no '\(key)'", write: "'\(key): …'"))
        return nil
    }

    /// The text of a key that may be missing; nil when it is missing, or with a problem when it is no text.
    public func text(_ key: String, _ problems: inout [DataProblem]) -> DataNode.Text? {
        guard let node = self[key], let text = node.text("'\(key)'", &problems) else { return nil }
        return DataNode.Text(text: text, place: node.place)
    }

    /// The text of a key that must be there; nil with a problem when it is missing or no text.
    public func requiredText(_ key: String, _ problems: inout [DataProblem]) -> DataNode.Text? {
        guard required(key, &problems) != nil else { return nil }
        return text(key, &problems)
    }

    /// The items of a list that may be missing; empty when it is missing, or with a problem when it is no list.
    public func list(_ key: String, _ problems: inout [DataProblem]) -> [DataNode] {
        self[key]?.list("'\(key)'", &problems) ?? []
    }

    /// The texts of a list that may be missing; nil when it is missing, or with a problem when it is no list.
    public func texts(_ key: String, _ problems: inout [DataProblem]) -> [DataNode.Text]? {
        self[key]?.texts("'\(key)'", &problems)
    }
}
