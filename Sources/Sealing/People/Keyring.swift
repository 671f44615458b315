// A keyring, the secret keys and pins of a person. Its plaintext:
//
//   layout                1   0x01
//   owner id             16
//   agency id            16
//   signing seed         32   Ed25519
//   sealing seed         32   X25519
//   root key             32   Ed25519 public key of the deployment
//   password floor        3   log N, r, p of scrypt
//   checkpoint size       8   big-endian; 0 and a root of zeros: none seen yet
//   checkpoint root      32
//   number of teams       2   big-endian
//   for each team        20   id (16), epoch (4, big-endian); in the order of the ids
//
// It is stored in two forms, both padded envelopes:
//   kind keyring  under the keyring key: HKDF-SHA-256(secret of the slots, no salt, info = fields: "leeward keyring key
//                 v1"), 32 bytes of key, 16 of its id. Context: agency, record id = owner id, record type "keyring",
//                 record version = the number of this writing.
//   kind session  under the token's key (SessionToken.swift). Context: record type "session", record id = the first 16
//                 bytes of the token's digest.
//
// A change of the plaintext is a new layout number; old ones are read until each person has signed in once.

/// A person's keys and what they remember.
public final class Keyring: Sendable, Redacted {
    /// The person's id, 16 bytes.
    public let owner: [UInt8]
    /// The id of the person's agency, 16 bytes.
    public let agency: [UInt8]
    /// What the keyring remembers.
    public let pins: KeyringPins

    private let signingSeed: Secret
    let sealingSeed: Secret

    /// Signs grants and packets. It is made when it is asked for, as ``sealing`` is: a keyring is opened for each request,
    /// the public halves of its keys cost more than all the rest of that, and most requests use neither.
    ///
    /// - Throws: `SealingError.libcrypto`, `SealingError.outOfMemory`.
    public var signing: SigningKey {
        get throws(SealingError) { try SigningKey(seed: signingSeed.copy()) }
    }

    /// Opens grants.
    ///
    /// - Throws: `SealingError.libcrypto`, `SealingError.outOfMemory`.
    public var sealing: SealingPrivateKey {
        get throws(SealingError) { try SealingPrivateKey(seed: sealingSeed.copy()) }
    }

    private static let layout: UInt8 = 1
    private static let fixedCount = 174

    convenience init(
        owner: [UInt8],
        agency: [UInt8],
        signing: SigningKey,
        sealing: SealingPrivateKey,
        pins: KeyringPins
    ) throws(SealingError) {
        try self.init(
            owner: owner,
            agency: agency,
            signingSeed: signing.seed.copy(),
            sealingSeed: sealing.seed.copy(),
            pins: pins
        )
    }

    private init(
        owner: [UInt8],
        agency: [UInt8],
        signingSeed: consuming Secret,
        sealingSeed: consuming Secret,
        pins: KeyringPins
    ) throws(SealingError) {
        guard owner.count == 16, agency.count == 16, signingSeed.count == 32, sealingSeed.count == 32 else {
            throw .badParameters
        }
        self.owner = owner
        self.agency = agency
        self.signingSeed = signingSeed
        self.sealingSeed = sealingSeed
        self.pins = pins
    }

    /// A new person's keyring with new keys. A lighter floor than the standard one is for a demonstration.
    ///
    /// - Throws: `SealingError.badParameters` unless both ids have 16 bytes, `SealingError.libcrypto` without entropy.
    public static func create(
        owner: [UInt8],
        agency: [UInt8],
        root: VerifyingKey,
        passwordFloor: ScryptCost = .standard
    ) throws(SealingError) -> Keyring {
        try Keyring(
            owner: owner,
            agency: agency,
            signing: .random(),
            sealing: .random(),
            pins: KeyringPins(root: root, teams: [], checkpoint: nil, passwordFloor: passwordFloor)
        )
    }

    /// The same keys with newer pins.
    ///
    /// - Throws: `SealingError.notTrusted` when a pin would go back: another root, an older epoch, a smaller log, a lower
    ///   floor.
    public func remembering(_ pins: KeyringPins) throws(SealingError) -> Keyring {
        guard pins.mayFollow(self.pins) else { throw .notTrusted }
        return try Keyring(
            owner: owner,
            agency: agency,
            signingSeed: signingSeed.copy(),
            sealingSeed: sealingSeed.copy(),
            pins: pins
        )
    }

