/// A random name of 16 bytes for a case, a person on the staff or anything else that must not be guessed (D3): no date,
/// no place, no initials, no sequence. Care never makes one up; the caller brings the random bytes.
///
/// The text form is one letter that says what is named, then 26 characters of lower-case Crockford base32: the 128 bits
/// from the first to the last, then two zero bits. It holds no `i`, `l`, `o` or `u`, so that it can be read out over a
/// telephone. Reading refuses any other length, letter case, letter or padding: one identifier has one text.
public protocol RandomIdentifier: Hashable, Sendable, Comparable, CustomStringConvertible, Codable {
    /// The letter in front of the text form.
    static var prefix: Character { get }

    /// The 16 random bytes.
    var bytes: [UInt8] { get }

    /// Takes 16 random bytes; nil for any other count.
    init?(bytes: [UInt8])
}

extension RandomIdentifier {
    /// Reads the text form; nil for anything that is not exactly a text this type writes.
    public init?(_ text: String) {
        guard text.first == Self.prefix, let bytes = Base32.bytes(text.dropFirst()) else { return nil }
        self.init(bytes: bytes)
    }

    /// The letter and 26 characters, as in addresses, logs and file names.
    public var text: String { String(Self.prefix) + Base32.text(bytes) }

    /// The same as ``text``.
    public var description: String { text }

    /// By bytes, first to last.
    public static func < (left: Self, right: Self) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }

    /// Reads the text form from JSON.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let identifier = Self(text) else {
            throw CareError.invalid(field: "identifier", write: "'\(Self.prefix)' and 26 characters of base32")
        }
        self = identifier
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Sixteen bytes kept in two words, so that comparing and hashing allocate nothing.
struct SixteenBytes: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    init?(_ bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        self.low = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    var bytes: [UInt8] {
        [high, low].flatMap { word in stride(from: 56, through: 0, by: -8).map { UInt8(word >> UInt64($0) & 0xFF) } }
    }
}

/// Base32 with Crockford's alphabet in lower case, for 16 bytes only.
private enum Base32 {
    static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    static let characters = 26

    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var held: UInt32 = 0
        var bits = 0
        for byte in bytes {
            held = (held << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(held >> UInt32(bits) & 31)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(held << UInt32(5 - bits) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    static func bytes(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count == characters else { return nil }
        var bytes: [UInt8] = []
        var held: UInt32 = 0
        var bits = 0
        for letter in text.utf8 {
            guard let value = alphabet.firstIndex(of: letter) else { return nil }
            held = (held << 5 | UInt32(value)) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(held >> UInt32(bits) & 0xFF))
            }
        }
        // 26 × 5 = 130 bits: the two that are left over must be zero, else two texts would name the same bytes.
        guard held & (1 << UInt32(bits) - 1) == 0 else { return nil }
        return bytes
    }
}
