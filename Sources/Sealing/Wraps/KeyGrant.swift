// A grant: 180 bytes for one secret of 32 bytes, 32 more for each further compartment. It is a signed wrap:
//
//   header          20   kind grant (secrets of a case) or teamSecret (seed of a team); the key id is random and names
//                        the grant, so that two grants of one person do not look alike
//   encapsulation   32
//   ciphertext      48   and 32 more for each further compartment: secrets in the order of the compartments' numbers
//   granter id      16
//   signature       64
//
//   HPKE info   fields: "leeward grant v1", purpose
//   HPKE aad    fields: header (20), case or team id (16), compartments (1; bit 0 identity, 1 contact, 2 conflicts,
//               3 content; 0 for a team), epoch (4), recipient id (16), recipient's X25519 key (32), end in seconds since
//               1970 (8), granter id (16)
//   signature   over fields: info, aad, encapsulation, ciphertext
//
// Another list of terms has another domain string.

public import Foundation

/// Secrets of a case or a team, sealed to one person and signed by who granted them.
public struct KeyGrant: Hashable, Sendable {
    /// The stored form.
    public let bytes: [UInt8]

    /// Who granted, 16 bytes; true once the grant was opened.
    public let granter: [UInt8]

    /// A grant from its stored form; nothing is verified yet.
    ///
    /// - Throws: `SealingError.damaged` for a length no grant has, `SealingError.unknownFormat`, `SealingError.wrongKind`.
    public init(bytes: [UInt8]) throws(SealingError) {
        let kind = try Header(of: bytes).kind
        guard kind == .grant || kind == .teamSecret else { throw .wrongKind }
        let secretCount = bytes.count - SignedWrap.overhead
        let most = kind == .grant ? Compartment.allCases.count : 1
        guard (1...most).contains(where: { 32 * $0 == secretCount }) else { throw .damaged }
        self.granter = try SignedWrap(bytes[...], expecting: kind, secretCount: secretCount).signer
        self.bytes = bytes
    }

    /// Grants secrets of a case to a person.
    ///
    /// - Throws: `SealingError.badParameters` when the terms name other compartments than the secrets, an id has not 16
    ///   bytes, or the recipient has no sealing key.
    public static func seal(
        _ secrets: CaseSecrets,
        terms: GrantTerms,
        to recipient: TrustedKey,
        by granter: Keyring
    ) throws(SealingError) -> KeyGrant {
        guard secrets.compartments == terms.compartments else { throw .badParameters }
        return try seal(secrets.joined, terms: terms, to: recipient, by: granter)
    }

    /// Opens secrets of a case.
    ///
    /// - Throws: `SealingError.expired`, `SealingError.badSignature` when the granter did not make it under these terms for
    ///   this person, `SealingError.damaged`, `SealingError.wrongKind`.
    public func openCase(
        terms: GrantTerms,
        with recipient: Keyring,
        grantedBy granter: TrustedKey,
        at now: Date
    ) throws(SealingError) -> CaseSecrets {
        guard terms.kind == .grant else { throw .wrongKind }
        let joined = try open(terms: terms, with: recipient, grantedBy: granter, at: now)
        return try CaseSecrets(for: Set(terms.compartments), joined: joined)
    }

    static func seal(
        _ secret: borrowing Secret,
        terms: GrantTerms,
        to recipient: TrustedKey,
        by granter: Keyring
    ) throws(SealingError) -> KeyGrant {
        try seal(
            secret,
            terms: terms,
            to: recipient,
            by: granter,
            keyID: Randomness.bytes(Header.keyIDCount),
            ephemeral: .random()
        )
    }

    static func seal(
        _ secret: borrowing Secret,
        terms: GrantTerms,
        to recipient: TrustedKey,
        by granter: Keyring,
        keyID: [UInt8],
        ephemeral: SealingPrivateKey
    ) throws(SealingError) -> KeyGrant {
        guard recipient.holder == .person, let key = recipient.sealingKey, secret.count == terms.secretCount else {
            throw .badParameters
        }
        let header = try Header(kind: terms.kind, keyID: keyID)
        let wrap = try SignedWrap(
            secret,
            header: header,
            to: key,
            by: granter.signing,
            signer: granter.owner,
            terms: terms.wrapTerms(header: header, recipient: recipient.id, key: key, granter: granter.owner),
            ephemeral: ephemeral
        )
        return try KeyGrant(bytes: wrap.bytes)
    }

    func open(
        terms: GrantTerms,
        with recipient: Keyring,
        grantedBy granter: TrustedKey,
        at now: Date
    ) throws(SealingError) -> Secret {
        let wrap = try SignedWrap(bytes[...], expecting: terms.kind, secretCount: terms.secretCount)
        let key = try recipient.sealing
        let secret = try wrap.open(
            with: key,
            signedBy: granter,
            terms: terms.wrapTerms(
                header: wrap.header,
                recipient: recipient.owner,
                key: key.publicKey,
                granter: granter.id
            )
        )
        // Only now is the end known to be the one that was signed.
        guard now < Date(timeIntervalSince1970: Double(try terms.expires.wholeSeconds)) else { throw .expired }
        return secret
    }
}
