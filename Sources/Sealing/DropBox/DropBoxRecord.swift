// A drop-box record: what somebody who cannot read a case puts into it. A signed wrap of a random 32-byte data key, 180 bytes,
// and then the content:
//
//   header          20   kind dropBox; the key id is random
//   encapsulation   32   HPKE to the drop-box key of a compartment of the case
//   ciphertext      48   the data key
//   author id       16
//   signature       64
//   content          n   chunked-encryption of the padded plaintext under the data key; its context (RecordContext.swift) has
//                        the record's header, organisation id = the agency that holds the case, case id, record id, record
//                        type "drop_box:" and the record's type, the schema version, record version 1, key epoch = the case's
//                        epoch, author id
//
//   HPKE info   fields: "leeward drop box v1", record type
//   HPKE aad    fields: header (20), case id (16), record id (16), agency id (16), compartment (1), epoch of the case (4), the
//               drop-box key (32), schema version (4), author's agency id (16), time in seconds since 1970 (8), author id (16)
//   signature   over fields: info, aad, encapsulation, ciphertext, SHA-256(content)
//
// Another list of terms has another domain string.

public import Foundation

/// A record that was sealed to a case by somebody who cannot read it, and signed by them.
public struct DropBoxRecord: Hashable, Sendable {
    /// What a record is about. The row that holds it keeps these, sealed under the routing key.
    public struct Terms: Hashable, Sendable {
        /// The case, 16 bytes.
        public let caseID: [UInt8]
        /// The record, 16 bytes.
        public let record: [UInt8]
        /// What it is: 1 to 32 of a-z and _.
        public let type: String
        /// The agency that holds the case, 16 bytes.
        public let agency: [UInt8]
        /// The compartment it belongs to.
        public let compartment: Compartment
        /// The epoch of the case, from 1.
        public let epoch: UInt32
        /// The version of the content's own layout.
        public let schemaVersion: UInt32
        /// The agency of the author, 16 bytes.
        public let authorAgency: [UInt8]
        /// When it was written, to the second.
        public let written: Date

        /// The terms of a record.
        public init(
            caseID: [UInt8],
            record: [UInt8],
            type: String,
            agency: [UInt8],
            compartment: Compartment,
            epoch: UInt32,
            schemaVersion: UInt32,
            authorAgency: [UInt8],
            written: Date
        ) {
            self.caseID = caseID
            self.record = record
            self.type = type
            self.agency = agency
            self.compartment = compartment
            self.epoch = epoch
            self.schemaVersion = schemaVersion
            self.authorAgency = authorAgency
            self.written = written
        }
    }

    /// The stored form.
    public let bytes: [UInt8]
    /// Who wrote it, 16 bytes; true once the record was opened.
    public let author: [UInt8]

    private static let frontCount = SignedWrap.overhead + 32

    /// A record from its stored form; nothing is verified yet.
    ///
    /// - Throws: `SealingError.damaged` when it is too short, `SealingError.tooLarge`, `SealingError.unknownFormat`,
    ///   `SealingError.wrongKind`.
    public init(bytes: [UInt8]) throws(SealingError) {
        _ = try Header(of: bytes, expecting: .dropBox)
        guard bytes.count > DropBoxRecord.frontCount else { throw .damaged }
        guard bytes.count <= Limits.envelopeBytes else { throw .tooLarge }
        self.author = try SignedWrap(
            bytes[..<DropBoxRecord.frontCount],
            expecting: .dropBox,
            secretCount: 32
        ).signer
        self.bytes = bytes
    }

    /// Seals content to a case's drop-box, whose key must come out of a verified `CaseBox`.
    ///
    /// - Throws: `SealingError.badParameters` when the key is of another case, agency, compartment or epoch than the terms, the
    ///   author is of another agency, or a term is out of its range; `SealingError.tooLarge`.
    public static func seal(
        _ content: [UInt8],
        terms: Terms,
        to box: TrustedCaseBox,
        by author: Keyring
    ) throws(SealingError) -> DropBoxRecord {
        try seal(
            content,
            terms: terms,
            to: box,
            by: author,
            keyID: Randomness.bytes(Header.keyIDCount),
            dataKey: .random(32),
            salt: Randomness.bytes(ChunkedEncryption.saltCount),
            ephemeral: .random()
        )
    }