    /// The stored form under the 32-byte key that the password slots open; the version counts the writings from 1.
    ///
    /// - Throws: `SealingError.badParameters` unless the key has 32 bytes.
    public func seal(under keyringKey: borrowing Secret, version: UInt64) throws(SealingError) -> [UInt8] {
        try Envelope.seal(
            plaintext(),
            kind: .keyring,
            under: Keyring.key(keyringKey),
            context: Keyring.context(owner: owner, agency: agency, version: version)
        )
    }

    /// A keyring from its stored form.
    ///
    /// - Throws: `SealingError.keyMismatch` for another keyring key, `SealingError.damaged` when the bytes were changed or
    ///   are of another owner, agency or version.
    public static func open(
        _ sealed: [UInt8],
        under keyringKey: borrowing Secret,
        owner: [UInt8],
        agency: [UInt8],
        version: UInt64
    ) throws(SealingError) -> Keyring {
        let plaintext = try Envelope.openSecret(
            sealed,
            expecting: .keyring,
            under: key(keyringKey),
            context: context(owner: owner, agency: agency, version: version)
        )
        let keyring = try read(plaintext)
        guard keyring.owner == owner, keyring.agency == agency else { throw .damaged }
        return keyring
    }

    /// The form kept for a sign-in session.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public func seal(for token: SessionToken) throws(SealingError) -> [UInt8] {
        try Envelope.seal(plaintext(), kind: .session, under: token.key, context: Keyring.context(of: token))
    }

    /// The keyring of a sign-in session.
    ///
    /// - Throws: `SealingError.keyMismatch` for another token, `SealingError.damaged` when the bytes were changed.
    public static func open(_ sealed: [UInt8], for token: SessionToken) throws(SealingError) -> Keyring {
        try read(Envelope.openSecret(sealed, expecting: .session, under: token.key, context: context(of: token)))
    }

    // MARK: Plaintext

    private func plaintext() throws(SealingError) -> Secret {
        let front = try Secret(copying: [Keyring.layout] + owner + agency)
        var back = pins.root.bytes
        let floor = pins.passwordFloor
        back += [floor.logN, UInt8(floor.r), UInt8(floor.p)]
        back += (pins.checkpoint?.size ?? 0).bigEndianBytes
        back += pins.checkpoint?.root ?? [UInt8](repeating: 0, count: 32)
        back += UInt16(pins.teams.count).bigEndianBytes
        for team in pins.teams {
            back += team.id + team.epoch.bigEndianBytes
        }
        return try front.followed(by: signingSeed).followed(by: sealingSeed).followed(by: Secret(copying: back))
    }

    private static func read(_ plaintext: borrowing Secret) throws(SealingError) -> Keyring {
        guard plaintext.count >= fixedCount else { throw .damaged }
        let front = try plaintext.slice(0..<33).publicBytes()
        guard front[0] == layout else { throw .unknownFormat }
        let back = try plaintext.slice(97..<plaintext.count).publicBytes()
        let teams = Int(UInt16(bigEndian: back[75..<77]))
        guard back.count == 77 + 20 * teams, let root = VerifyingKey(bytes: Array(back[0..<32])) else {
            throw .damaged
        }
        let size = UInt64(bigEndian: back[35..<43])
        let checkpoint = size == 0 ? nil : KeyringPins.Checkpoint(size: size, root: Array(back[43..<75]))
        let pins = try KeyringPins(
            root: root,
            teams: (0..<teams).map { place in
                let start = 77 + 20 * place
                return KeyringPins.Team(
                    id: Array(back[start..<start + 16]),
                    epoch: UInt32(bigEndian: back[start + 16..<start + 20])
                )
            },
            checkpoint: checkpoint,
            passwordFloor: ScryptCost(checking: back[32], r: UInt32(back[33]), p: UInt32(back[34]))
        )
        return try Keyring(
            owner: Array(front[1..<17]),
            agency: Array(front[17..<33]),
            signingSeed: plaintext.slice(33..<65),
            sealingSeed: plaintext.slice(65..<97),
            pins: pins
        )
    }

    private static func key(_ keyringKey: borrowing Secret) throws(SealingError) -> SymmetricKey {
        guard keyringKey.count == 32 else { throw .badParameters }
        return try SymmetricKey(from: keyringKey, info: Fields(domain: "leeward keyring key v1").bytes)
    }

    private static func context(owner: [UInt8], agency: [UInt8], version: UInt64) -> RecordContext {
        RecordContext(agency: agency, recordID: owner, recordType: "keyring", recordVersion: version)
    }

    private static func context(of token: SessionToken) -> RecordContext {
        RecordContext(recordID: Array(token.digest.prefix(16)), recordType: "session")
    }
}
