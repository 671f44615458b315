/// An Ed25519 key pair (RFC 8032).
public final class SigningKey: Sendable, Redacted {
    /// The public half.
    public let verifyingKey: VerifyingKey

    let seed: Secret

    /// The key pair of a 32-byte seed.
    ///
    /// - Throws: `SealingError.badParameters` for any other length, `SealingError.libcrypto`.
    public init(seed: consuming Secret) throws(SealingError) {
        guard seed.count == 32, let key = VerifyingKey(bytes: try Ed25519.publicKey(seed: seed)) else {
            throw .badParameters
        }
        self.verifyingKey = key
        self.seed = seed
    }

    /// A new key pair.
    ///
    /// - Throws: `SealingError.libcrypto` when the generator has no entropy, `SealingError.outOfMemory`.
    public static func random() throws(SealingError) -> SigningKey {
        try SigningKey(seed: Secret.random(32))
    }

    /// The 64-byte signature of the message; the same message gives the same signature.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public func sign(_ message: [UInt8]) throws(SealingError) -> [UInt8] {
        try Ed25519.sign(message, seed: seed)
    }

    /// The 32-byte seed, for the credential store of a log key or the offline copy of a root key.
    ///
    /// - Throws: `SealingError.outOfMemory`.
    public func copyOfSeed() throws(SealingError) -> Secret {
        try seed.copy()
    }
}
