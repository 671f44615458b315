// A code on paper, 256 random bits. Its text form, 60 letters in 12 groups of 5:
//
//   mark     2   what the code is for: NV an invitation, FD the founding file, RC recovery
//   code    52   base32 (0-9 A-Z without I L O U) of the 32 bytes and 4 bits of 0
//   check    6   the BCH code over GF(32) of BIP 173 with the constant of BIP 350, over the 54 letters before
//
//   NV123-45678-…-9ABCD
//
// That check finds every mistake in up to 4 letters, so one mistyped letter or two swapped ones never pass. Case, spaces and
// dashes do not matter when it is read, and O is read as 0, I and L as 1. What stores a code stores its digest:
//   SHA-256(fields: "leeward printed code v1", mark, code)
// Another form has another mark; a mark, once given, is never used for anything else.

/// A code that somebody keeps on paper and types once.
public final class PrintedCode: Sendable, Redacted {
    /// What a code is for. A code of one kind is refused where another is asked for.
    public enum Kind: CaseIterable, Sendable {
        /// Opens the keyring of an invited person, once.
        case invitation
        /// Opens the founding file.
        case founding
        /// Opens a keyring whose password was lost.
        case recovery

        /// The two letters in front of the code.
        var mark: String {
            switch self {
            case .invitation: "NV"
            case .founding: "FD"
            case .recovery: "RC"
            }
        }
    }

    /// How many groups the text form has.
    public static let groups = 12
    /// How many letters each group has.
    public static let groupLetters = 5

    /// What the code is for.
    public let kind: Kind
    /// SHA-256 of mark and code, under which a store may find what it opens.
    public let digest: [UInt8]

    let secret: Secret

    private static let markCount = 2
    private static let codeValues = 52
    private static let checkValues = 6
    private static let valueCount = markCount + codeValues + checkValues

    /// A new code.
    ///
    /// - Throws: `SealingError.libcrypto` when the generator has no entropy.
    public static func random(_ kind: Kind) throws(SealingError) -> PrintedCode {
        try PrintedCode(kind, secret: Secret.random(32))
    }

    init(_ kind: Kind, secret: consuming Secret) throws(SealingError) {
        guard secret.count == 32 else { throw .badCode }
        var bytes = secret.publicBytes()
        defer { Secret.wipe(&bytes) }
        // The last field, after its length, as a piece of its own: no second copy of the code to wipe.
        let front = try Fields(domain: "leeward printed code v1").adding(kind.mark).bytes + UInt16(32).bigEndianBytes
        self.kind = kind
        self.digest = try Digest.sha256(front, bytes)
        self.secret = secret
    }

    /// A code from the characters that somebody typed; the caller wipes them.
    ///
    /// - Throws: `SealingError.badCode` when they are not a code of this kind: a letter was mistyped, left out or swapped,
    ///   or it is the code of something else.
    public convenience init(_ kind: Kind, typed text: [UInt8]) throws(SealingError) {
        guard text.count <= Limits.typedCodeBytes, var values = PrintedCode.values(typed: text) else {
            throw .badCode
        }
        defer { Secret.wipe(&values) }
        guard PrintedCode.remainder(values) == PrintedCode.constant,
            Array(values.prefix(PrintedCode.markCount)) == PrintedCode.values(of: kind),
            var bytes = Base32.bytes(of: values.dropFirst(PrintedCode.markCount).prefix(PrintedCode.codeValues))
        else { throw .badCode }
        try self.init(kind, secret: Secret(moving: &bytes))
    }

    /// A code from the characters that somebody typed.
    ///
    /// - Throws: `SealingError.badCode` as for bytes.
    public convenience init(_ kind: Kind, typed secret: borrowing Secret) throws(SealingError) {
        var text = secret.publicBytes()
        defer { Secret.wipe(&text) }
        try self.init(kind, typed: text)
    }

