public import Directory

/// A person accused, as far as conflict checks must know: opaque tokens and links, never a name (F5). "Alleged" until a
/// conviction (T4).
public struct AllegedPerpetrator: Hashable, Sendable {
    /// The token of that person.
    public let party: PartyID
    /// Organisations that this person works for, owns, helps or is otherwise tied to.
    public let organizations: Set<OrganizationID>
    /// Places this person controls or is often at.
    public let places: Set<PlaceID>
    /// Whether this person is a caregiver of the child, or of the other parent's household: a consent of theirs is void (N5).
    public let isCaregiver: Bool
    /// When this person has an account here: that account is locked out of the case by keys (DECISIONS 6).
    public let staff: StaffID?

    /// A person accused, with what ties them to services.
    ///
    /// - Throws: `CareError.invalid` for a token or slug out of bounds.
    public init(
        party: PartyID,
        organizations: Set<OrganizationID> = [],
        places: Set<PlaceID> = [],
        isCaregiver: Bool = false,
        staff: StaffID? = nil
    ) throws(CareError) {
        try Limits.slugs([party], "alleged_perpetrator.party")
        try Limits.slugs(organizations, "alleged_perpetrator.organizations")
        try Limits.slugs(places, "alleged_perpetrator.places")
        self.party = party
        self.organizations = organizations
        self.places = places
        self.isCaregiver = isCaregiver
        self.staff = staff
    }
}

extension AllegedPerpetrator: Codable {
    private enum CodingKeys: String, CodingKey {
        case party
        case organizations
        case places
        case isCaregiver = "is_caregiver"
        case staff
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            party: stored.code(.party),
            organizations: stored.codeSet(.organizations),
            places: stored.codeSet(.places),
            isCaregiver: stored.decode(Bool.self, forKey: .isCaregiver),
            staff: stored.decodeIfPresent(StaffID.self, forKey: .staff)
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(party, .party)
        try stored.put(set: organizations, .organizations)
        try stored.put(set: places, .places)
        try stored.encode(isCaregiver, forKey: .isCaregiver)
        try stored.encodeIfPresent(staff, forKey: .staff)
    }
}
