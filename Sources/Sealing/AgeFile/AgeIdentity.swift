/// Who opens an age file: an X25519 private key, written `AGE-SECRET-KEY-1…`. That of the backups lies in a safe and comes to
/// a server on the day of a restore alone.
public final class AgeIdentity: Sendable, Redacted {
    /// The recipient that files are sealed to.
    public let recipient: AgeRecipient

    let key: SealingPrivateKey

    private static let prefix = "age-secret-key-"

    init(key: SealingPrivateKey) {
        self.key = key
        self.recipient = AgeRecipient(key: key.publicKey)
    }

    /// A new identity.
    ///
    /// - Throws: `SealingError.libcrypto` when the generator has no entropy, `SealingError.outOfMemory`.
    public static func random() throws(SealingError) -> AgeIdentity {
        try AgeIdentity(key: .random())
    }

    /// An identity from the letters of its text, as they lie in a file: one line, no comment, no line end.
    ///
    /// - Throws: `SealingError.badParameters` when they are not one.
    public convenience init(text: [UInt8]) throws(SealingError) {
        guard var bytes = AgeKeyText.bytes(of: text, prefix: AgeIdentity.prefix) else { throw .badParameters }
        defer { Secret.wipe(&bytes) }
        try self.init(key: SealingPrivateKey(seed: Secret(copying: bytes)))
    }

    /// The 74 letters of the text, for the one file or paper that keeps it; wipe them with `Secret.wipe` afterwards.
    public func text() -> [UInt8] {
        var bytes = key.seed.publicBytes()
        defer { Secret.wipe(&bytes) }
        var text = AgeKeyText.text(bytes, prefix: AgeIdentity.prefix)
        for place in text.indices where (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(text[place]) {
            text[place] &= 0xdf
        }
        return text
    }
}
