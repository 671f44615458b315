// The bearer token of a sign-in session, 32 random bytes. Its text form, 60 characters:
//
//   "lw1_" and 56 characters of base32 (0-9 a-z without i l o u) of: token (32), check (3)
//   check = the first 3 bytes of SHA-256(fields: "leeward session token v1", token)
//
// The store keeps SHA-256(token) and the keyring sealed under
//   HKDF-SHA-256(token, no salt, info = fields: "leeward session key v1"): 32 bytes of key, 16 bytes of its id.
// A token is never stored. Another form has another word before "_".

/// The bearer token of a sign-in session.
public final class SessionToken: Sendable, Redacted {
    /// SHA-256 of the token, under which the store finds the session.
    public let digest: [UInt8]

    /// Seals the keyring for the length of the session.
    let key: SymmetricKey

    private let token: Secret

    private static let form = TokenText(mark: Array("lw1_".utf8), domain: "leeward session token v1")

    /// A new token.
    ///
    /// - Throws: `SealingError.libcrypto` when the generator has no entropy.
    public static func random() throws(SealingError) -> SessionToken {
        try SessionToken(token: Secret.random(32))
    }

    init(token: consuming Secret) throws(SealingError) {
        guard token.count == 32 else { throw .badToken }
        var bytes = token.publicBytes()
        defer { Secret.wipe(&bytes) }
        let digest = try Digest.sha256(bytes)
        let key = try SymmetricKey(from: token, info: Fields(domain: "leeward session key v1").bytes)
        self.digest = digest
        self.key = key
        self.token = token
    }

    /// A token from the characters of its text form, as they lie in the request.
    ///
    /// - Throws: `SealingError.badToken` when they are not one.
    public convenience init(text: some Collection<UInt8>) throws(SealingError) {
        try self.init(token: SessionToken.form.token(in: text))
    }

    /// The characters of the text form, for the one answer that carries it; wipe them with `Secret.wipe` afterwards.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public func text() throws(SealingError) -> [UInt8] { try SessionToken.form.text(of: token) }
}
