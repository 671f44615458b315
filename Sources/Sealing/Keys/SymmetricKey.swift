/// A 32-byte key with the 16-byte id that the header of what it seals carries.
public final class SymmetricKey: Sendable, Redacted {
    /// The id: random, or pseudo-random beside the key; it says nothing about the key or its owner.
    public let id: [UInt8]

    /// The key itself.
    public let secret: Secret

    /// A key with its id.
    ///
    /// - Throws: `SealingError.badParameters` unless the id has 16 bytes and the key 32.
    public init(id: [UInt8], secret: consuming Secret) throws(SealingError) {
        guard id.count == Header.keyIDCount, secret.count == 32 else { throw .badParameters }
        self.id = id
        self.secret = secret
    }

    /// A new key with a random id.
    ///
    /// - Throws: `SealingError.libcrypto` when the generator has no entropy, `SealingError.outOfMemory`.
    public static func random() throws(SealingError) -> SymmetricKey {
        try SymmetricKey(id: Randomness.bytes(Header.keyIDCount), secret: Secret.random(32))
    }

    /// A key and its id from a secret: HKDF-SHA-256, 48 bytes, the first 32 the key, the other 16 the id. Who does not
    /// have the secret cannot tell the id from a random one, and it needs no place of its own to be kept.
    convenience init(
        from secret: borrowing Secret,
        info: [UInt8]
    ) throws(SealingError) {
        let material = try KeyDerivation.hkdfSHA256(secret, salt: [], info: info, count: 48)
        try self.init(id: material.slice(32..<48).publicBytes(), secret: material.slice(0..<32))
    }
}
