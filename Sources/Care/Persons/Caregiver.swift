public import Directory

/// What a receiver must know of the adult who cares for a child (X1).
public struct Caregiver: Hashable, Sendable {
    /// How that adult stands to the child.
    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
        case parent
        case stepParent = "step_parent"
        case grandparent
        case sibling
        case otherRelative = "other_relative"
        case spouse
        case fosterCarer = "foster_carer"
        case institution
        case other
    }

    /// The opaque token under which conflict checks know that person; nil when none was made.
    public let party: PartyID?
    /// How that adult stands to the child.
    public let kind: Kind
    /// Whether it is safe to contact that person. `notAsked` is not a yes.
    public let isSafeToContact: Answer
    /// Whether that person knows of the referral.
    public let isInformed: Answer
    /// Why not, where the caregiver is not informed.
    public let reasonNotInformed: String?

    /// A caregiver of the child; nothing is inferred from what is left out.
    ///
    /// - Throws: `CareError.invalid` for a token or reason out of bounds.
    public init(
        party: PartyID? = nil,
        kind: Kind,
        isSafeToContact: Answer = .notAsked,
        isInformed: Answer = .notAsked,
        reasonNotInformed: String? = nil
    ) throws(CareError) {
        try Limits.slugs(party.map { [$0] } ?? [], "caregiver.party")
        self.party = party
        self.kind = kind
        self.isSafeToContact = isSafeToContact
        self.isInformed = isInformed
        self.reasonNotInformed =
            try Limits.optionalText(reasonNotInformed, "caregiver.reason_not_informed", atMost: Limits.remark)
    }
}

extension Caregiver: Codable {
    private enum CodingKeys: String, CodingKey {
        case party
        case kind
        case isSafeToContact = "safe_to_contact"
        case isInformed = "informed"
        case reasonNotInformed = "reason_not_informed"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            party: stored.optionalCode(.party),
            kind: stored.code(.kind),
            isSafeToContact: stored.code(.isSafeToContact),
            isInformed: stored.code(.isInformed),
            reasonNotInformed: stored.decodeIfPresent(String.self, forKey: .reasonNotInformed)
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(optional: party, .party)
        try stored.put(kind, .kind)
        try stored.put(isSafeToContact, .isSafeToContact)
        try stored.put(isInformed, .isInformed)
        try stored.encodeIfPresent(reasonNotInformed, forKey: .reasonNotInformed)
    }
}
