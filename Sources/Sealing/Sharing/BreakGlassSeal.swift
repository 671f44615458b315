// A case's secrets under a key that trustees hold in shares:
//
//   header        20   kind breakGlass; the key id is the id of the set of shares
//   threshold      1   2 to 16
//   total          1   threshold to 16
//   digests      32n   SHA-256 of each share, in the order of their indexes
//   author id     16
//   content        m   chunked-encryption of the secrets (32 for each compartment, in their order): 72 bytes more
//   signature     64   Ed25519 over fields: "leeward break glass v1", agency (16), case id (16), compartments (1), epoch (4),
//                      all bytes before the signature
//
//   key       HKDF-SHA-256(shared secret (32), no salt, info = fields: "leeward break glass key v1", case id, epoch (4)): 32
//   context   RecordContext.swift with this header, organisation id = the agency, case id, record type "break_glass:" and the
//             names of the compartments joined by "+", record version = epoch of the case, author
//
// The shared secret is random, made for one set, and kept nowhere. Another list of terms has another domain string.

public import Foundation

/// The secrets of a case for an emergency: they open with the shares of enough trustees, and with no fewer.
public struct BreakGlassSeal: Hashable, Sendable {
    /// Which secrets of which case a set of shares opens.
    public struct Place: Hashable, Sendable {
        /// The agency of the case, 16 bytes.
        public let agency: [UInt8]
        /// The case, 16 bytes.
        public let caseID: [UInt8]
        /// The epoch of the case, from 1.
        public let caseEpoch: UInt32
        /// The compartments that open.
        public let compartments: Set<Compartment>

        /// A place.
        public init(agency: [UInt8], caseID: [UInt8], caseEpoch: UInt32, compartments: Set<Compartment>) {
            self.agency = agency
            self.caseID = caseID
            self.caseEpoch = caseEpoch
            self.compartments = compartments
        }

        var isValid: Bool {
            agency.count == 16 && caseID.count == 16 && caseEpoch > 0 && !compartments.isEmpty
        }
    }

    /// The stored form.
    public let bytes: [UInt8]
    /// How many shares open it.
    public let threshold: Int
    /// How many shares were made.
    public let total: Int
    /// Who made it, 16 bytes; true once it was opened.
    public let author: [UInt8]

    private let setID: [UInt8]
    private let digests: [[UInt8]]
    private let contentRange: Range<Int>

    private static let frontCount = Header.count + 2
    private static let signatureCount = 64

    /// A seal from its stored form; nothing is verified yet.
    ///
    /// - Throws: `SealingError.damaged` for lengths or numbers no seal has, `SealingError.unknownFormat`,
    ///   `SealingError.wrongKind`.
    public init(bytes: [UInt8]) throws(SealingError) {
        let header = try Header(of: bytes, expecting: .breakGlass)
        guard bytes.count > BreakGlassSeal.frontCount else { throw .damaged }
        let (threshold, total) = (Int(bytes[Header.count]), Int(bytes[Header.count + 1]))
        guard (2...Limits.shares).contains(total), (2...total).contains(threshold) else { throw .damaged }
        let authorAt = BreakGlassSeal.frontCount + 32 * total
        let contentCounts = Compartment.allCases.indices.map { ChunkedEncryption.sealedCount(of: 32 * ($0 + 1)) }
        let contentCount = bytes.count - authorAt - 16 - BreakGlassSeal.signatureCount
        guard contentCounts.contains(contentCount) else { throw .damaged }
        self.setID = header.keyID
        self.threshold = threshold
        self.total = total
        self.digests = (0..<total).map { place in
            Array(bytes[BreakGlassSeal.frontCount + 32 * place..<BreakGlassSeal.frontCount + 32 * place + 32])
        }
        self.author = Array(bytes[authorAt..<authorAt + 16])
        self.contentRange = authorAt + 16..<authorAt + 16 + contentCount
        self.bytes = bytes
    }

    /// Seals the secrets of a case and shares the key among trustees, in their order.
    ///
    /// - Throws: `SealingError.badParameters` when the place names other compartments than the secrets or another agency than
    ///   the author's, a trustee is not a person or named twice, or the numbers are not 2 <= threshold <= trustees <= 16.
    public static func seal(
        _ secrets: CaseSecrets,
        at place: Place,
        threshold: Int,
        trustees: [TrustedKey],
        by author: Keyring,
        expires: Date
    ) throws(SealingError) -> (seal: BreakGlassSeal, shares: [SealedShare]) {
        guard Set(trustees.map(\.id)).count == trustees.count else { throw .badParameters }
        let key = try Secret.random(32)
        let shares = try SecretSharing.split(key, threshold: threshold, total: trustees.count)
        let seal = try seal(
            secrets,
            at: place,
            key: key,
            shares: shares,
            by: author,
            salt: Randomness.bytes(ChunkedEncryption.saltCount)
        )
        let terms = SealedShare.Terms(purpose: .trustee, place: place, expires: expires)
        var sealed: [SealedShare] = []
        for (share, trustee) in zip(shares, trustees) {
            sealed.append(try SealedShare.seal(share, terms: terms, to: trustee, by: author))
        }
        return (seal, sealed)
    }

