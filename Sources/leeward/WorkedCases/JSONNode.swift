/// A value of a JSON document that knows where it stands.
struct JSONNode {
    indirect enum Content {
        case object([(key: String, value: JSONNode)])
        case list([JSONNode])
        case text(String)
        case number(Double)
        case truth(Bool)
        case null
    }

    /// Where it stands in its file (RFC 6901).
    let pointer: String
    let content: Content

    /// The pointer of a member or an item.
    static func pointer(_ parent: String, _ key: String) -> String {
        var escaped = ""
        for letter in key {
            switch letter {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.append(letter)
            }
        }
        return parent + "/" + escaped
    }

    /// The member of that name; nil when there is none, or when this is no object.
    subscript(key: String) -> JSONNode? {
        guard case .object(let members) = content else { return nil }
        return members.first { $0.key == key }?.value
    }

    var isNull: Bool {
        if case .null = content { return true }
        return false
    }

    /// This value laid over a default: objects merge key by key, lists and plain values replace.
    func laid(over fallback: JSONNode?) -> JSONNode {
        guard let fallback, case .object(let own) = content, case .object(let defaults) = fallback.content else {
            return self
        }
        let kept = defaults.map { member in
            (key: member.key, value: self[member.key]?.laid(over: member.value) ?? byDefault(member.key, member.value))
        }
        return JSONNode(pointer: pointer, content: .object(kept + own.filter { fallback[$0.key] == nil }))
    }

    /// What a default gives; where it gives nothing, the problem lies with the value that was left out.
    private func byDefault(_ key: String, _ value: JSONNode) -> JSONNode {
        value.isNull ? JSONNode(pointer: Self.pointer(pointer, key), content: .null) : value
    }
}

/// What is wrong in a file of worked cases, and where.
struct WorkedCaseProblem: Error, CustomStringConvertible {
    /// RFC 6901; empty for the document as a whole.
    let pointer: String
    let what: String

    var description: String { "\(pointer): \(what)" }
}
