/// A JSON value whose members keep their order and whose numbers keep the digits they were written with, so that what was
/// read can be written again without loss.
public indirect enum JSONValue: Hashable, Sendable {
    case null
    case truth(Bool)
    /// As written: `100`, `-0.5`, `1e3`.
    case number(String)
    case text(String)
    case list([JSONValue])
    case object(JSONObject)

    /// The text of a text; nil for anything else.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// A text or the digits of a number, whichever it is; nil for anything else.
    public var scalar: String? {
        switch self {
        case .text(let text), .number(let text): text
        case .truth(let truth): truth ? "true" : "false"
        case .null, .list, .object: nil
        }
    }

    /// The members of an object; nil for anything else.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The items of a list; nil for anything else.
    public var list: [JSONValue]? {
        if case .list(let items) = self { items } else { nil }
    }
}

/// The members of a JSON object in the order they were written; no key stands twice.
public struct JSONObject: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// A key with its value.
    public struct Member: Hashable, Sendable {
        /// The key.
        public let key: String
        /// What stands behind it.
        public var value: JSONValue
    }

    /// In the order they were written.
    public private(set) var members: [Member]

    /// No members.
    public init() { members = [] }

    /// Members in the order they are written here.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        members = elements.map { Member(key: $0.0, value: $0.1) }
    }

    /// The value of a key. Setting nil takes the member out; setting a new key puts it at the end.
    public subscript(key: String) -> JSONValue? {
        get { members.first { $0.key == key }?.value }
        set {
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// The text of a member, white space around it taken off; nil when it is missing, no text, or blank.
    public func text(_ key: String) -> String? {
        guard let text = self[key]?.scalar?.trimmed, !text.isEmpty else { return nil }
        return text
    }

    /// The objects of a list; empty when the member is missing or no list.
    public func objects(_ key: String) -> [JSONObject] { self[key]?.list?.compactMap(\.object) ?? [] }

    /// Adds a member that is known to be new.
    mutating func append(_ key: String, _ value: JSONValue) { members.append(Member(key: key, value: value)) }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
