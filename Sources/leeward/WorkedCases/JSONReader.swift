/// Reads JSON as RFC 8259 has it and not otherwise: no comments, no trailing commas, no key twice. Made for files that
/// people write, so what is wrong comes with a pointer, a line and a column.
struct JSONReader {
    /// Deeper than any worked case; keeps a hostile file from exhausting the stack.
    private static let deepest = 64

    private let bytes: [UInt8]
    private var position = 0

    /// The document in `bytes`; a byte order mark is passed over.
    static func read(_ bytes: [UInt8]) throws(WorkedCaseProblem) -> JSONNode {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw WorkedCaseProblem(pointer: "", what: "the file is not UTF-8 text")
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var reader = JSONReader(bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes)
        let node = try reader.value(at: "", depth: 0)
        reader.skipSpace()
        guard reader.position == reader.bytes.count else {
            throw reader.problem("", "text after the end of the document")
        }
        return node
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func problem(_ pointer: String, _ what: String) -> WorkedCaseProblem {
        let before = bytes.prefix(position)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        // Columns count characters, as an editor shows them.
        let column = String(decoding: before[start...], as: UTF8.self).count + 1
        return WorkedCaseProblem(pointer: pointer, what: "\(what) (line \(line), column \(column))")
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func take(word: String) -> Bool {
        let letters = Array(word.utf8)
        guard bytes[position...].starts(with: letters) else { return false }
        position += letters.count
        return true
    }

    private mutating func value(at pointer: String, depth: Int) throws(WorkedCaseProblem) -> JSONNode {
        guard depth <= Self.deepest else { throw problem(pointer, "nested deeper than \(Self.deepest)") }
        skipSpace()
        let content: JSONNode.Content
        switch next {
        case UInt8(ascii: "{"): content = .object(try members(at: pointer, depth: depth))
        case UInt8(ascii: "["): content = .list(try items(at: pointer, depth: depth))
        case UInt8(ascii: "\""): content = .text(try text(at: pointer))
        case .some(UInt8(ascii: "-")), .some(0x30...0x39): content = .number(try number(at: pointer))
        case nil: throw problem(pointer, "the file ends where a value is expected")
        default:
            if take(word: "true") {
                content = .truth(true)
            } else if take(word: "false") {
                content = .truth(false)
            } else if take(word: "null") {
                content = .null
            } else {
                throw problem(pointer, "no JSON value")
            }
        }
        return JSONNode(pointer: pointer, content: content)
    }

    private mutating func members(
        at pointer: String,
        depth: Int
    ) throws(WorkedCaseProblem) -> [(key: String, value: JSONNode)] {
        position += 1
        var members: [(key: String, value: JSONNode)] = []
        var keys: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return members }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw problem(pointer, "a key in quotes is expected") }
            let key = try text(at: pointer)
            let place = JSONNode.pointer(pointer, key)
            guard keys.insert(key).inserted else { throw problem(place, "the key stands twice") }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw problem(place, "a colon is expected after the key") }
            members.append((key, try value(at: place, depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return members }
            guard take(UInt8(ascii: ",")) else {
                throw problem(place, "a comma or a closing brace is expected after the value")
            }
        }
    }

    private mutating func items(at pointer: String, depth: Int) throws(WorkedCaseProblem) -> [JSONNode] {
        position += 1
        var items: [JSONNode] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return items }
        while true {
            let place = JSONNode.pointer(pointer, String(items.count))
            items.append(try value(at: place, depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return items }
            guard take(UInt8(ascii: ",")) else {
                throw problem(place, "a comma or a closing bracket is expected after the value")
            }
        }
    }

    private mutating func number(at pointer: String) throws(WorkedCaseProblem) -> Double {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits(at: pointer) }
        if take(UInt8(ascii: ".")) { try digits(at: pointer) }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits(at: pointer)
        }
        guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)), number.isFinite else {
            throw problem(pointer, "a number too large to be meant")
        }
        return number
    }

    private mutating func digits(at pointer: String) throws(WorkedCaseProblem) {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw problem(pointer, "a digit is expected") }
    }

    private mutating func text(at pointer: String) throws(WorkedCaseProblem) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                text.append(contentsOf: String(try escaped(at: pointer)).utf8)
            case 0..<0x20: throw problem(pointer, "a control character inside a text")
            default:
                position += 1
                text.append(byte)
            }
        }
        throw problem(pointer, "the file ends inside a text")
    }

    private mutating func escaped(at pointer: String) throws(WorkedCaseProblem) -> Unicode.Scalar {
        let letter = next
        position += 1
        switch letter {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode(at: pointer)
        default: throw problem(pointer, "no escape that JSON knows")
        }
    }

    private mutating func unicode(at pointer: String) throws(WorkedCaseProblem) -> Unicode.Scalar {
        let first = try fourDigits(at: pointer)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw problem(pointer, "half of a surrogate pair")
        }
        let second = try fourDigits(at: pointer)
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw problem(pointer, "half of a surrogate pair") }
        return scalar
    }

    private mutating func fourDigits(at pointer: String) throws(WorkedCaseProblem) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw problem(pointer, "four hexadecimal digits are expected after \\u")
            }
            number = number << 4 | UInt32(digit)
            position += 1
        }
        return number
    }
}
