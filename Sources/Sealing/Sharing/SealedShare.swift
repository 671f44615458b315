// A share of a case's break-glass key, sealed to one person: a signed wrap (SignedWrap.swift) of the 88 bytes of the share,
// 236 bytes:
//
//   header          20   kind share; the key id is random
//   encapsulation   32
//   ciphertext     104
//   author id       16
//   signature       64
//
//   HPKE info   fields: "leeward share wrap v1", purpose ("trustee" for a share that is kept, "break_glass" for one that a
//               trustee gives out)
//   HPKE aad    fields: header (20), case id (16), compartments (1, as in a grant), epoch (4), recipient id (16), recipient's
//               X25519 key (32), end in seconds since 1970 (8), author id (16)
//   signature   over fields: info, aad, encapsulation, ciphertext
//
// Another list of terms has another domain string.

public import Foundation

/// A share, sealed to a trustee who keeps it or to the person a trustee gives it out to, and signed by who sealed it.
public struct SealedShare: Hashable, Sendable {
    /// Why a share is sealed to somebody. The codes stand in signed bytes and never change.
    public enum Purpose: String, Sendable {
        /// A trustee keeps it.
        case trustee
        /// A trustee gives it out in an emergency.
        case breakGlass = "break_glass"
    }

    /// What a sealed share is about. The row that holds it keeps these, sealed under the routing key.
    public struct Terms: Hashable, Sendable {
        /// Why it was sealed.
        public let purpose: Purpose
        /// Which secrets of which case the shares open.
        public let place: BreakGlassSeal.Place
        /// When it ends, to the second.
        public let expires: Date

        /// The terms of a sealed share.
        public init(purpose: Purpose, place: BreakGlassSeal.Place, expires: Date) {
            self.purpose = purpose
            self.place = place
            self.expires = expires
        }
    }

    /// The stored form.
    public let bytes: [UInt8]

    /// Who sealed it, 16 bytes; true once it was opened.
    public let author: [UInt8]

    /// The length of every sealed share.
    public static let count = SignedWrap.overhead + SecretShare.count

    /// A sealed share from its stored form; nothing is verified yet.
    ///
    /// - Throws: `SealingError.damaged` for another length, `SealingError.unknownFormat`, `SealingError.wrongKind`.
    public init(bytes: [UInt8]) throws(SealingError) {
        let wrap = try SignedWrap(bytes[...], expecting: .share, secretCount: SecretShare.count)
        self.author = wrap.signer
        self.bytes = bytes
    }

    /// Seals a share to a person.
    ///
    /// - Throws: `SealingError.badParameters` when the recipient is not a person, or a term is out of its range.
    public static func seal(
        _ share: SecretShare,
        terms: Terms,
        to recipient: TrustedKey,
        by author: Keyring
    ) throws(SealingError) -> SealedShare {
        try seal(
            share,
            terms: terms,
            to: recipient,
            by: author,
            keyID: Randomness.bytes(Header.keyIDCount),
            ephemeral: .random()
        )
    }

    /// The share, for the person it was sealed to.
    ///
    /// - Throws: `SealingError.expired`, `SealingError.badSignature` when the author did not seal it under these terms to this
    ///   person, `SealingError.damaged`.
    public func open(
        terms: Terms,
        with recipient: Keyring,
        sealedBy author: TrustedKey,
        at now: Date
    ) throws(SealingError) -> SecretShare {
        guard author.holder == .person else { throw .badSignature }
        let wrap = try SignedWrap(bytes[...], expecting: .share, secretCount: SecretShare.count)
        let share = try wrap.open(
            with: recipient.sealing,
            signedBy: author,
            terms: terms.wrapTerms(
                header: wrap.header,
                recipient: recipient.owner,
                key: recipient.sealing.publicKey,
                author: author.id
            )
        )
        // Only now is the end known to be the one that was signed.
        guard now < Date(timeIntervalSince1970: Double(try terms.expires.wholeSeconds)) else { throw .expired }
        return try SecretShare(bytes: share)
    }

    static func seal(
        _ share: SecretShare,
        terms: Terms,
        to recipient: TrustedKey,
        by author: Keyring,
        keyID: [UInt8],
        ephemeral: SealingPrivateKey
    ) throws(SealingError) -> SealedShare {
        guard recipient.holder == .person, let key = recipient.sealingKey else { throw .badParameters }
        let header = try Header(kind: .share, keyID: keyID)
        let wrap = try SignedWrap(
            share.bytes(),
            header: header,
            to: key,
            by: author.signing,
            signer: author.owner,
            terms: terms.wrapTerms(header: header, recipient: recipient.id, key: key, author: author.owner),
            ephemeral: ephemeral
        )
        return try SealedShare(bytes: wrap.bytes)
    }
}

extension SealedShare.Terms {
    func wrapTerms(
        header: Header,
        recipient: [UInt8],
        key: SealingPublicKey,
        author: [UInt8]
    ) throws(SealingError) -> WrapTerms {
        guard place.isValid, recipient.count == 16, author.count == 16 else { throw .badParameters }
        var aad = Fields()
        try aad.add(header.bytes)
        try aad.add(place.caseID)
        try aad.add(Compartment.mask(place.compartments.sorted()))
        try aad.add(place.caseEpoch)
        try aad.add(recipient)
        try aad.add(key.bytes)
        try aad.add(expires)
        try aad.add(author)
        return WrapTerms(
            info: try Fields(domain: "leeward share wrap v1").adding(purpose.rawValue).bytes,
            aad: aad.bytes
        )
    }
}
