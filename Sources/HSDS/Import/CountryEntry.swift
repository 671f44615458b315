import DataFiles

/// An entry of a country file as keys and values, to be written, read again, and compared field by field.
struct CountryEntry: Hashable, Sendable {
    /// What stands behind a key.
    indirect enum Value: Hashable, Sendable {
        case text(String)
        case list([Value])
        case map([Field])
    }

    /// A key with its value.
    struct Field: Hashable, Sendable {
        let key: String
        var value: Value
    }

    /// In the order to write them.
    var fields: [Field] = []

    /// The value of a key; setting nil takes it out, setting a new key puts it at the end.
    subscript(key: String) -> Value? {
        get { fields.first { $0.key == key }?.value }
        set {
            let index = fields.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): fields[index].value = value
            case (let index?, nil): fields.remove(at: index)
            case (nil, let value?): fields.append(Field(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// The text of a key.
    func text(_ key: String) -> String? {
        if case .text(let text) = self[key] { text } else { nil }
    }

    /// What a country file holds for an entry; nil when it is no map.
    init?(reading node: DataNode) {
        guard case .map(let fields)? = Self.value(node) else { return nil }
        self.fields = fields
    }

    init() {}

    private static func value(_ node: DataNode) -> Value? {
        switch node.content {
        case .text(let text): .text(text)
        case .list(let items): .list(items.compactMap(value))
        case .map(let entries):
            .map(entries.compactMap { entry in value(entry.value).map { Field(key: entry.key, value: $0) } })
        case .empty: nil
        }
    }

    /// The entry as an item of a list, two spaces in.
    func yaml() -> String {
        var lines: [String] = []
        for (index, field) in fields.enumerated() {
            lines.append((index == 0 ? "  - " : "    ") + Self.line(field, indent: 4))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ field: Field, indent: Int) -> String {
        let space = String(repeating: " ", count: indent)
        switch field.value {
        case .text(let text): return "\(field.key): \(scalar(text))"
        case .list(let items):
            let texts = items.compactMap { if case .text(let text) = $0 { text } else { nil } }
            if texts.count == items.count, texts.allSatisfy({ isPlain($0) && !$0.contains(",") }) {
                return "\(field.key): [\(texts.joined(separator: ", "))]"
            }
            return "\(field.key):" + items.map { "\n\(space)  - " + item($0, indent: indent + 4) }.joined()
        case .map(let fields):
            return "\(field.key):" + fields.map { "\n\(space)  " + line($0, indent: indent + 2) }.joined()
        }
    }

    private static func item(_ value: Value, indent: Int) -> String {
        switch value {
        case .text(let text): return scalar(text)
        case .map(let fields):
            let space = String(repeating: " ", count: indent)
            return fields.map { line($0, indent: indent) }.joined(separator: "\n\(space)")
        case .list: return "[]"
        }
    }

    /// A text as YAML writes it: plain where nothing can be misread, else in double quotes.
    static func scalar(_ text: String) -> String {
        if isPlain(text) { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default:
                // Control characters, line separators and what YAML does not print.
                if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028
                    || scalar.value == 0x2029 || scalar.value == 0xFEFF
                {
                    let hex = String(scalar.value, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }

    /// Letters, digits and a few signs, with nothing at the ends or between that YAML reads as more.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
        let isStart = first.properties.isAlphabetic || ("0"..."9").contains(first) || first == "+"
        guard isStart, last != " ", last != ":" else { return false }
        var before: Unicode.Scalar = "a"
        for scalar in text.unicodeScalars {
            let isWord = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            guard isWord || " .-_/+()@;:".unicodeScalars.contains(scalar) else { return false }
            if before == ":", scalar == " " { return false }
            before = scalar
        }
        return true
    }
}
