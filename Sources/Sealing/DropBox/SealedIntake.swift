// The secrets of a case that somebody outside the team opened: a signed wrap of kind intake, 276 bytes, to the team's drop-box
// key.
//
//   header          20   kind intake; the key id is random
//   encapsulation   32   HPKE to the team's drop-box key
//   ciphertext     144   the secrets of all four compartments, in their order
//   author id       16
//   signature       64
//
//   HPKE info   fields: "leeward intake v1"
//   HPKE aad    fields: header (20), case id (16), epoch of the case (4), agency id of the team (16), team id (16), team's epoch
//               (4), team's X25519 key (32), author's agency id (16), time in seconds since 1970 (8), author id (16)
//   signature   over fields: info, aad, encapsulation, ciphertext, SHA-256(sheets); sheets = fields: the SHA-256 of each sealed
//               sheet, in the order of the compartments
//
// The sheets lie in rows of their own, under the keys of the case; the author's signature covers them as they were filed.
// Another list of terms has another domain string.

public import Foundation

/// The secrets of a new case, sealed to a team by somebody who is no member, and signed together with the sheets.
public struct SealedIntake: Hashable, Sendable {
    /// What an intake is about. The row that holds it keeps these, sealed under the routing key.
    public struct Terms: Hashable, Sendable {
        /// The case, 16 bytes.
        public let caseID: [UInt8]
        /// The epoch of the case, from 1.
        public let caseEpoch: UInt32
        /// The agency of the team, 16 bytes.
        public let agency: [UInt8]
        /// The agency of the author, 16 bytes.
        public let authorAgency: [UInt8]
        /// When it was filed, to the second.
        public let filed: Date

        /// The terms of an intake.
        public init(caseID: [UInt8], caseEpoch: UInt32, agency: [UInt8], authorAgency: [UInt8], filed: Date) {
            self.caseID = caseID
            self.caseEpoch = caseEpoch
            self.agency = agency
            self.authorAgency = authorAgency
            self.filed = filed
        }
    }

    /// The stored form.
    public let bytes: [UInt8]
    /// Who filed it, 16 bytes; true once the intake was opened.
    public let author: [UInt8]

    private static let secretCount = 32 * Compartment.allCases.count

    /// An intake from its stored form; nothing is verified yet.
    ///
    /// - Throws: `SealingError.damaged` for another length, `SealingError.unknownFormat`, `SealingError.wrongKind`.
    public init(bytes: [UInt8]) throws(SealingError) {
        self.author = try SignedWrap(bytes[...], expecting: .intake, secretCount: SealedIntake.secretCount).signer
        self.bytes = bytes
    }

    /// Seals the secrets of a new case to a team; the sheets are those sealed under them, in the order of the compartments.
    ///
    /// - Throws: `SealingError.badParameters` when the recipient is not a team of that agency, the author is of another agency
    ///   than the terms say, secrets or sheets are not those of four compartments, or an id has not 16 bytes.
    public static func seal(
        _ secrets: CaseSecrets,
        sheets: [[UInt8]],
        terms: Terms,
        to team: TrustedKey,
        by author: Keyring
    ) throws(SealingError) -> SealedIntake {
        try seal(
            secrets,
            sheets: sheets,
            terms: terms,
            to: team,
            by: author,
            keyID: Randomness.bytes(Header.keyIDCount),
            ephemeral: .random()
        )
    }

    static func seal(
        _ secrets: CaseSecrets,
        sheets: [[UInt8]],
        terms: Terms,
        to team: TrustedKey,
        by author: Keyring,
        keyID: [UInt8],
        ephemeral: SealingPrivateKey
    ) throws(SealingError) -> SealedIntake {
        guard team.holder == .team, team.agency == terms.agency, let key = team.sealingKey,
            author.agency == terms.authorAgency, secrets.compartments == Compartment.allCases
        else { throw .badParameters }
        let header = try Header(kind: .intake, keyID: keyID)
        let wrap = try SignedWrap(
            secrets.joined,
            header: header,
            to: key,
            by: author.signing,
            signer: author.owner,
            terms: terms.wrapTerms(
                header: header,
                team: team.id,
                teamEpoch: team.epoch,
                key: key,
                author: author.owner
            ),
            content: content(sheets),
            ephemeral: ephemeral
        )
        return try SealedIntake(bytes: wrap.bytes)
    }

    /// The secrets of the case, for a member of the team. The author signed these sheets and no others.
    ///
    /// - Throws: `SealingError.badSignature` when the author did not make it under these terms, with these sheets, for this
    ///   team and epoch; `SealingError.damaged`.
    public func open(
        sheets: [[UInt8]],
        terms: Terms,
        with team: TeamKey,
        writtenBy author: TrustedKey
    ) throws(SealingError) -> CaseSecrets {
        let wrap = try SignedWrap(bytes[...], expecting: .intake, secretCount: SealedIntake.secretCount)
        guard author.holder == .person, author.agency == terms.authorAgency else { throw .badSignature }
        let joined = try wrap.open(
            with: team.dropBox,
            signedBy: author,
            terms: terms.wrapTerms(
                header: wrap.header,
                team: team.id,
                teamEpoch: team.epoch,
                key: team.dropBox.publicKey,
                author: author.id
            ),
            content: SealedIntake.content(sheets)
        )
        return try CaseSecrets(for: Set(Compartment.allCases), joined: joined)
    }

    /// The digests stand for the sheets, which may be longer than a field.
    private static func content(_ sheets: [[UInt8]]) throws(SealingError) -> [UInt8] {
        guard sheets.count == Compartment.allCases.count else { throw .badParameters }
        var fields = Fields()
        for sheet in sheets { try fields.add(Digest.sha256(sheet)) }
        return fields.bytes
    }
}

extension SealedIntake.Terms {
    func wrapTerms(
        header: Header,
        team: [UInt8],
        teamEpoch: UInt32,
        key: SealingPublicKey,
        author: [UInt8]
    ) throws(SealingError) -> WrapTerms {
        guard caseID.count == 16, caseEpoch > 0, agency.count == 16, authorAgency.count == 16 else {
            throw .badParameters
        }
        var aad = Fields()
        try aad.add(header.bytes)
        try aad.add(caseID)
        try aad.add(caseEpoch)
        try aad.add(agency)
        try aad.add(team)
        try aad.add(teamEpoch)
        try aad.add(key.bytes)
        try aad.add(authorAgency)
        try aad.add(filed)
        try aad.add(author)
        return WrapTerms(info: try Fields(domain: "leeward intake v1").bytes, aad: aad.bytes)
    }
}
