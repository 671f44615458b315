// A record of the vault file, 160 bytes: an envelope of kind vaultRecord, unpadded, with a plaintext of 68 bytes:
//
//   type            1   1 erase secret, 2 tombstone (the case was erased), 3 vault key
//   case id        16   zeros with a vault key
//   secret         32   the erase secret, or the secret of the vault key; zeros in a tombstone
//   written         8   seconds since 1970, big-endian
//   reason          1   why a case was erased, 0 not stated; 0 in all but a tombstone
//   authority       1   on whose word: 0 not stated, 1 its team's, 2 an order to the operator; 0 in all but a tombstone
//   reserved        9   zeros
//
//   context: record type "vault"; no ids, because a record is read before its case is known
//   vault key: HKDF-SHA-256(secret of the vault key), no salt, info = fields: "leeward vault records v1"
//
// The record of the vault key and the tombstones are sealed under the server's key for the vault, which comes from the
// pepper; erase secrets under the vault key. It is the first record of the vault file, and every rewriting brings a new one.
// Records are found by reading the whole file; that one is missing, repeated or out of order shows by the case ids alone.
// A reader refuses another type or reserved bytes that are not zero; a new type takes the next number.

public import Foundation

/// An entry of the vault: the erase secret of a case, that a case was erased, or the key of the others.
public final class VaultRecord: Sendable, Redacted {
    /// What a record is; the number is stored.
    public enum Kind: UInt8, Sendable {
        /// The erase secret of a case.
        case eraseSecret = 1
        /// That a case was erased.
        case tombstone = 2
        /// The key that the erase secrets of this vault are sealed under.
        case vaultKey = 3
    }

    /// On whose word a case was erased; the number is stored.
    public enum Authority: UInt8, Sendable {
        /// Of a reader before there was this field.
        case notStated = 0
        /// The team that held it.
        case team = 1
        /// An order that the operator carried out.
        case order = 2
    }

    /// The length of every record.
    public static let count = 160

    /// What it is.
    public let kind: Kind
    /// The case, 16 bytes; zeros with a vault key.
    public let caseID: [UInt8]
    /// When it was written, to the second.
    public let written: Date
    /// Why the case was erased, as the number of a code; 0 where it is not stated, and in all but a tombstone.
    public let reason: UInt8
    /// On whose word the case was erased.
    public let authority: Authority

    private let secret: Secret

    private static let plaintextCount = 68
    private static let context = RecordContext(recordType: "vault")

    private init(
        _ kind: Kind,
        caseID: [UInt8],
        written: Date,
        reason: UInt8 = 0,
        authority: Authority = .notStated,
        secret: consuming Secret
    ) {
        self.kind = kind
        self.caseID = caseID
        self.written = written
        self.reason = reason
        self.authority = authority
        self.secret = secret
    }

    /// Whether the case was erased: then there is no secret.
    public var isTombstone: Bool { kind == .tombstone }

    /// A new case's record with a new erase secret.
    ///
    /// - Throws: `SealingError.badParameters` unless the id has 16 bytes, `SealingError.libcrypto` without entropy.
    public static func random(forCase id: [UInt8], at now: Date) throws(SealingError) -> VaultRecord {
        guard id.count == 16 else { throw .badParameters }
        return VaultRecord(.eraseSecret, caseID: id, written: try whole(now), secret: try Secret.random(32))
    }

    /// The record of a new vault key.
    ///
    /// - Throws: `SealingError.libcrypto` without entropy.
    public static func newVaultKey(at now: Date) throws(SealingError) -> VaultRecord {
        VaultRecord(
            .vaultKey,
            caseID: [UInt8](repeating: 0, count: 16),
            written: try whole(now),
            secret: try Secret.random(32)
        )
    }

    /// The record that says a case was erased, why and on whose word.
    ///
    /// - Throws: `SealingError.badParameters` unless the id has 16 bytes.
    public static func tombstone(
        forCase id: [UInt8],
        because reason: UInt8 = 0,
        onWordOf authority: Authority = .notStated,
        at now: Date
    ) throws(SealingError) -> VaultRecord {
        guard id.count == 16 else { throw .badParameters }
        return VaultRecord(
            .tombstone,
            caseID: id,
            written: try whole(now),
            reason: reason,
            authority: authority,
            secret: try Secret(copying: [UInt8](repeating: 0, count: 32))
        )
    }

    /// The erase secret, 32 bytes.
    ///
    /// - Throws: `SealingError.wrongKind` for a tombstone or a vault key.
    public func eraseSecret() throws(SealingError) -> Secret {
        guard kind == .eraseSecret else { throw .wrongKind }
        return try secret.copy()
    }

    /// The key that the erase secrets of the vault are sealed under.
    ///
    /// - Throws: `SealingError.wrongKind` for any other record.
    public func vaultKey() throws(SealingError) -> SymmetricKey {
        guard kind == .vaultKey else { throw .wrongKind }
        return try SymmetricKey(from: secret, info: Fields(domain: "leeward vault records v1").bytes)
    }

    private static func whole(_ now: Date) throws(SealingError) -> Date {
        Date(timeIntervalSince1970: Double(try now.wholeSeconds))
    }

    /// The 160 bytes of the file.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public func seal(under key: SymmetricKey) throws(SealingError) -> [UInt8] {
        try seal(under: key, salt: Randomness.bytes(ChunkedEncryption.saltCount))
    }

    func seal(under key: SymmetricKey, salt: [UInt8]) throws(SealingError) -> [UInt8] {
        let front = try Secret(copying: [kind.rawValue] + caseID)
        let back = try Secret(
            copying: written.wholeSeconds.bigEndianBytes + [reason, authority.rawValue]
                + [UInt8](repeating: 0, count: 9)
        )
        return try Envelope.seal(
            front.followed(by: secret).followed(by: back),
            kind: .vaultRecord,
            under: key,
            context: VaultRecord.context,
            salt: salt
        )
    }

    /// A record out of the file.
    ///
    /// - Throws: `SealingError.keyMismatch` for another vault key, `SealingError.damaged`, `SealingError.unknownFormat` for
    ///   a type this program does not know.
    public static func open(_ sealed: [UInt8], under key: SymmetricKey) throws(SealingError) -> VaultRecord {
        guard sealed.count == count else { throw .damaged }
        let plaintext = try Envelope.openSecret(sealed, expecting: .vaultRecord, under: key, context: context)
        guard plaintext.count == plaintextCount else { throw .damaged }
        let front = try plaintext.slice(0..<17).publicBytes()
        let back = try plaintext.slice(49..<plaintextCount).publicBytes()
        guard let kind = Kind(rawValue: front[0]), let authority = Authority(rawValue: back[9]),
            back[10...].allSatisfy({ $0 == 0 }),
            kind == .tombstone || (back[8] == 0 && authority == .notStated)
        else { throw .unknownFormat }
        return VaultRecord(
            kind,
            caseID: Array(front[1...]),
            written: Date(timeIntervalSince1970: Double(UInt64(bigEndian: back[0..<8]))),
            reason: back[8],
            authority: authority,
            secret: try plaintext.slice(17..<49)
        )
    }
}
