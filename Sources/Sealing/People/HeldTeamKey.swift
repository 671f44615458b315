// A team's key between two requests of the same person, in memory alone:
//
//   key       HKDF-SHA-256(the keyring's sealing seed, no salt, info = fields: "leeward held team key v1"), 32 bytes of
//             key, 16 of its id
//   sealed    envelope of kind teamSecret; context: record id = team id, record type "held-team-key", key epoch = epoch
//
// Nothing of it is ever stored or sent, so it may change with any version.

/// A team's key as it is kept from one request to the next. It is sealed under a key that the member's keyring alone gives:
/// while no request of that person is being answered it is worth no more than the grant in the store that it came from.
public struct HeldTeamKey: Sendable {
    private let id: [UInt8]
    private let epoch: UInt32
    private let dropBox: SealingPublicKey
    private let sealed: [UInt8]

    /// Holds a key that the member has just opened.
    ///
    /// - Throws: `SealingError.libcrypto`, `SealingError.outOfMemory`.
    public init(_ team: TeamKey, for member: Keyring) throws(SealingError) {
        id = team.id
        epoch = team.epoch
        dropBox = team.dropBox.publicKey
        sealed = try Envelope.seal(
            team.seed,
            kind: .teamSecret,
            under: member.holdingKey(),
            context: Self.context(id, epoch)
        )
    }

    /// The key, with the keyring that it was held for.
    ///
    /// - Throws: `SealingError.keyMismatch` for another keyring.
    public func key(with member: Keyring) throws(SealingError) -> TeamKey {
        try TeamKey(
            id: id,
            epoch: epoch,
            seed: Envelope.openSecret(
                sealed,
                expecting: .teamSecret,
                under: member.holdingKey(),
                context: Self.context(id, epoch)
            ),
            dropBox: dropBox
        )
    }

    private static func context(_ id: [UInt8], _ epoch: UInt32) -> RecordContext {
        RecordContext(recordID: id, recordType: "held-team-key", keyEpoch: epoch)
    }
}

extension Keyring {
    fileprivate func holdingKey() throws(SealingError) -> SymmetricKey {
        try SymmetricKey(from: sealingSeed, info: Fields(domain: "leeward held team key v1").bytes)
    }
}
