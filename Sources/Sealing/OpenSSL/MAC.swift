import COpenSSL

/// HMAC (RFC 2104) with SHA-256, and with SHA-1 for authenticator apps alone.
public enum MAC {
    /// The 32-byte authentication code of the message under the key (RFC 4231).
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public static func hmacSHA256(key: borrowing Secret, _ message: [UInt8]) throws(SealingError) -> [UInt8] {
        try hmac("SHA256", key: key, message, count: 32)
    }

    /// The 20-byte code with SHA-1 (RFC 2202), which RFC 6238 has and authenticator apps know.
    static func hmacSHA1(key: borrowing Secret, _ message: [UInt8]) throws(SealingError) -> [UInt8] {
        try hmac("SHA1", key: key, message, count: 20)
    }

    /// Whether two public values are equal, in time that does not depend on where they differ.
    public static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return unsafe CRYPTO_memcmp(one, other, one.count) == 0
    }

    private static func hmac(
        _ digest: String,
        key: borrowing Secret,
        _ message: [UInt8],
        count: Int
    ) throws(SealingError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        let status = unsafe key.withBytes { key in
            unsafe leeward_hmac(digest, key.baseAddress, key.count, message, message.count, &out, count)
        }
        guard status == 1 else { throw .refused(by: "EVP_Q_mac") }
        return out
    }
}
