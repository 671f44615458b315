public import Directory

/// Where one alleged perpetrator has influence (F5), all as opaque tokens.
public struct ConflictLink: Hashable, Sendable {
    /// The person, compared with a service's linked parties; nil when only organisations or places are known.
    public var party: PartyID?
    /// Organisations tied to that person.
    public var organizations: Set<OrganizationID>
    /// Places tied to that person.
    public var places: Set<PlaceID>

    /// The ties of one alleged perpetrator.
    public init(party: PartyID?, organizations: Set<OrganizationID> = [], places: Set<PlaceID> = []) {
        self.party = party
        self.organizations = organizations
        self.places = places
    }
}