    /// The characters of the text form, capitals in groups with dashes between them; wipe them with `Secret.wipe` once they
    /// are printed.
    public func text() -> [UInt8] {
        var bytes = secret.publicBytes()
        var code = Base32.values(of: bytes)
        Secret.wipe(&bytes)
        var values: [UInt8] = []
        values.reserveCapacity(PrintedCode.valueCount)
        values += PrintedCode.values(of: kind)
        values += code
        Secret.wipe(&code)
        values += PrintedCode.check(of: values)
        defer { Secret.wipe(&values) }
        var text: [UInt8] = []
        text.reserveCapacity(PrintedCode.valueCount + PrintedCode.groups - 1)
        for (place, value) in values.enumerated() {
            if place > 0, place.isMultiple(of: PrintedCode.groupLetters) { text.append(UInt8(ascii: "-")) }
            text.append(Base32.capitals[Int(value)])
        }
        return text
    }

    /// Whether the letters that somebody typed are those of one group of the text form, counted from 1.
    public func hasGroup(_ number: Int, typed secret: borrowing Secret) -> Bool {
        var typed = secret.publicBytes()
        var letters = text().filter { $0 != UInt8(ascii: "-") }
        defer {
            Secret.wipe(&typed)
            Secret.wipe(&letters)
        }
        guard (1...PrintedCode.groups).contains(number),
            var values = PrintedCode.values(typed: typed, count: PrintedCode.groupLetters)
        else { return false }
        defer { Secret.wipe(&values) }
        let place = (number - 1) * PrintedCode.groupLetters
        return values.enumerated().allSatisfy { Base32.capitals[Int($1)] == letters[place + $0] }
    }

    // MARK: Letters

    private static func values(of kind: Kind) -> [UInt8] {
        kind.mark.utf8.compactMap { Base32.capitals.firstIndex(of: $0).map(UInt8.init) }
    }

    /// The values of so many typed letters; nil when there are more or fewer, or a sign that is no letter of a code.
    private static func values(typed text: [UInt8], count: Int = valueCount) -> [UInt8]? {
        var values: [UInt8] = []
        values.reserveCapacity(count)
        var place = 0
        while place < text.count {
            let rest = text[place...]
            if let gap = gaps.first(where: { rest.starts(with: $0) }) {
                place += gap.count
                continue
            }
            guard values.count < count, let value = value(of: text[place]) else {
                Secret.wipe(&values)
                return nil
            }
            values.append(value)
            place += 1
        }
        guard values.count == count else {
            Secret.wipe(&values)
            return nil
        }
        return values
    }

    private static func value(of letter: UInt8) -> UInt8? {
        let capital = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) ? letter - 32 : letter
        switch capital {
        case UInt8(ascii: "O"): return 0
        case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
        default: return Base32.capitals.firstIndex(of: capital).map(UInt8.init)
        }
    }

    /// What may stand between letters: spaces, line ends and every dash that a word processor makes of one (U+2010 to
    /// U+2015, U+2212) and the spaces that do not break (U+00A0, U+202F).
    private static let gaps: [[UInt8]] =
        Array(" \t\r\n-_".utf8).map { [$0] }
        + ["\u{00A0}", "\u{202F}", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2212}"]
        .map { Array($0.utf8) }

    // MARK: Check

    /// BIP 350, "Bech32m": the remainder of a sound text.
    private static let constant: UInt32 = 0x2bc8_30a3

    /// The values that make a sound text of the 54 before them.
    static func check(of values: [UInt8]) -> [UInt8] {
        var padded = values + [UInt8](repeating: 0, count: checkValues)
        defer { Secret.wipe(&padded) }
        let check = remainder(padded) ^ constant
        return stride(from: checkValues - 1, through: 0, by: -1).map { place in
            UInt8(truncatingIfNeeded: check >> (5 * UInt32(place))) & 31
        }
    }

    /// BIP 173, "Checksum": the remainder of the values by the generator of a BCH code that finds every mistake in up to 4
    /// of at most 89 values.
    private static func remainder(_ values: [UInt8]) -> UInt32 {
        let generator: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
        return values.reduce(1) { remainder, value in
            let top = remainder >> 25
            var next = (remainder & 0x1ff_ffff) << 5 ^ UInt32(value)
            for (bit, part) in generator.enumerated() where top >> UInt32(bit) & 1 == 1 { next ^= part }
            return next
        }
    }
}