    /// Whether this is the share of its index that was made with the seal.
    ///
    /// - Throws: `SealingError.badSignature` when the author did not make the seal for this place, `SealingError.badShare`.
    public func check(_ share: SecretShare, at place: Place, madeBy author: TrustedKey) throws(SealingError) {
        try verify(at: place, madeBy: author)
        try check(share)
    }

    /// The secrets of the case, out of enough shares.
    ///
    /// - Throws: `SealingError.badSignature` when the author did not make the seal for this place, `SealingError.badShare`
    ///   with the index of one that was changed or is of another set, `SealingError.mixedShares` when one is there twice,
    ///   `SealingError.tooFewShares`, `SealingError.damaged`.
    public func open(
        _ shares: [SecretShare],
        at place: Place,
        madeBy author: TrustedKey
    ) throws(SealingError) -> CaseSecrets {
        try verify(at: place, madeBy: author)
        for share in shares { try check(share) }
        let key = try SecretSharing.join(shares)
        let joined = try ChunkedEncryption.openSecret(
            Array(bytes[contentRange]),
            from: 0,
            key: place.key(key),
            context: place.context(author: self.author).bytes(header: Header(kind: .breakGlass, keyID: setID).bytes)
        )
        guard joined.count == 32 * place.compartments.count else { throw .damaged }
        return try CaseSecrets(for: place.compartments, joined: joined)
    }

    static func seal(
        _ secrets: CaseSecrets,
        at place: Place,
        key: borrowing Secret,
        shares: [SecretShare],
        by author: Keyring,
        salt: [UInt8]
    ) throws(SealingError) -> BreakGlassSeal {
        guard place.isValid, Set(secrets.compartments) == place.compartments, place.agency == author.agency,
            let first = shares.first
        else { throw .badParameters }
        let header = try Header(kind: .breakGlass, keyID: first.setID)
        var bytes = header.bytes + [UInt8(first.threshold), UInt8(first.total)]
        for share in shares { bytes += try share.digest() }
        bytes += author.owner
        bytes += try ChunkedEncryption.seal(
            secrets.joined,
            tail: [],
            after: [],
            key: place.key(key),
            context: place.context(author: author.owner).bytes(header: header.bytes),
            salt: salt
        )
        return try BreakGlassSeal(bytes: bytes + author.signing.sign(place.message(bytes)))
    }

    private func verify(at place: Place, madeBy author: TrustedKey) throws(SealingError) {
        guard author.holder == .person, author.id == self.author, author.agency == place.agency,
            let key = author.verifyingKey
        else { throw .badSignature }
        let signed = Array(bytes.dropLast(BreakGlassSeal.signatureCount))
        let signature = Array(bytes.suffix(BreakGlassSeal.signatureCount))
        guard key.isValid(signature: signature, for: try place.message(signed)) else { throw .badSignature }
    }

    private func check(_ share: SecretShare) throws(SealingError) {
        guard (1...total).contains(share.index), share.setID == setID, share.threshold == threshold,
            share.total == total, MAC.areEqual(try share.digest(), digests[share.index - 1])
        else { throw .badShare(share.index) }
    }
}

extension BreakGlassSeal.Place {
    fileprivate func key(_ shared: borrowing Secret) throws(SealingError) -> Secret {
        var fields = try Fields(domain: "leeward break glass key v1")
        try fields.add(caseID)
        try fields.add(caseEpoch)
        return try KeyDerivation.hkdfSHA256(shared, salt: [], info: fields.bytes, count: 32)
    }

    fileprivate func context(author: [UInt8]) -> RecordContext {
        RecordContext(
            agency: agency,
            caseID: caseID,
            recordType: "break_glass:" + compartments.sorted().map(\.name).joined(separator: "+"),
            recordVersion: UInt64(caseEpoch),
            author: author
        )
    }

    func message(_ signed: [UInt8]) throws(SealingError) -> [UInt8] {
        guard isValid else { throw .badParameters }
        var fields = try Fields(domain: "leeward break glass v1")
        try fields.add(agency)
        try fields.add(caseID)
        try fields.add(Compartment.mask(compartments.sorted()))
        try fields.add(caseEpoch)
        try fields.add(signed)
        return fields.bytes
    }
}
