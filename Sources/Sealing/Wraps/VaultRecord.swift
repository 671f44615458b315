// A record of the vault file, 160 bytes: an envelope of kind vaultRecord, unpadded, with a plaintext of 68 bytes:
//
//   type            1   1 erase secret, 2 tombstone (the case was erased)
//   case id        16
//   erase secret   32   zeros in a tombstone
//   written         8   seconds since 1970, big-endian
//   reserved       11   zeros
//
//   context: record type "vault"; no ids, because a record is read before its case is known
//
// Records are found by reading the whole file; that one is missing, repeated or out of order shows by the case ids alone.
// A reader refuses another type or reserved bytes that are not zero; a new type takes the next number.

public import Foundation

/// An entry of the vault: the erase secret of a case, or that the case was erased.
public final class VaultRecord: Sendable, Redacted {
    /// The length of every record.
    public static let count = 160

    /// The case, 16 bytes.
    public let caseID: [UInt8]
    /// Whether the case was erased: then there is no secret.
    public let isTombstone: Bool
    /// When it was written, to the second.
    public let written: Date

    private let secret: Secret

    private static let plaintextCount = 68
    private static let context = RecordContext(recordType: "vault")

    private init(caseID: [UInt8], isTombstone: Bool, written: Date, secret: consuming Secret) {
        self.caseID = caseID
        self.isTombstone = isTombstone
        self.written = written
        self.secret = secret
    }

    /// A new case's record with a new erase secret.
    ///
    /// - Throws: `SealingError.badParameters` unless the id has 16 bytes, `SealingError.libcrypto` without entropy.
    public static func random(forCase id: [UInt8], at now: Date) throws(SealingError) -> VaultRecord {
        guard id.count == 16 else { throw .badParameters }
        return VaultRecord(
            caseID: id,
            isTombstone: false,
            written: Date(timeIntervalSince1970: Double(try now.wholeSeconds)),
            secret: try Secret.random(32)
        )
    }

    /// The record that says a case was erased.
    ///
    /// - Throws: `SealingError.badParameters` unless the id has 16 bytes.
    public static func tombstone(forCase id: [UInt8], at now: Date) throws(SealingError) -> VaultRecord {
        guard id.count == 16 else { throw .badParameters }
        return VaultRecord(
            caseID: id,
            isTombstone: true,
            written: Date(timeIntervalSince1970: Double(try now.wholeSeconds)),
            secret: try Secret(copying: [UInt8](repeating: 0, count: 32))
        )
    }

    /// The erase secret, 32 bytes.
    ///
    /// - Throws: `SealingError.wrongKind` for a tombstone.
    public func eraseSecret() throws(SealingError) -> Secret {
        guard !isTombstone else { throw .wrongKind }
        return try secret.copy()
    }

    /// The 160 bytes of the file.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public func seal(under key: SymmetricKey) throws(SealingError) -> [UInt8] {
        try seal(under: key, salt: Randomness.bytes(ChunkedEncryption.saltCount))
    }

    func seal(under key: SymmetricKey, salt: [UInt8]) throws(SealingError) -> [UInt8] {
        let front = try Secret(copying: [isTombstone ? 2 : 1] + caseID)
        let back = try Secret(
            copying: written.wholeSeconds.bigEndianBytes + [UInt8](repeating: 0, count: 11)
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
        guard front[0] == 1 || front[0] == 2, back[8...].allSatisfy({ $0 == 0 }) else { throw .unknownFormat }
        return VaultRecord(
            caseID: Array(front[1...]),
            isTombstone: front[0] == 2,
            written: Date(timeIntervalSince1970: Double(UInt64(bigEndian: back[0..<8]))),
            secret: try plaintext.slice(17..<49)
        )
    }
}