    static func seal(
        _ content: [UInt8],
        terms: Terms,
        to box: TrustedCaseBox,
        by author: Keyring,
        keyID: [UInt8],
        dataKey: consuming Secret,
        salt: [UInt8],
        ephemeral: SealingPrivateKey
    ) throws(SealingError) -> DropBoxRecord {
        guard box.caseID == terms.caseID, box.agency == terms.agency, box.compartment == terms.compartment,
            box.epoch == terms.epoch, author.agency == terms.authorAgency
        else { throw .badParameters }
        guard content.count <= Limits.plaintextBytes else { throw .tooLarge }
        let header = try Header(kind: .dropBox, keyID: keyID)
        let sealed = try ChunkedEncryption.seal(
            content,
            tail: Padding.bytes(after: content.count),
            after: [],
            key: dataKey,
            context: terms.context(author: author.owner).bytes(header: header.bytes),
            salt: salt
        )
        let wrap = try SignedWrap(
            dataKey,
            header: header,
            to: box.key,
            by: author.signing,
            signer: author.owner,
            terms: terms.wrapTerms(header: header, key: box.key, author: author.owner),
            content: sealed,
            ephemeral: ephemeral
        )
        return try DropBoxRecord(bytes: wrap.bytes + sealed)
    }

    /// The content, for a reader of the case.
    ///
    /// - Throws: `SealingError.badSignature` when the author did not make it under these terms for this case and epoch,
    ///   `SealingError.damaged`.
    public func open(
        terms: Terms,
        with key: CaseKey,
        writtenBy author: TrustedKey
    ) throws(SealingError) -> [UInt8] {
        let wrap = try SignedWrap(bytes[..<DropBoxRecord.frontCount], expecting: .dropBox, secretCount: 32)
        guard author.holder == .person, author.agency == terms.authorAgency else { throw .badSignature }
        let box = try key.dropBox
        let dataKey = try wrap.open(
            with: box,
            signedBy: author,
            terms: terms.wrapTerms(header: wrap.header, key: box.publicKey, author: author.id),
            content: Array(bytes[DropBoxRecord.frontCount...])
        )
        var content = try ChunkedEncryption.open(
            bytes,
            from: DropBoxRecord.frontCount,
            key: dataKey,
            context: terms.context(author: author.id).bytes(header: wrap.header.bytes)
        )
        guard let count = Padding.contentCount(in: content.count, byte: { content[$0] }) else { throw .damaged }
        content.removeLast(content.count - count)
        return content
    }
}

extension DropBoxRecord.Terms {
    func context(author: [UInt8]) -> RecordContext {
        RecordContext(
            agency: agency,
            caseID: caseID,
            recordID: record,
            recordType: "drop_box:\(type)",
            schemaVersion: schemaVersion,
            recordVersion: 1,
            keyEpoch: epoch,
            author: author
        )
    }

    func wrapTerms(header: Header, key: SealingPublicKey, author: [UInt8]) throws(SealingError) -> WrapTerms {
        guard caseID.count == 16, record.count == 16, agency.count == 16, authorAgency.count == 16, epoch > 0,
            (1...32).contains(type.utf8.count),
            type.utf8.allSatisfy({ $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
        else { throw .badParameters }
        var aad = Fields()
        try aad.add(header.bytes)
        try aad.add(caseID)
        try aad.add(record)
        try aad.add(agency)
        try aad.add(compartment.rawValue)
        try aad.add(epoch)
        try aad.add(key.bytes)
        try aad.add(schemaVersion)
        try aad.add(authorAgency)
        try aad.add(written)
        try aad.add(author)
        return WrapTerms(info: try Fields(domain: "leeward drop box v1").adding(type).bytes, aad: aad.bytes)
    }
}
