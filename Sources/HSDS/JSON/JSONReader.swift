/// Reads JSON as RFC 8259 has it: no comments, no trailing commas, no key twice. What is wrong comes with its line.
struct JSONReader {
    private let bytes: [UInt8]
    private let file: String
    private let firstLine: Int
    private var position = 0

    /// The document in `bytes`; a byte order mark is passed over.
    ///
    /// - Throws: ``SourceProblem`` with the line at which the text stops being JSON.
    static func read(_ bytes: [UInt8], file: String, firstLine: Int = 1) throws(SourceProblem) -> JSONValue {
        var reader = JSONReader(bytes: bytes, file: file, firstLine: firstLine)
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw SourceProblem(at: SourcePlace(file: file, line: firstLine), .notUTF8)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.problem("text after the end of the document") }
        return value
    }

    private init(bytes: [UInt8], file: String, firstLine: Int) {
        self.bytes = bytes
        self.file = file
        self.firstLine = firstLine
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func problem(_ what: String) -> SourceProblem {
        let line = bytes.prefix(position).count { $0 == UInt8(ascii: "\n") } + firstLine
        return SourceProblem(at: SourcePlace(file: file, line: line), .notJSON(what))
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func take(word: StaticString) -> Bool {
        let letters = Array(word.description.utf8)
        guard bytes[position...].starts(with: letters) else { return false }
        position += letters.count
        return true
    }

    private mutating func value(depth: Int) throws(SourceProblem) -> JSONValue {
        guard depth <= Limits.nesting else { throw problem("nested deeper than \(Limits.nesting)") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .list(try items(depth: depth))
        case UInt8(ascii: "\""): return .text(try text())
        case .some(UInt8(ascii: "-")), .some(0x30...0x39): return .number(try number())
        case nil: throw problem("the text ends where a value is expected")
        default:
            if take(word: "true") { return .truth(true) }
            if take(word: "false") { return .truth(false) }
            if take(word: "null") { return .null }
            throw problem("no JSON value")
        }
    }

    private mutating func members(depth: Int) throws(SourceProblem) -> JSONObject {
        position += 1
        var object = JSONObject()
        var keys: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return object }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw problem("a key in quotes is expected") }
            let key = try text()
            guard keys.insert(key).inserted else { throw problem("a key stands twice in one object") }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw problem("a colon is expected after the key") }
            object.append(key, try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "}")) { return object }
            guard take(UInt8(ascii: ",")) else { throw problem("a comma or a closing brace is expected") }
        }
    }

    private mutating func items(depth: Int) throws(SourceProblem) -> [JSONValue] {
        position += 1
        var items: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return items }
        while true {
            items.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return items }
            guard take(UInt8(ascii: ",")) else { throw problem("a comma or a closing bracket is expected") }
        }
    }

    private mutating func number() throws(SourceProblem) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(SourceProblem) {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw problem("a digit is expected") }
    }

    private mutating func text() throws(SourceProblem) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                text.append(contentsOf: String(try escaped()).utf8)
            case 0..<0x20: throw problem("a control character inside a text")
            default:
                position += 1
                text.append(byte)
            }
        }
        throw problem("the text ends inside quotes")
    }

    private mutating func escaped() throws(SourceProblem) -> Unicode.Scalar {
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
        case UInt8(ascii: "u"): return try unicode()
        default: throw problem("no escape that JSON knows")
        }
    }

    private mutating func unicode() throws(SourceProblem) -> Unicode.Scalar {
        let first = try fourDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw problem("half of a surrogate pair")
        }
        let second = try fourDigits()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw problem("half of a surrogate pair") }
        return scalar
    }

    private mutating func fourDigits() throws(SourceProblem) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw problem("four hexadecimal digits are expected after \\u")
            }
            number = number << 4 | UInt32(digit)
            position += 1
        }
        return number
    }
}
