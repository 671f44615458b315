import COpenSSL

/// HMAC-SHA-256 (RFC 2104, RFC 4231).
public enum MAC {
    /// The 32-byte authentication code of the message under the key.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public static func hmacSHA256(key: borrowing Secret, _ message: [UInt8]) throws(SealingError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 32)
        let status = unsafe key.withBytes { key in
            unsafe leeward_hmac_sha256(key.baseAddress, key.count, message, message.count, &out)
        }
        guard status == 1 else { throw .refused(by: "EVP_Q_mac") }
        return out
    }

    /// Whether two public values are equal, in time that does not depend on where they differ.
    public static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return unsafe CRYPTO_memcmp(one, other, one.count) == 0
    }
}
