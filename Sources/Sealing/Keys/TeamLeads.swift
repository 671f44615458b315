// The leads of a team in one term, the agency's signed statement about who may sign the team's later keys:
//
//   header          20   kind leads; the key id is random and names the statement
//   agency id       16
//   team id         16
//   term             2   big-endian, from 0
//   number           1   1 to 16 leads
//   for each lead   48   id (16), Ed25519 key (32); in the order of the ids, each once
//   signature       64   Ed25519 over fields: "leeward team leads v1", all bytes before
//
// The upper half of a team's epoch is its term: the leads of term t sign the epochs from t * 65,536 to t * 65,536 + 65,535
// and no others. A keyring pins the highest epoch it has seen, so whoever was a lead of an earlier term can sign nothing that
// a member believes who has seen a later one. Within a term the agency may add leads; to be rid of one takes a new term.
// Another layout has another domain string.

/// Who may sign the epochs of a team in one term, as its agency states it. It says nothing until it is verified.
public struct TeamLeads: Hashable, Sendable {
    /// A lead and the key that their signatures are checked with.
    public struct Lead: Hashable, Sendable {
        /// The person's id, 16 bytes.
        public let id: [UInt8]
        /// Checks what the person signs.
        public let key: VerifyingKey

        /// A lead.
        public init(id: [UInt8], key: VerifyingKey) {
            self.id = id
            self.key = key
        }
    }

    /// The team, 16 bytes.
    public let team: [UInt8]
    /// The term, from 0.
    public let term: UInt16
    /// The leads, in the order of their ids.
    public let leads: [Lead]
    /// The stored form.
    public let bytes: [UInt8]

    let agency: [UInt8]

    private static let frontCount = 55
    private static let leadCount = 48

    /// A statement from its stored form; nothing is verified yet.
    ///
    /// - Throws: `SealingError.damaged` when it is none, `SealingError.unknownFormat`, `SealingError.wrongKind`.
    public init(bytes: [UInt8]) throws(SealingError) {
        _ = try Header(of: bytes, expecting: .leads)
        guard bytes.count > TeamLeads.frontCount else { throw .damaged }
        let count = Int(bytes[54])
        guard (1...Limits.leads).contains(count),
            bytes.count == TeamLeads.frontCount + TeamLeads.leadCount * count + 64
        else { throw .damaged }
        var leads: [Lead] = []
        for place in 0..<count {
            let start = TeamLeads.frontCount + TeamLeads.leadCount * place
            guard let key = VerifyingKey(bytes: Array(bytes[start + 16..<start + 48])) else { throw .damaged }
            leads.append(Lead(id: Array(bytes[start..<start + 16]), key: key))
        }
        guard zip(leads, leads.dropFirst()).allSatisfy({ $0.id.lexicographicallyPrecedes($1.id) }) else {
            throw .damaged
        }
        self.agency = Array(bytes[20..<36])
        self.team = Array(bytes[36..<52])
        self.term = UInt16(bigEndian: bytes[52..<54])
        self.leads = leads
        self.bytes = bytes
    }

    /// The agency's statement about the leads of a team.
    ///
    /// - Throws: `SealingError.badParameters` unless ids have 16 bytes and there are 1 to 16 leads, each once.
    public static func sign(
        _ leads: [Lead],
        of team: [UInt8],
        term: UInt16,
        agency: [UInt8],
        signedBy key: SigningKey
    ) throws(SealingError) -> TeamLeads {
        guard team.count == 16, agency.count == 16, (1...Limits.leads).contains(leads.count),
            Set(leads.map(\.id)).count == leads.count, leads.allSatisfy({ $0.id.count == 16 })
        else { throw .badParameters }
        let header = try Header(kind: .leads, keyID: Randomness.bytes(Header.keyIDCount)).bytes
        var signed = header + agency + team + term.bigEndianBytes + [UInt8(leads.count)]
        for lead in leads.sorted(by: { $0.id.lexicographicallyPrecedes($1.id) }) {
            signed += lead.id + lead.key.bytes
        }
        return try TeamLeads(bytes: signed + key.sign(message(signed)))
    }

    /// The leads, when this agency says so of this team.
    ///
    /// - Throws: `SealingError.notTrusted` when it is about another team, or the agency did not sign it.
    public func trusted(of expected: [UInt8], through agency: TrustedKey) throws(SealingError) -> TrustedLeads {
        guard agency.holder == .agency, agency.id == self.agency, team == expected, let key = agency.verifyingKey,
            key.isValid(signature: Array(bytes.suffix(64)), for: try TeamLeads.message(Array(bytes.dropLast(64))))
        else { throw .notTrusted }
        return TrustedLeads(statement: self)
    }

    private static func message(_ signed: [UInt8]) throws(SealingError) -> [UInt8] {
        // The statement is longer than a field may be only past 1,300 leads, which there cannot be.
        var fields = try Fields(domain: "leeward team leads v1")
        try fields.add(signed)
        return fields.bytes
    }
}

/// Leads whose statement leads up to the deployment's root. Only verifying a `TeamLeads` makes one.
public struct TrustedLeads: Hashable, Sendable {
    /// The team, 16 bytes.
    public var team: [UInt8] { statement.team }
    /// The term that they sign epochs of.
    public var term: UInt16 { statement.term }
    /// The agency of the team, 16 bytes.
    public var agency: [UInt8] { statement.agency }

    private let statement: TeamLeads

    init(statement: TeamLeads) {
        self.statement = statement
    }

    /// The key of a lead; nil for somebody who is none.
    public func key(of id: [UInt8]) -> VerifyingKey? { statement.leads.first { $0.id == id }?.key }

    /// Whether this keyring may sign the epochs of the term: its owner is a lead, with the key that the agency stated.
    ///
    /// - Throws: `SealingError.libcrypto`, `SealingError.outOfMemory`.
    public func areLed(by keyring: Keyring) throws(SealingError) -> Bool {
        try key(of: keyring.owner) == keyring.signing.verifyingKey
    }

    /// The epoch that follows another: the next of the term, or the first of this term where the other is of an earlier one.
    ///
    /// - Throws: `SealingError.badParameters` when the term has no epoch left, or the other is of a later term.
    public func epoch(after epoch: UInt32) throws(SealingError) -> UInt32 {
        let earlier = KeyBinding.term(ofEpoch: epoch)
        guard earlier <= term else { throw .badParameters }
        let next = earlier == term ? epoch &+ 1 : UInt32(term) << 16
        guard KeyBinding.term(ofEpoch: next) == term else { throw .badParameters }
        return next
    }
}
