/// Whom an age file is for: an X25519 public key, written `age1…`.
public struct AgeRecipient: Hashable, Sendable, CustomStringConvertible {
    /// The public key.
    public let key: SealingPublicKey

    static let prefix = "age"

    /// The recipient of a public key.
    public init(key: SealingPublicKey) { self.key = key }

    /// A recipient from its text, `age1` and 58 letters.
    ///
    /// - Throws: `SealingError.badParameters` when it is not one.
    public init(_ text: String) throws(SealingError) {
        guard let bytes = AgeKeyText.bytes(of: Array(text.utf8), prefix: AgeRecipient.prefix),
            let key = SealingPublicKey(bytes: bytes)
        else { throw .badParameters }
        self.key = key
    }

    /// The text, `age1` and 58 letters.
    public var description: String {
        String(decoding: AgeKeyText.text(key.bytes, prefix: AgeRecipient.prefix), as: UTF8.self)
    }
}
