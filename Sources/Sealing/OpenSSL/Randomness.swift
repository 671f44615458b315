import COpenSSL

/// Random bytes from libcrypto's private generator (`RAND_priv_bytes`), which the operating system seeds.
public enum Randomness {
    /// As many random bytes as asked for; for identifiers and salts. Keys come from `Secret.random`.
    ///
    /// - Throws: `SealingError.badParameters` outside 0 to 65,536 bytes, `SealingError.libcrypto` when the generator
    ///   has no entropy.
    public static func bytes(_ count: Int) throws(SealingError) -> [UInt8] {
        guard (0...Limits.randomBytes).contains(count) else { throw .badParameters }
        var out = [UInt8](repeating: 0, count: count)
        guard unsafe RAND_priv_bytes(&out, Int32(count)) == 1 else { throw .refused(by: "RAND_priv_bytes") }
        return out
    }
}
