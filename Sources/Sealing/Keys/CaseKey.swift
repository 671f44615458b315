// The key of one compartment of a case in one epoch. It is derived at each use and stored nowhere:
//
//   input   case secret of the compartment (32) || erase secret of the case (32)
//   info    fields: "leeward case key v1", case id (16), compartment (1), epoch (4), then a word: "key" or "drop box"
//   output  HKDF-SHA-256, no salt. "key": 32 bytes of symmetric key, 16 bytes of its id. "drop box": 32 bytes, the seed
//           of an X25519 pair.
//
// Without the erase secret there is no key, however many copies of the wrapped case secret are left. Another derivation
// has another domain string.

/// The key of a compartment of a case: it opens the records and what others dropped in.
public final class CaseKey: Sendable, Redacted {
    /// Opens and seals the records.
    public let key: SymmetricKey

    private let dropBoxSeed: Secret

    /// Opens what was sealed to the case by those who cannot read it. It is made when it is asked for: its public half costs
    /// more than all the rest of reading a case, and most readings need none.
    ///
    /// - Throws: `SealingError.libcrypto`, `SealingError.outOfMemory`.
    public var dropBox: SealingPrivateKey {
        get throws(SealingError) { try SealingPrivateKey(seed: dropBoxSeed.copy()) }
    }

    private init(key: SymmetricKey, dropBoxSeed: consuming Secret) {
        self.key = key
        self.dropBoxSeed = dropBoxSeed
    }

    /// The key from its two halves.
    ///
    /// - Throws: `SealingError.badParameters` unless both secrets have 32 bytes and the id 16.
    public static func derive(
        caseSecret: borrowing Secret,
        eraseSecret: borrowing Secret,
        case caseID: [UInt8],
        compartment: Compartment,
        epoch: UInt32
    ) throws(SealingError) -> CaseKey {
        guard caseSecret.count == 32, eraseSecret.count == 32, caseID.count == 16 else { throw .badParameters }
        let secret = try caseSecret.followed(by: eraseSecret)
        var fields = try Fields(domain: "leeward case key v1")
        try fields.add(caseID)
        try fields.add(compartment.rawValue)
        try fields.add(epoch)
        return try CaseKey(
            key: SymmetricKey(from: secret, info: fields.adding("key").bytes),
            dropBoxSeed: KeyDerivation.hkdfSHA256(secret, salt: [], info: fields.adding("drop box").bytes, count: 32)
        )
    }
}
