/// Bytes from hexadecimal text, spaces and line ends passed over; the literals of the standards are written so.
func hex(_ text: String) -> [UInt8] {
    let digits = text.unicodeScalars.filter { !$0.properties.isWhitespace }.map { UInt8(Character($0).hexDigitValue!) }
    precondition(digits.count % 2 == 0, "a literal of whole bytes")
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// Lower-case hexadecimal text of the bytes.
func text(_ bytes: [UInt8]) -> String {
    bytes.map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
}

extension [UInt8] {
    /// The same bytes with one bit turned over.
    func flipping(_ bit: Int) -> [UInt8] {
        var bytes = self
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return bytes
    }
}
