// Padding inside the plaintext, so that the length of a ciphertext says little: 0x80, then zeros, at least the 0x80.
//
//   up to 4,096 bytes   the next multiple of 256
//   above               the Padmé rule (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
//                       Communication with PURBs", 2019, section 4.3): at most 12 % more
//
// There is one padding for each content: any other is refused as damage.

/// The padding of sealed content.
enum Padding {
    /// The padded length of a content of this length.
    static func paddedCount(_ count: Int) -> Int {
        let least = count + 1
        guard least > 4_096 else { return (least + 255) / 256 * 256 }
        let exponent = Int.bitWidth - 1 - least.leadingZeroBitCount
        let exponentBits = Int.bitWidth - exponent.leadingZeroBitCount
        let mask = (1 << (exponent - exponentBits)) - 1
        return (least + mask) & ~mask
    }

    /// What to put after a content of this length.
    static func bytes(after count: Int) -> [UInt8] {
        [0x80] + [UInt8](repeating: 0, count: paddedCount(count) - count - 1)
    }

    /// The length of the content in a padded plaintext, given its length and a look at each byte; nil when the padding
    /// is not the one for that content.
    static func contentCount(in count: Int, byte: (Int) -> UInt8) -> Int? {
        var end = count - 1
        while end >= 0, byte(end) == 0 { end -= 1 }
        guard end >= 0, byte(end) == 0x80, paddedCount(end) == count else { return nil }
        return end
    }
}
