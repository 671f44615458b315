/// The limits of this module, each with its reason.
enum Limits {
    /// Locked memory for secrets: 4 MiB fits the usual lock limit of 8 MiB with room for libcrypto's own guard pages, and
    /// holds 131,072 keys of 32 bytes: the four compartments of 10,000 cases, symmetric key and drop-box seed, open at once.
    static let secureArenaBytes = 1 << 22

    /// The smallest piece of the locked arena; a key takes one.
    static let secureArenaPiece = 32

    /// The longest secret: a keyring with 1,000 pins has about 20 kB; a password of more is nobody's.
    static let secretBytes = 1 << 20

    /// The most random bytes in one call: more than any identifier, salt or key needs.
    static let randomBytes = 65_536

    /// The most memory libcrypto may take for one scrypt: 1 GiB lets through the costliest example of RFC 7914. What a
    /// stored slot may ask for is `ScryptCost.ceiling`.
    static let scryptLibraryBytes: UInt64 = (1 << 30) + (1 << 22)

    /// The largest plaintext in one envelope, 64 MiB; larger attachments are several records.
    static let plaintextBytes = 1 << 26

    /// The longest envelope that is looked at: the largest plaintext with its padding and tags.
    static let envelopeBytes = Header.count + ChunkedEncryption.sealedCount(of: Padding.paddedCount(plaintextBytes))

    /// The most shares of one set: more trustees than that is nobody's plan, and each costs a sealing.
    static let shares = 16

    /// The longest header of an age file that is looked at: ours have 16 short stanzas, those of others some dozens.
    static let ageHeaderBytes = 1 << 16

    /// The most recipients of a file made here: an offline key and some partners.
    static let ageRecipients = 16

    /// The longest value of a blind index: names and numbers have some dozens of bytes.
    static let indexedValueBytes = 4_096

    /// The most teams a keyring remembers: nobody belongs to more, and the keyring stays below 21 kB.
    static let pinnedTeams = 1_000

    /// The most leads of a team in one term: its supervisors, and those who were before them.
    static let leads = 16

    /// The most agencies of a founding file: a national network has some hundreds.
    static let foundedAgencies = 1_000

    /// The longest typing of a printed code that is looked at: 60 letters, with three bytes of dash or space around each.
    static let typedCodeBytes = 256
}
