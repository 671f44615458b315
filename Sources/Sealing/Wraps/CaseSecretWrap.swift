// The secrets of a case under a team's key: an envelope of kind caseSecret, unpadded, 92 bytes and 32 for each
// compartment (124 for one, 220 for all four).
//
//   plaintext   secrets of 32 bytes in the order of the compartments' numbers
//   context     organisation id = the team's agency, case id, record id = team id, record type "case_secret:" and the
//               names of the compartments joined by "+", schema version 1, record version = epoch of the case, key epoch =
//               epoch of the team, author = who granted
//
// Who has the team's key could have made it: it proves a member, not which one. Another content has another schema version.

/// The secrets of a case, for the members of a team.
public enum CaseSecretWrap {
    /// Where a wrap belongs.
    public struct Place: Hashable, Sendable {
        /// The agency of the team, 16 bytes.
        public let agency: [UInt8]
        /// The case, 16 bytes.
        public let caseID: [UInt8]
        /// The epoch of the case, from 1.
        public let caseEpoch: UInt32
        /// The compartments it opens.
        public let compartments: Set<Compartment>
        /// Who granted, 16 bytes.
        public let granter: [UInt8]

        /// A place.
        public init(
            agency: [UInt8],
            caseID: [UInt8],
            caseEpoch: UInt32,
            compartments: Set<Compartment>,
            granter: [UInt8]
        ) {
            self.agency = agency
            self.caseID = caseID
            self.caseEpoch = caseEpoch
            self.compartments = compartments
            self.granter = granter
        }

        func context(team: TeamKey) -> RecordContext {
            RecordContext(
                agency: agency,
                caseID: caseID,
                recordID: team.id,
                recordType: "case_secret:" + compartments.sorted().map(\.name).joined(separator: "+"),
                schemaVersion: 1,
                recordVersion: UInt64(caseEpoch),
                keyEpoch: team.epoch,
                author: granter
            )
        }
    }

    /// Gives the secrets of a case to a team.
    ///
    /// - Throws: `SealingError.badParameters` when the place names other compartments than the secrets, or an id has not 16
    ///   bytes.
    public static func seal(_ secrets: CaseSecrets, at place: Place, for team: TeamKey) throws(SealingError) -> [UInt8]
    {
        guard Set(secrets.compartments) == place.compartments, place.caseID.count == 16, place.caseEpoch > 0 else {
            throw .badParameters
        }
        return try Envelope.seal(secrets.joined, kind: .caseSecret, under: team.key, context: place.context(team: team))
    }

    /// The secrets of a case out of a team's wrap.
    ///
    /// - Throws: `SealingError.keyMismatch` for another team or epoch, `SealingError.damaged` when the bytes were changed or
    ///   belong to another place.
    public static func open(_ sealed: [UInt8], at place: Place, with team: TeamKey) throws(SealingError) -> CaseSecrets
    {
        let joined = try Envelope.openSecret(
            sealed,
            expecting: .caseSecret,
            under: team.key,
            context: place.context(team: team)
        )
        guard joined.count == 32 * place.compartments.count else { throw .damaged }
        return try CaseSecrets(for: place.compartments, joined: joined)
    }
}
