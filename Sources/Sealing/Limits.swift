/// The limits of this module, each with its reason.
enum Limits {
    /// Locked memory for secrets: 1 MiB fits the usual lock limit of 8 MiB with room for libcrypto's own guard pages, and
    /// holds 32,768 keys of 32 bytes (SECURITY.md section 4).
    static let secureArenaBytes = 1 << 20

    /// The smallest piece of the locked arena; a key takes one.
    static let secureArenaPiece = 32

    /// The longest secret: a keyring with 1,000 pins has about 20 kB; a password of more is nobody's.
    static let secretBytes = 1 << 20

    /// The most random bytes in one call: more than any identifier, salt or key needs.
    static let randomBytes = 65_536
}
