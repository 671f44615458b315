/// The text form of age's keys: Bech32 (BIP 173) of 32 bytes, without that text's limit of 90 letters.
enum AgeKeyText {
    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let checkCount = 6

    /// Small letters: the prefix, "1", the bytes and the check.
    static func text(_ bytes: [UInt8], prefix: String) -> [UInt8] {
        var values: [UInt8] = []
        values.reserveCapacity(52 + checkCount)
        defer { Secret.wipe(&values) }
        var (bits, bitCount) = (UInt16(0), UInt16(0))
        for byte in bytes {
            bits = bits << 8 | UInt16(byte)
            bitCount += 8
            while bitCount >= 5 {
                bitCount -= 5
                values.append(UInt8(truncatingIfNeeded: bits >> bitCount) & 31)
                bits &= (1 << bitCount) - 1
            }
        }
        if bitCount > 0 { values.append(UInt8(truncatingIfNeeded: bits << (5 - bitCount)) & 31) }
        let check = checksum(prefix, values, tail: [0, 0, 0, 0, 0, 0]) ^ 1
        for place in 0..<UInt32(checkCount) {
            values.append(UInt8(truncatingIfNeeded: check >> (5 * (5 - place))) & 31)
        }
        var text: [UInt8] = []
        text.reserveCapacity(prefix.utf8.count + 1 + values.count)
        text += Array(prefix.utf8) + [UInt8(ascii: "1")]
        for value in values { text.append(alphabet[Int(value)]) }
        return text
    }

    /// The 32 bytes of a text, all in small or all in capital letters; nil when it is not one.
    static func bytes(of text: [UInt8], prefix: String) -> [UInt8]? {
        func isSmall(_ letter: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) }
        func isCapital(_ letter: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) }
        func lower(_ letter: UInt8) -> UInt8 { isCapital(letter) ? letter | 0x20 : letter }
        let front = Array(prefix.utf8) + [UInt8(ascii: "1")]
        guard !(text.contains(where: isSmall) && text.contains(where: isCapital)),
            text.lazy.map(lower).starts(with: front)
        else { return nil }
        var values: [UInt8] = []
        values.reserveCapacity(text.count)
        defer { Secret.wipe(&values) }
        for letter in text.dropFirst(front.count) {
            guard let value = alphabet.firstIndex(of: lower(letter)) else { return nil }
            values.append(UInt8(value))
        }
        // 52 letters hold 32 bytes and 4 bits of 0.
        guard values.count == 52 + checkCount, checksum(prefix, values, tail: []) == 1 else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(32)
        var (bits, bitCount) = (UInt16(0), UInt16(0))
        for value in values.dropLast(checkCount) {
            bits = bits << 5 | UInt16(value)
            bitCount += 5
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            out.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            bits &= (1 << bitCount) - 1
        }
        guard bits == 0 else { return nil }
        return out
    }

    /// The remainder of BIP 173's polynomial over the prefix and the values.
    private static func checksum(_ prefix: String, _ values: [UInt8], tail: [UInt8]) -> UInt32 {
        var remainder: UInt32 = 1
        func take(_ value: UInt8) {
            let top = remainder >> 25
            remainder = (remainder & 0x1ff_ffff) << 5 ^ UInt32(value)
            for (place, generator) in [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3].enumerated()
            where (top >> UInt32(place)) & 1 == 1 {
                remainder ^= UInt32(generator)
            }
        }
        for byte in prefix.utf8 { take(byte >> 5) }
        take(0)
        for byte in prefix.utf8 { take(byte & 31) }
        for value in values { take(value) }
        for value in tail { take(value) }
        return remainder
    }
}
