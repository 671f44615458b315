import Yams

/// Turns the parser's nodes into ours and refuses what they must not hold.
struct YAMLTree {
    let file: String

    /// The node with everything below it. The parser has already given keys the tag of a text, to compare them.
    func node(_ node: Node, isKey: Bool = false) throws(DataProblem) -> DataNode {
        let place = place(node.mark)
        switch node {
        case .scalar(let scalar):
            let mayBeText = isKey || scalar.style != .plain
            try refuse(
                anchor: scalar.anchor,
                tag: scalar.tag,
                allowed: mayBeText ? [.implicit, .str] : [.implicit],
                at: place
            )
            if scalar.style == .plain, scalar.string.isEmpty { return DataNode(content: .empty, place: place) }
            return DataNode(content: .text(scalar.string), place: place)
        case .sequence(let sequence):
            try refuse(anchor: sequence.anchor, tag: sequence.tag, allowed: [.implicit], at: place)
            var items: [DataNode] = []
            for item in sequence { items.append(try self.node(item)) }
            return DataNode(content: .list(items), place: place)
        case .mapping(let mapping):
            try refuse(anchor: mapping.anchor, tag: mapping.tag, allowed: [.implicit], at: place)
            return DataNode(content: .map(try entries(of: mapping)), place: place)
        case .alias:
            throw DataProblem(at: place, what: "an alias (*…) stands for a value", write: "the value itself")
        }
    }

    private func entries(of mapping: Node.Mapping) throws(DataProblem) -> [DataNode.Entry] {
        var entries: [DataNode.Entry] = []
        for (key, value) in mapping {
            guard case .scalar = key, case .text(let name) = try node(key, isKey: true).content else {
                throw DataProblem(
                    at: place(key.mark),
                    what: "a key is not a text",
                    write: "a plain word before the colon"
                )
            }
            entries.append(DataNode.Entry(key: name, keyPlace: place(key.mark), value: try node(value)))
        }
        return entries
    }

    private func refuse(anchor: Anchor?, tag: Tag, allowed: [Tag.Name], at place: DataPlace) throws(DataProblem) {
        if let anchor {
            throw DataProblem(
                at: place,
                what: "an anchor (&\(anchor.rawValue)) makes other lines depend on this one",
                write: "the value at each place"
            )
        }
        if !allowed.contains(where: { $0.rawValue == tag.rawValue }) {
            throw DataProblem(
                at: place,
                what: "a tag (\(tag.rawValue)) gives the value a type",
                write: "the value alone"
            )
        }
    }

    private func place(_ mark: Mark?) -> DataPlace { DataPlace(file: file, line: mark?.line ?? 1) }
}
