// The key of a team in one epoch, from a random seed of 32 bytes that each member holds:
//
//   info    fields: "leeward team key v1", team id (16), epoch (4), then a word: "key" or "drop box"
//   output  HKDF-SHA-256, no salt. "key": 32 bytes of symmetric key, 16 bytes of its id. "drop box": 32 bytes, the seed
//           of an X25519 pair.
//
// Another derivation has another domain string.

/// The key of a team (a desk is a team that receives referrals): members open the case secrets with it, others seal to its
/// drop-box.
public final class TeamKey: Sendable, Redacted {
    /// The team's id, 16 bytes.
    public let id: [UInt8]
    /// The epoch, from 1; it moves when a member leaves.
    public let epoch: UInt32
    /// Seals and opens the secrets of the team's cases.
    public let key: SymmetricKey
    /// Opens what was sealed to the team; its public half is bound to the team by a `KeyBinding`.
    public let dropBox: SealingPrivateKey

    let seed: Secret

    /// The key of a team from its seed.
    ///
    /// - Throws: `SealingError.badParameters` unless the id has 16 bytes, the seed 32, and the epoch is above 0.
    public convenience init(id: [UInt8], epoch: UInt32, seed: consuming Secret) throws(SealingError) {
        try self.init(id: id, epoch: epoch, seed: seed, dropBox: nil)
    }

    /// The key of a team whose drop-box is known already: working it out costs more than all the rest.
    init(id: [UInt8], epoch: UInt32, seed: consuming Secret, dropBox known: SealingPublicKey?) throws(SealingError) {
        guard id.count == 16, seed.count == 32, epoch > 0 else { throw .badParameters }
        var fields = try Fields(domain: "leeward team key v1")
        try fields.add(id)
        try fields.add(epoch)
        let key = try SymmetricKey(from: seed, info: fields.adding("key").bytes)
        let boxSeed = try KeyDerivation.hkdfSHA256(seed, salt: [], info: fields.adding("drop box").bytes, count: 32)
        let box =
            if let known {
                try SealingPrivateKey(seed: boxSeed, publicKey: known)
            } else {
                try SealingPrivateKey(seed: boxSeed)
            }
        self.id = id
        self.epoch = epoch
        self.key = key
        self.dropBox = box
        self.seed = seed
    }

    /// The key of a new team, or of a new epoch of one.
    ///
    /// - Throws: `SealingError.badParameters` as the initialiser with a seed, `SealingError.libcrypto` without entropy.
    public static func random(id: [UInt8], epoch: UInt32) throws(SealingError) -> TeamKey {
        try TeamKey(id: id, epoch: epoch, seed: Secret.random(32))
    }
}
