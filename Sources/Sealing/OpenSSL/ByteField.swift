/// The field of 256 elements that AES has (FIPS 197, section 4): addition is XOR, multiplication is that of polynomials modulo
/// x^8 + x^4 + x^3 + x + 1. No table and no branch depends on an operand, so its time tells nothing about them.
enum ByteField {
    static func multiply(_ one: UInt8, _ other: UInt8) -> UInt8 {
        var (product, doubled) = (UInt8(0), one)
        for place in UInt8(0)..<8 {
            product ^= doubled & (0 &- ((other >> place) & 1))
            doubled = (doubled << 1) ^ (0x1b & (0 &- (doubled >> 7)))
        }
        return product
    }

    /// What gives 1 when multiplied with the element, which is its power of 254; 0 for 0.
    static func inverse(_ element: UInt8) -> UInt8 {
        var (power, square) = (UInt8(1), element)
        for _ in 0..<7 {
            square = multiply(square, square)
            power = multiply(power, square)
        }
        return power
    }
}

extension Secret {
    /// Each byte times the factor, plus the byte of the other secret in its place.
    borrowing func times(_ factor: UInt8, plus other: borrowing Secret) throws(SealingError) -> Secret {
        guard count == other.count else { throw .badParameters }
        return try unsafe withBytes { bytes throws(SealingError) in
            try unsafe other.withBytes { others throws(SealingError) in
                try unsafe Secret(count: bytes.count, calling: "times") { target in
                    for place in bytes.indices {
                        unsafe target[place] = ByteField.multiply(factor, bytes[place]) ^ others[place]
                    }
                    return 1
                }
            }
        }
    }
}
