/// An X25519 key pair (RFC 7748): it opens what was sealed to its public half.
public final class SealingPrivateKey: Sendable, Redacted {
    /// The public half.
    public let publicKey: SealingPublicKey

    let seed: Secret

    /// The key pair of a 32-byte seed (the private scalar before clamping).
    ///
    /// - Throws: `SealingError.badParameters` for any other length, `SealingError.libcrypto`.
    public init(seed: consuming Secret) throws(SealingError) {
        guard seed.count == 32, let key = SealingPublicKey(bytes: try X25519.publicKey(of: seed)) else {
            throw .badParameters
        }
        self.publicKey = key
        self.seed = seed
    }

    /// The key pair of a seed whose public half was worked out before.
    init(seed: consuming Secret, publicKey: SealingPublicKey) throws(SealingError) {
        guard seed.count == 32 else { throw .badParameters }
        self.publicKey = publicKey
        self.seed = seed
    }

    /// A new key pair.
    ///
    /// - Throws: `SealingError.libcrypto` when the generator has no entropy, `SealingError.outOfMemory`.
    public static func random() throws(SealingError) -> SealingPrivateKey {
        try SealingPrivateKey(seed: Secret.random(32))
    }
}
