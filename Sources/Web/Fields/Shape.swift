import Care
import Foundation

/// What a value of a request must look like, and how it becomes one of ours.
struct Shape<Value>: Sendable {
    /// What to write, as it completes "write …".
    let write: String
    private let reading: @Sendable (JSONValue, Problem.Place, Findings) -> Read<Value>

    /// A shape that notes its own faults.
    init(
        write: String,
        reading: @escaping @Sendable (JSONValue, Problem.Place, Findings) -> Read<Value>
    ) {
        self.write = write
        self.reading = reading
    }

    func read(_ value: JSONValue, at place: Problem.Place, noting findings: Findings) -> Read<Value> {
        reading(value, place, findings)
    }

    /// A shape of one kind of JSON value; `take` answers nil for another kind and `.noted` never.
    private init(_ kind: String, write: String, take: @escaping @Sendable (JSONValue) -> Taken) {
        self.write = write
        self.reading = { value, place, findings in
            switch take(value) {
            case .value(let taken): return .value(taken)
            case .otherKind: findings.add(place, .wrongType, "must be \(kind); write \(write)")
            case .unusable: findings.add(place, .invalid, "cannot be used; write \(write)")
            }
            return .noted
        }
    }

    private enum Taken {
        case value(Value)
        case otherKind
        case unusable
    }
}

extension Shape where Value == String {
    /// Text for people, counted in Unicode scalars, on one line or on several.
    static func text(_ length: ClosedRange<Int>, onSeveralLines: Bool = false) -> Shape {
        let write = "text of \(length.lowerBound) to \(length.upperBound) characters without control characters"
        return Shape("a text", write: write) { value in
            guard case .text(let text) = value else { return .otherKind }
            let isClean = text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.generalCategory != .control
                    || (onSeveralLines && (scalar == "\n" || scalar == "\t"))
            }
            return isClean && length.contains(text.unicodeScalars.count) ? .value(text) : .unusable
        }
    }
}

extension Shape where Value == String {
    /// Text whose length and characters the value it goes into judges.
    static var words: Shape {
        Shape("a text", write: "plain text") { value in
            guard case .text(let text) = value else { return .otherKind }
            return .value(text)
        }
    }
}

extension Shape where Value == SecretBytes {
    /// A password as bytes; the field must be one that the route calls a secret.
    static func secret(_ length: ClosedRange<Int>) -> Shape {
        let write = "text of \(length.lowerBound) to \(length.upperBound) bytes"
        return Shape("a text", write: write) { value in
            guard case .secret(let secret) = value else { return .otherKind }
            return length.contains(secret.count) ? .value(secret) : .unusable
        }
    }
}

extension Shape where Value == Bool {
    static var flag: Shape {
        Shape("true or false", write: "true or false, without quotes") { value in
            guard case .flag(let flag) = value else { return .otherKind }
            return .value(flag)
        }
    }
}

extension Shape where Value == Int {
    static func whole(_ range: ClosedRange<Int>) -> Shape {
        let write = "a whole number from \(range.lowerBound) to \(range.upperBound), without quotes"
        return Shape("a whole number", write: write) { value in
            guard case .whole(let whole) = value else { return .otherKind }
            return range.contains(whole) ? .value(whole) : .unusable
        }
    }

    /// A whole number in a query, where everything is text. Digits only, so that each number has one form.
    static func digits(_ range: ClosedRange<Int>) -> Shape {
        .parsed("a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            guard let whole = Int(text), String(whole) == text, range.contains(whole) else { return nil }
            return whole
        }
    }
}

extension Shape where Value == Double {
    static func number(_ range: ClosedRange<Double>) -> Shape {
        let write = "a number from \(range.lowerBound) to \(range.upperBound), without quotes"
        return Shape("a number", write: write) { value in
            let number: Double
            switch value {
            case .whole(let whole): number = Double(whole)
            case .decimal(let decimal): number = decimal
            default: return .otherKind
            }
            return range.contains(number) ? .value(number) : .unusable
        }
    }
}

extension Shape where Value == Date {
    /// A time of RFC 3339 in UTC.
    static var instant: Shape {
        .parsed("a time in UTC such as 2026-03-01T08:30:00Z") { Instant.date($0) }
    }
}

extension Shape {
    /// A text that becomes one of our values: an identifier, a code. `form` says how it is written.
    static func parsed(_ form: String, _ parse: @escaping @Sendable (String) -> Value?) -> Shape {
        Shape("a text", write: form) { value in
            guard case .text(let text) = value else { return .otherKind }
            return parse(text).map(Taken.value) ?? .unusable
        }
    }

    /// A list of values, each of that shape.
    static func list<Element>(of shape: Shape<Element>, count: ClosedRange<Int>) -> Shape where Value == [Element] {
        let size = "\(count.lowerBound) to \(count.upperBound)"
        let write = "a list of \(size) values, each \(shape.write)"
        return Shape(write: write) { value, place, findings in
            guard case .list(let elements) = value else {
                findings.add(place, .wrongType, "must be a list; write \(write)")
                return .noted
            }
            guard count.contains(elements.count) else {
                findings.add(place, .invalid, "holds too few or too many values; write \(write)")
                return .noted
            }
            var list: [Element] = []
            for (index, element) in elements.enumerated() {
                let read = shape.read(element, at: place.element(index), noting: findings)
                if case .value(let value) = read { list.append(value) }
            }
            return list.count == elements.count ? .value(list) : .noted
        }
    }

    /// An object, read field by field. `read` asks for every field it knows before it looks at one; what Care refuses to
    /// make of them is noted at the field it names.
    static func object(_ read: @escaping @Sendable (Fields) throws -> Value) -> Shape {
        Shape(write: "an object") { value, place, findings in
            guard case .object(let members) = value else {
                findings.add(place, .wrongType, "must be an object; write {…}")
                return .noted
            }
            let fields = Fields(members, at: place, noting: findings)
            defer { fields.refuseTheRest() }
            do {
                return .value(try read(fields))
            } catch let error as CareError {
                fields.note(error)
            } catch {
                // The closure throws nothing else but `Noted`, and its fault is in the findings already.
            }
            return .noted
        }
    }
}

extension Shape where Value: RawRepresentable<String> & CaseIterable & Sendable {
    /// One of the words of a closed list.
    static var word: Shape {
        let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return .parsed("one of: \(words)") { Value(rawValue: $0) }
    }
}

extension JSONValue {
    var isNull: Bool {
        if case .null = self { true } else { false }
    }
}
