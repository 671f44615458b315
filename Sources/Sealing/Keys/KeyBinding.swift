// A key binding, the signed statement that public keys belong to an agency, a person or a team. 185 bytes:
//
//   header          20   kind binding; the key id is random and names these keys
//   holder           1   1 agency, 2 person, 3 team
//   holder id       16
//   epoch            4   big-endian, from 1; a new key of the same holder has a higher one
//   verifying key   32   Ed25519; zeros for a team
//   sealing key     32   X25519; zeros for an agency
//   signer id       16   zeros (the deployment root) for an agency, the agency's id for a person; for a team the agency's
//                        id, or the id of a lead of the term that is the upper half of the epoch (TeamLeads.swift)
//   signature       64   Ed25519 over fields: "leeward key binding v1", the 121 bytes before
//
// The root key signs agencies, an agency's key signs its people and teams, and a team's leads sign its later epochs. The root is known from the keyring's pins. A
// new holder takes the next number; the layout of the numbers in use never changes.

/// A signed statement about whose keys these are. It says nothing until it is verified: see `TrustedKey`.
public struct KeyBinding: Hashable, Sendable {
    /// Whose keys a binding speaks of.
    public enum Holder: UInt8, Sendable {
        /// An agency: signs its people and teams.
        case agency = 1
        /// A person: signs grants and packets, opens grants.
        case person = 2
        /// A team or receiving desk: opens packets.
        case team = 3
    }

    /// Whose keys these are said to be.
    public let holder: Holder
    /// The holder's id, 16 bytes.
    public let id: [UInt8]
    /// The epoch of the keys, from 1.
    public let epoch: UInt32
    /// The stored form.
    public let bytes: [UInt8]

    let verifyingKey: VerifyingKey?
    let sealingKey: SealingPublicKey?
    /// Who is said to have signed, 16 bytes: zeros for the root.
    public let signer: [UInt8]

    static let count = 185
    private static let signedCount = count - 64
    private static let rootID = [UInt8](repeating: 0, count: 16)
    private static let noKey = [UInt8](repeating: 0, count: 32)

    /// A binding from its stored form; nothing is verified yet.
    ///
    /// - Throws: `SealingError.damaged` when it is not one, `SealingError.unknownFormat`, `SealingError.wrongKind`.
    public init(bytes: [UInt8]) throws(SealingError) {
        _ = try Header(of: bytes, expecting: .binding)
        guard bytes.count == KeyBinding.count, let holder = Holder(rawValue: bytes[20]) else { throw .damaged }
        let (verifying, sealing) = (Array(bytes[41..<73]), Array(bytes[73..<105]))
        guard (verifying == KeyBinding.noKey) == (holder == .team),
            (sealing == KeyBinding.noKey) == (holder == .agency)
        else { throw .damaged }
        self.holder = holder
        self.id = Array(bytes[21..<37])
        self.epoch = UInt32(bigEndian: bytes[37..<41])
        self.verifyingKey = holder == .team ? nil : VerifyingKey(bytes: verifying)
        self.sealingKey = holder == .agency ? nil : SealingPublicKey(bytes: sealing)
        self.signer = Array(bytes[105..<121])
        self.bytes = bytes
    }

    /// The root's statement about an agency's key.
    ///
    /// - Throws: `SealingError.badParameters` unless the id has 16 bytes and the epoch is above 0.
    public static func agency(
        _ id: [UInt8],
        epoch: UInt32,
        key: VerifyingKey,
        signedBy root: SigningKey
    ) throws(SealingError) -> KeyBinding {
        try sign(.agency, id, epoch, key.bytes, noKey, by: rootID, root)
    }

    /// An agency's statement about a person's keys.
    ///
    /// - Throws: `SealingError.badParameters` unless both ids have 16 bytes and the epoch is above 0.
    public static func person(
        _ id: [UInt8],
        epoch: UInt32,
        verifyingKey: VerifyingKey,
        sealingKey: SealingPublicKey,
        agency: [UInt8],
        signedBy key: SigningKey
    ) throws(SealingError) -> KeyBinding {
        try sign(.person, id, epoch, verifyingKey.bytes, sealingKey.bytes, by: agency, key)
    }

