public import Foundation

/// Why a grant was made. The codes stand in signed bytes and never change.
public enum GrantPurpose: String, Sendable {
    /// A member receives the team's key.
    case teamMembership = "team_membership"
    /// A person works on a case.
    case caseWork = "case_work"
    /// Trustees opened a case for a few hours.
    case breakGlass = "break_glass"
}

/// What a grant is about. The row that holds the grant keeps these, sealed under the routing key; the grant itself does
/// not show them.
public struct GrantTerms: Hashable, Sendable {
    /// Why it was made.
    public let purpose: GrantPurpose
    /// The case or the team, 16 bytes.
    public let subject: [UInt8]
    /// The compartments of a case in their order; none for a team.
    public let compartments: [Compartment]
    /// The epoch of the case or the team, from 1.
    public let epoch: UInt32
    /// When it ends, to the second.
    public let expires: Date

    /// The terms of a grant of case secrets.
    public static func ofCase(
        _ id: [UInt8],
        compartments: Set<Compartment>,
        epoch: UInt32,
        purpose: GrantPurpose,
        expires: Date
    ) -> GrantTerms {
        GrantTerms(
            purpose: purpose,
            subject: id,
            compartments: compartments.sorted(),
            epoch: epoch,
            expires: expires
        )
    }

    /// The terms of a grant of a team's key.
    public static func ofTeam(_ id: [UInt8], epoch: UInt32, expires: Date) -> GrantTerms {
        GrantTerms(purpose: .teamMembership, subject: id, compartments: [], epoch: epoch, expires: expires)
    }

    private init(
        purpose: GrantPurpose,
        subject: [UInt8],
        compartments: [Compartment],
        epoch: UInt32,
        expires: Date
    ) {
        self.purpose = purpose
        self.subject = subject
        self.compartments = compartments
        self.epoch = epoch
        self.expires = expires
    }

    /// The kind of the object: a team's seed, or secrets of a case.
    var kind: ObjectKind { compartments.isEmpty ? .teamSecret : .grant }

    /// How many bytes of secret it carries.
    var secretCount: Int { 32 * max(1, compartments.count) }

    /// The fields of the format, for one header, recipient and granter.
    func wrapTerms(
        header: Header,
        recipient: [UInt8],
        key: SealingPublicKey,
        granter: [UInt8]
    ) throws(SealingError) -> WrapTerms {
        guard subject.count == 16, recipient.count == 16, granter.count == 16, epoch > 0 else {
            throw .badParameters
        }
        var aad = Fields()
        try aad.add(header.bytes)
        try aad.add(subject)
        try aad.add(Compartment.mask(compartments))
        try aad.add(epoch)
        try aad.add(recipient)
        try aad.add(key.bytes)
        try aad.add(expires)
        try aad.add(granter)
        return WrapTerms(info: try Fields(domain: "leeward grant v1").adding(purpose.rawValue).bytes, aad: aad.bytes)
    }
}
