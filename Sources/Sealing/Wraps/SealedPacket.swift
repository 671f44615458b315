// A referral packet: a signed wrap of a random 32-byte data key, 180 bytes, and then the content:
//
//   header          20   kind packet; the key id is random and names the packet
//   encapsulation   32   HPKE to the desk's drop-box key
//   ciphertext      48   the data key
//   author id       16
//   signature       64
//   content          n   chunked-encryption of the padded plaintext under the data key; its context (RecordContext.swift)
//                        has the packet's header, organisation id = the author's agency, no case id, record id = referral
//                        id, record type "referral_packet", the schema version, record version 1, key epoch = the desk's
//                        epoch, author id
//
//   HPKE info   fields: "leeward packet v1", purpose
//   HPKE aad    fields: header (20), referral id (16), agency id (16), schema version (4), desk id (16), desk's epoch (4),
//               desk's X25519 key (32), end in seconds since 1970 (8), author id (16)
//   signature   over fields: info, aad, encapsulation, ciphertext, SHA-256(content)
//
// Another list of terms has another domain string.

public import Foundation

/// A referral packet, sealed to one desk and signed by its author.
public struct SealedPacket: Hashable, Sendable {
    /// What a packet is about. The row that holds the packet keeps these, sealed under the routing key.
    public struct Terms: Hashable, Sendable {
        /// The referral, 16 bytes.
        public let referral: [UInt8]
        /// The author's agency, 16 bytes.
        public let agency: [UInt8]
        /// The purpose code the survivor consented to, 1 to 64 characters.
        public let purpose: String
        /// When the desk may no longer open it, to the second.
        public let expires: Date
        /// The version of the content's own layout.
        public let schemaVersion: UInt32

        /// The terms of a packet.
        public init(referral: [UInt8], agency: [UInt8], purpose: String, expires: Date, schemaVersion: UInt32) {
            self.referral = referral
            self.agency = agency
            self.purpose = purpose
            self.expires = expires
            self.schemaVersion = schemaVersion
        }
    }

    /// The stored form.
    public let bytes: [UInt8]

    /// Who wrote it, 16 bytes; true once the packet was opened.
    public let author: [UInt8]

    private static let frontCount = SignedWrap.overhead + 32

    /// A packet from its stored form; nothing is verified yet.
    ///
    /// - Throws: `SealingError.damaged` when it is too short, `SealingError.unknownFormat`, `SealingError.wrongKind`.
    public init(bytes: [UInt8]) throws(SealingError) {
        _ = try Header(of: bytes, expecting: .packet)
        guard bytes.count > SealedPacket.frontCount else { throw .damaged }
        guard bytes.count <= Limits.envelopeBytes else { throw .tooLarge }
        self.author = try SignedWrap(
            bytes[..<SealedPacket.frontCount],
            expecting: .packet,
            secretCount: 32
        ).signer
        self.bytes = bytes
    }

    /// Seals content to a desk.
    ///
    /// - Throws: `SealingError.badParameters` when the recipient is not a team, the author is of another agency, or a term is
    ///   out of its range; `SealingError.tooLarge`.
    public static func seal(
        _ content: [UInt8],
        terms: Terms,
        to desk: TrustedKey,
        by author: Keyring
    ) throws(SealingError) -> SealedPacket {
        guard desk.holder == .team, let key = desk.sealingKey, author.agency == terms.agency else {
            throw .badParameters
        }
        guard content.count <= Limits.plaintextBytes else { throw .tooLarge }
        let header = try Header(kind: .packet, keyID: Randomness.bytes(Header.keyIDCount))
        let dataKey = try Secret.random(32)
        let sealed = try ChunkedEncryption.seal(
            content,
            tail: Padding.bytes(after: content.count),
            after: [],
            key: dataKey,
            context: terms.context(deskEpoch: desk.epoch, author: author.owner).bytes(header: header.bytes),
            salt: Randomness.bytes(ChunkedEncryption.saltCount)
        )
        let wrap = try SignedWrap(
            dataKey,
            header: header,
            to: key,
            by: author.signing,
            signer: author.owner,
            terms: terms.wrapTerms(
                header: header,
                desk: desk.id,
                deskEpoch: desk.epoch,
                key: key,
                author: author.owner
            ),
            content: sealed,
            ephemeral: .random()
        )
        return try SealedPacket(bytes: wrap.bytes + sealed)
    }

    /// The content, for a member of the desk.
    ///
    /// - Throws: `SealingError.expired`, `SealingError.badSignature` when the author did not make it under these terms for
    ///   this desk and epoch, `SealingError.damaged`.
    public func open(
        terms: Terms,
        with desk: TeamKey,
        writtenBy author: TrustedKey,
        at now: Date
    ) throws(SealingError) -> [UInt8] {
        let wrap = try SignedWrap(
            bytes[..<SealedPacket.frontCount],
            expecting: .packet,
            secretCount: 32
        )
        guard author.holder == .person, author.agency == terms.agency else { throw .badSignature }
        let dataKey = try wrap.open(
            with: desk.dropBox,
            signedBy: author,
            terms: terms.wrapTerms(
                header: wrap.header,
                desk: desk.id,
                deskEpoch: desk.epoch,
                key: desk.dropBox.publicKey,
                author: author.id
            ),
            content: Array(bytes[SealedPacket.frontCount...])
        )
        // Only now is the end known to be the one that was signed.
        guard now < Date(timeIntervalSince1970: Double(try terms.expires.wholeSeconds)) else { throw .expired }
        var content = try ChunkedEncryption.open(
            bytes,
            from: SealedPacket.frontCount,
            key: dataKey,
            context: terms.context(deskEpoch: desk.epoch, author: author.id).bytes(header: wrap.header.bytes)
        )
        guard let count = Padding.contentCount(in: content.count, byte: { content[$0] }) else { throw .damaged }
        content.removeLast(content.count - count)
        return content
    }
}

extension SealedPacket.Terms {
    func context(deskEpoch: UInt32, author: [UInt8]) -> RecordContext {
        RecordContext(
            agency: agency,
            recordID: referral,
            recordType: "referral_packet",
            schemaVersion: schemaVersion,
            recordVersion: 1,
            keyEpoch: deskEpoch,
            author: author
        )
    }

    func wrapTerms(
        header: Header,
        desk: [UInt8],
        deskEpoch: UInt32,
        key: SealingPublicKey,
        author: [UInt8]
    ) throws(SealingError) -> WrapTerms {
        guard referral.count == 16, agency.count == 16, (1...64).contains(purpose.utf8.count) else {
            throw .badParameters
        }
        var aad = Fields()
        try aad.add(header.bytes)
        try aad.add(referral)
        try aad.add(agency)
        try aad.add(schemaVersion)
        try aad.add(desk)
        try aad.add(deskEpoch)
        try aad.add(key.bytes)
        try aad.add(expires)
        try aad.add(author)
        return WrapTerms(info: try Fields(domain: "leeward packet v1").adding(purpose).bytes, aad: aad.bytes)
    }
}