    /// An agency's statement about a team's drop-box key.
    ///
    /// - Throws: `SealingError.badParameters` unless both ids have 16 bytes and the epoch is above 0.
    public static func team(
        _ id: [UInt8],
        epoch: UInt32,
        sealingKey: SealingPublicKey,
        agency: [UInt8],
        signedBy key: SigningKey
    ) throws(SealingError) -> KeyBinding {
        try sign(.team, id, epoch, noKey, sealingKey.bytes, by: agency, key)
    }

    /// A lead's statement about their team's drop-box key in a later epoch.
    ///
    /// - Throws: `SealingError.badParameters` unless the id has 16 bytes and the epoch is above 0.
    public static func team(
        _ id: [UInt8],
        epoch: UInt32,
        sealingKey: SealingPublicKey,
        signedBy lead: Keyring
    ) throws(SealingError) -> KeyBinding {
        try sign(.team, id, epoch, noKey, sealingKey.bytes, by: lead.owner, lead.signing)
    }

    /// The term that an epoch of a team is of: its upper half.
    public static func term(ofEpoch epoch: UInt32) -> UInt16 { UInt16(epoch >> 16) }

    /// The agency's key, when the root says so.
    ///
    /// - Throws: `SealingError.notTrusted` when it is not about this agency, is older than the pinned epoch, or the root
    ///   did not sign it.
    public func trustedAgency(
        _ expected: [UInt8],
        root: VerifyingKey,
        atLeast pinnedEpoch: UInt32
    ) throws(SealingError) -> TrustedKey {
        guard holder == .agency, signer == KeyBinding.rootID else { throw .notTrusted }
        return try trusted(expected, agency: expected, by: root, atLeast: pinnedEpoch)
    }

    /// A person's or a team's keys, when its agency says so.
    ///
    /// - Throws: `SealingError.notTrusted` when it is not about this holder, is older than the pinned epoch, or the agency
    ///   did not sign it.
    public func trusted(
        _ expectedHolder: Holder,
        _ expected: [UInt8],
        through agency: TrustedKey,
        atLeast pinnedEpoch: UInt32
    ) throws(SealingError) -> TrustedKey {
        guard expectedHolder != .agency, holder == expectedHolder, agency.holder == .agency, signer == agency.id,
            let key = agency.verifyingKey
        else { throw .notTrusted }
        return try trusted(expected, agency: agency.id, by: key, atLeast: pinnedEpoch)
    }

    /// A team's key, when one of its leads says so who was a lead in the term of its epoch.
    ///
    /// - Throws: `SealingError.notTrusted` when it is not about this team, is older than the pinned epoch, is of another
    ///   term, or none of these leads signed it.
    public func trustedTeam(
        _ expected: [UInt8],
        through leads: TrustedLeads,
        atLeast pinnedEpoch: UInt32
    ) throws(SealingError) -> TrustedKey {
        guard holder == .team, leads.team == expected, KeyBinding.term(ofEpoch: epoch) == leads.term,
            let key = leads.key(of: signer)
        else { throw .notTrusted }
        return try trusted(expected, agency: leads.agency, by: key, atLeast: pinnedEpoch)
    }

    private func trusted(
        _ expected: [UInt8],
        agency: [UInt8],
        by key: VerifyingKey,
        atLeast pinnedEpoch: UInt32
    ) throws(SealingError) -> TrustedKey {
        let message = try KeyBinding.message(Array(bytes.prefix(KeyBinding.signedCount)))
        guard id == expected, epoch >= pinnedEpoch, epoch > 0,
            key.isValid(signature: Array(bytes.suffix(64)), for: message)
        else { throw .notTrusted }
        return TrustedKey(binding: self, agency: agency)
    }

    private static func sign(
        _ holder: Holder,
        _ id: [UInt8],
        _ epoch: UInt32,
        _ verifying: [UInt8],
        _ sealing: [UInt8],
        by signer: [UInt8],
        _ key: SigningKey
    ) throws(SealingError) -> KeyBinding {
        guard id.count == 16, signer.count == 16, epoch > 0 else { throw .badParameters }
        let header = try Header(kind: .binding, keyID: Randomness.bytes(Header.keyIDCount)).bytes
        let signed = header + [holder.rawValue] + id + epoch.bigEndianBytes + verifying + sealing + signer
        return try KeyBinding(bytes: signed + key.sign(message(signed)))
    }

    private static func message(_ signed: [UInt8]) throws(SealingError) -> [UInt8] {
        var fields = try Fields(domain: "leeward key binding v1")
        try fields.add(signed)
        return fields.bytes
    }
}
