/// Reads one JSON text (RFC 8259) from bytes, strictly: UTF-8 only, no duplicate fields, no lone surrogates, bounded
/// depth and size. Fields that the caller calls secret come out as bytes and never pass through a `String`.
struct JSONReader {
    /// What is wrong with a text, by the offset of the byte, counted from 0. It never holds a piece of the text.
    enum Refusal: Error, Equatable {
        case malformed(offset: Int)
        case notUTF8(offset: Int)
        case duplicateField(offset: Int)
        case tooDeep(offset: Int)
        case tooMany(offset: Int)
    }

    private let bytes: [UInt8]
    private let secrets: Set<String>
    private var offset = 0
    private var values = 0

    /// Reads a whole text. The names in `secrets` are fields of the outermost object.
    static func read(_ bytes: [UInt8], secrets: Set<String> = []) throws(Refusal) -> JSONValue {
        var reader = JSONReader(bytes: bytes, secrets: secrets)
        reader.skipSpace()
        let value = try reader.value(depth: 1, isSecret: false)
        reader.skipSpace()
        guard reader.offset == bytes.count else { throw .malformed(offset: reader.offset) }
        return value
    }

    private init(bytes: [UInt8], secrets: Set<String>) {
        self.bytes = bytes
        self.secrets = secrets
    }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        offset += 1
        return true
    }

    private mutating func value(depth: Int, isSecret: Bool) throws(Refusal) -> JSONValue {
        values += 1
        guard values <= Limits.jsonValues else { throw .tooMany(offset: offset) }
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""):
            guard isSecret else { return .text(try text()) }
            return .secret(try secret())
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Refusal) -> JSONValue {
        for byte in String(describing: word).utf8 {
            guard take(byte) else { throw .malformed(offset: offset) }
        }
        return value
    }

    private mutating func object(depth: Int) throws(Refusal) -> JSONValue {
        guard depth <= Limits.jsonDepth else { throw .tooDeep(offset: offset) }
        offset += 1
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            let nameOffset = offset
            guard next == UInt8(ascii: "\"") else { throw .malformed(offset: offset) }
            let name = try text()
            guard names.insert(name).inserted else { throw .duplicateField(offset: nameOffset) }
            guard names.count <= Limits.jsonFields else { throw .tooMany(offset: nameOffset) }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw .malformed(offset: offset) }
            skipSpace()
            let isSecret = depth == 1 && secrets.contains(name)
            members.append(JSONValue.Member(name: name, value: try value(depth: depth + 1, isSecret: isSecret)))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw .malformed(offset: offset) }
        return .object(members)
    }

    private mutating func list(depth: Int) throws(Refusal) -> JSONValue {
        guard depth <= Limits.jsonDepth else { throw .tooDeep(offset: offset) }
        offset += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .list(elements) }
        repeat {
            skipSpace()
            elements.append(try value(depth: depth + 1, isSecret: false))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw .malformed(offset: offset) }
        return .list(elements)
    }

    /// A number by the grammar of RFC 8259 section 6. Whole numbers that fit stay whole.
    private mutating func number() throws(Refusal) -> JSONValue {
        let start = offset
        _ = take(UInt8(ascii: "-"))
        guard let first = next, isDigit(first) else { throw .malformed(offset: offset) }
        if first == UInt8(ascii: "0") { offset += 1 } else { skipDigits() }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isWhole = false
            offset += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        // Digits, sign, point and exponent are ASCII, so this always decodes.
        let literal = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isWhole, let whole = Int(literal) { return .whole(whole) }
        guard let decimal = Double(literal), decimal.isFinite else { throw .malformed(offset: start) }
        return .decimal(decimal)
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private mutating func skipDigits() {
        while let byte = next, isDigit(byte) { offset += 1 }
    }

    private mutating func digits() throws(Refusal) {
        guard let byte = next, isDigit(byte) else { throw .malformed(offset: offset) }
        skipDigits()
    }

    private mutating func text() throws(Refusal) -> String {
        let start = offset
        let end = endOfText()
        let plain = bytes[(start + 1)..<end]
        let text: String?
        if plain.contains(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 }) || end == bytes.count {
            text = String(validating: try textBytes(), as: UTF8.self)
        } else {
            offset = end + 1
            text = String(validating: plain, as: UTF8.self)
        }
        guard let text else { throw .notUTF8(offset: start) }
        return text
    }

    private mutating func secret() throws(Refusal) -> SecretBytes {
        let start = offset
        var decoded = try textBytes()
        guard Self.isUTF8(decoded) else {
            wipe(&decoded)
            throw .notUTF8(offset: start)
        }
        return SecretBytes(decoded)
    }

    /// The offset of the closing quote of the text that begins here, or of the end of the body.
    private func endOfText() -> Int {
        var end = offset + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(end, bytes.count)
    }

    /// The bytes of a text with its escapes resolved. Room is taken once, for the longest that the text can become, so
    /// that no outgrown copy is left behind.
    private mutating func textBytes() throws(Refusal) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(endOfText() - offset)
        do {
            try resolve(into: &decoded)
        } catch {
            wipe(&decoded)
            throw error
        }
        return decoded
    }

    private mutating func resolve(into decoded: inout [UInt8]) throws(Refusal) {
        offset += 1
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return
            case UInt8(ascii: "\\"):
                offset += 1
                try escape(into: &decoded)
            case 0x00..<0x20:
                throw .malformed(offset: offset)
            default:
                offset += 1
                decoded.append(byte)
            }
        }
        throw .malformed(offset: offset)
    }

    /// Whether these bytes are UTF-8, found out without making a `String` of them.
    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        var decoder = UTF8()
        var rest = bytes.makeIterator()
        while true {
            switch decoder.decode(&rest) {
            case .scalarValue: continue
            case .emptyInput: return true
            case .error: return false
            }
        }
    }

    private mutating func escape(into decoded: inout [UInt8]) throws(Refusal) {
        let start = offset - 1
        guard let byte = next else { throw .malformed(offset: offset) }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xD800..<0xDC00).contains(code) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw .malformed(offset: start) }
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw .malformed(offset: start) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            // A lone low surrogate is no character.
            guard let scalar = Unicode.Scalar(code) else { throw .malformed(offset: start) }
            decoded.append(contentsOf: scalar.utf8)
        default:
            throw .malformed(offset: start)
        }
    }

    private mutating func hexadecimal() throws(Refusal) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Self.hexadecimalDigit(byte) else { throw .malformed(offset: offset) }
            code = code << 4 + digit
            offset += 1
        }
        return code
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x41 + 10)
        case 0x61...0x66: UInt32(byte - 0x61 + 10)
        default: nil
        }
    }
}
