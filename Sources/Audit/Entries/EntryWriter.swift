import Foundation

/// Writes the canonical form field by field and refuses what is not a code, a handle or a number.
struct EntryWriter {
    private var out: [UInt8]

    init() {
        out = []
        out.reserveCapacity(640)
        out.append(contentsOf: EntrySyntax.start)
    }

    mutating func number(_ key: EntryKey, _ value: Int) throws(AuditError) {
        guard value >= 0 else { throw .badField(key.name) }
        out.append(contentsOf: key.bytes)
        if value < 10 {
            out.append(0x30 + UInt8(value))
        } else {
            out.append(contentsOf: String(value).utf8)
        }
    }

    mutating func time(_ value: AuditTime) {
        out.append(contentsOf: EntryKey.time.bytes)
        out.append(EntrySyntax.quote)
        value.append(to: &out)
        out.append(EntrySyntax.quote)
    }

    mutating func code(_ key: EntryKey, _ value: String, mayBeEmpty: Bool = false) throws(AuditError) {
        out.append(contentsOf: key.bytes)
        try string(key, value, mayBeEmpty: mayBeEmpty)
    }

    mutating func list(_ key: EntryKey, _ values: [String]) throws(AuditError) {
        guard values.count <= Limits.handles else { throw .badField(key.name) }
        out.append(contentsOf: key.bytes)
        out.append(EntrySyntax.open)
        for (place, value) in values.enumerated() {
            if place > 0 { out.append(EntrySyntax.comma) }
            try string(key, value, mayBeEmpty: false)
        }
        out.append(EntrySyntax.close)
    }

    mutating func digest(_ key: EntryKey, _ value: String) throws(AuditError) {
        guard value.utf8.count == 64, value.utf8.allSatisfy(EntrySyntax.isLowerHex) else { throw .badField(key.name) }
        out.append(contentsOf: key.bytes)
        out.append(EntrySyntax.quote)
        out.append(contentsOf: value.utf8)
        out.append(EntrySyntax.quote)
    }

    mutating func base64(_ key: EntryKey, _ value: [UInt8]) throws(AuditError) {
        guard !value.isEmpty else { throw .badField(key.name) }
        out.append(contentsOf: key.bytes)
        out.append(EntrySyntax.quote)
        out.append(contentsOf: Data(value).base64EncodedData())
        out.append(EntrySyntax.quote)
    }

    consuming func finish() throws(AuditError) -> [UInt8] {
        out.append(EntrySyntax.end)
        guard out.count <= Limits.entryBytes else { throw .tooLong }
        return out
    }

    private mutating func string(_ key: EntryKey, _ value: String, mayBeEmpty: Bool) throws(AuditError) {
        out.append(EntrySyntax.quote)
        let before = out.count
        out.append(contentsOf: value.utf8)
        var hasLetter = false
        for index in before..<out.count {
            guard EntrySyntax.isCode(out[index]) else { throw .badField(key.name) }
            hasLetter = hasLetter || EntrySyntax.isLetter(out[index])
        }
        let count = out.count - before
        guard count <= Limits.codeCharacters, hasLetter || (mayBeEmpty && count == 0) else { throw .badField(key.name) }
        out.append(EntrySyntax.quote)
    }
}

/// The characters of the canonical form.
enum EntrySyntax {
    static let start = Array("{\"v\":1".utf8)
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let open = UInt8(ascii: "[")
    static let close = UInt8(ascii: "]")
    static let end = UInt8(ascii: "}")

    /// `A-Z a-z 0-9 . _ : -`: enough for codes and handles, too little for a sentence.
    static func isCode(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }

    /// Every code and every handle has a letter; a telephone number or a date has none.
    static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    static func isLowerHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
