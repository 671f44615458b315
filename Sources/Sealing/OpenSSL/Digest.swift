import COpenSSL

/// SHA-256 (FIPS 180-4).
public enum Digest {
    /// The length of a SHA-256 digest in bytes.
    public static let count = 32

    /// SHA-256 of the bytes, 32 bytes.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public static func sha256(_ bytes: [UInt8]) throws(SealingError) -> [UInt8] {
        try digest(bytes, [], [])
    }

    /// SHA-256 of one byte followed by two pieces, without joining them first: a node of an RFC 6962 tree is
    /// `prefix: 0x01, left, right`, a leaf is `prefix: 0x00, entry, []`.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public static func sha256(prefix: UInt8, left: [UInt8], right: [UInt8]) throws(SealingError) -> [UInt8] {
        var status: Int32 = 0
        let out = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            let start = buffer.baseAddress
            status = unsafe withUnsafeBytes(of: prefix) { first in
                unsafe leeward_digest_pieces(
                    Algorithms.sha256,
                    first.baseAddress,
                    1,
                    left,
                    left.count,
                    right,
                    right.count,
                    start
                )
            }
            written = status == 1 ? count : 0
        }
        guard status == 1 else { throw .refused(by: "EVP_DigestFinal_ex") }
        return out
    }

    /// SHA-256 of three pieces, one after the other, without joining them first.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public static func sha256(_ first: [UInt8], _ second: [UInt8], _ third: [UInt8] = []) throws(SealingError)
        -> [UInt8]
    {
        try digest(first, second, third)
    }

    private static func digest(_ a: [UInt8], _ b: [UInt8], _ c: [UInt8]) throws(SealingError) -> [UInt8] {
        var status: Int32 = 0
        let out = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            status = unsafe leeward_digest_pieces(
                Algorithms.sha256,
                a,
                a.count,
                b,
                b.count,
                c,
                c.count,
                buffer.baseAddress
            )
            written = status == 1 ? count : 0
        }
        guard status == 1 else { throw .refused(by: "EVP_DigestFinal_ex") }
        return out
    }
}
