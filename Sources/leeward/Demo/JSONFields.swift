import Foundation

/// JSON of an answer, read step by step; a step that is not there reads as nothing.
enum JSONFields: Sendable, Decodable {
    case object([String: JSONFields])
    case list([JSONFields])
    case text(String)
    case number(Double)
    case truth(Bool)
    case nothing

    init(_ body: [UInt8]) {
        // A body that is no JSON has no fields.
        self = (try? JSONDecoder().decode(JSONFields.self, from: Data(body))) ?? .nothing
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .nothing
        } else if let truth = try? container.decode(Bool.self) {  // not that type: try the next
            self = .truth(truth)
        } else if let number = try? container.decode(Double.self) {  // not that type: try the next
            self = .number(number)
        } else if let text = try? container.decode(String.self) {  // not that type: try the next
            self = .text(text)
        } else if let list = try? container.decode([JSONFields].self) {  // not that type: try the next
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONFields].self))
        }
    }

    subscript(_ name: String) -> JSONFields {
        guard case .object(let fields) = self else { return .nothing }
        return fields[name] ?? .nothing
    }

    /// The elements of a list; none for anything else.
    var elements: [JSONFields] {
        guard case .list(let elements) = self else { return [] }
        return elements
    }

    /// The names and values of an object in the order of the names.
    var entries: [(name: String, value: JSONFields)] {
        guard case .object(let fields) = self else { return [] }
        return fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// A text, or a number or truth value as text; empty for anything else.
    var text: String {
        switch self {
        case .text(let text): text
        case .number(let number): number == number.rounded() ? String(Int(number)) : String(number)
        case .truth(let truth): String(truth)
        case .object, .list, .nothing: ""
        }
    }
}
