// The token of a device that somebody has signed in from, 32 random bytes. Its text form is that of TokenText.swift with the
// mark "ld1_" and the domain "leeward device token v1". The store keeps SHA-256(token). It opens nothing: it says that
// whoever tries to sign in has done so here before.

/// The token of a device that somebody has signed in from.
public final class DeviceToken: Sendable, Redacted {
    /// SHA-256 of the token, under which the store finds the device.
    public let digest: [UInt8]

    private let token: Secret

    private static let form = TokenText(mark: Array("ld1_".utf8), domain: "leeward device token v1")

    /// A new token.
    ///
    /// - Throws: `SealingError.libcrypto` when the generator has no entropy.
    public static func random() throws(SealingError) -> DeviceToken {
        try DeviceToken(token: Secret.random(32))
    }

    /// A token from the characters of its text form, as they lie in the request.
    ///
    /// - Throws: `SealingError.badToken` when they are not one.
    public convenience init(text: some Collection<UInt8>) throws(SealingError) {
        try self.init(token: DeviceToken.form.token(in: text))
    }

    private init(token: consuming Secret) throws(SealingError) {
        var bytes = token.publicBytes()
        defer { Secret.wipe(&bytes) }
        digest = try Digest.sha256(bytes)
        self.token = token
    }

    /// The characters of the text form, for the one answer that carries it; wipe them with `Secret.wipe` afterwards.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public func text() throws(SealingError) -> [UInt8] { try DeviceToken.form.text(of: token) }
}
