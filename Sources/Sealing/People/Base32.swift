/// Base32 in the letters that are hard to mistake for one another: no I, L, O or U. Most significant bits first.
enum Base32 {
    /// The letters by value, in capitals for paper.
    static let capitals = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    /// The letters by value, in small ones for tokens.
    static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// Values of 5 bits, the last filled up with zeros. Room is set aside at once, so that no outgrown copy is left.
    static func values(of bytes: [UInt8]) -> [UInt8] {
        var values: [UInt8] = []
        values.reserveCapacity((bytes.count * 8 + 4) / 5)
        var bits: UInt16 = 0
        var bitCount: UInt16 = 0
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
        return values
    }

    /// The bytes of values of 5 bits; nil when bits are left over that are not zero.
    static func bytes(of values: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(values.count * 5 / 8)
        var bits: UInt16 = 0
        var bitCount: UInt16 = 0
        for value in values {
            bits = bits << 5 | UInt16(value & 31)
            bitCount += 5
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            bits &= (1 << bitCount) - 1
        }
        guard bits == 0 else {
            Secret.wipe(&bytes)
            return nil
        }
        return bytes
    }
}
