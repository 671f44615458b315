/// One service of an organisation as the directory knows it. Nil means "no source states it"; it never means no, and
/// never excludes anybody (DECISIONS 1).
public struct Service: Hashable, Sendable, Identifiable {
    // MARK: What it is
    /// Its stable name in the whole directory.
    public var id: ServiceID
    /// Who runs it.
    public var organization: OrganizationID
    /// As its source prints it.
    public var name: String
    /// What sort of entry it is in the files of `Directory/`; nil for services that come from elsewhere.
    public var kind: ServiceKind?
    /// Where it is.
    public var country: CountryCode
    /// Where a person may be to use it.
    public var coverage: Coverage
    /// A part of the country it is limited to, in words; nil when no limit is stated.
    public var area: String?
    /// Whether it runs.
    public var status: ServiceStatus
    /// The service types its source supports, the main one first.
    public var offers: [Offer]
    /// Numbers first, in the order to try them.
    public var contacts: [Contact]
    /// A remark for the person who reads the entry out, in our own words.
    public var note: String?

    // MARK: Whom it serves
    /// The ages it takes, where its source gives bounds.
    public var ages: AgeRange?
    /// Whom the source names when it gives no ages (`children and families`), in words.
    public var audience: String?
    /// The genders it is for.
    public var genders: Set<Gender>?
    /// The languages spoken there.
    public var languages: [LanguageTag]?
    /// What the source says of languages beyond ``languages`` (`53 languages`), in words.
    public var languagesAsStated: String?
    /// Whether it provides interpreters.
    public var interpreter: Bool?
    /// Features of access that it has.
    public var accessible: Set<AccessFeature>?
    /// Whether it is made for children.
    public var childSpecialised: Bool?

    // MARK: How it is reached
    /// In the order the service names them.
    public var modes: [ContactMode]?
    /// When it is open, where that can be computed.
    public var hours: OpeningHours?
    /// What the source prints of the hours, to be read out; kept beside ``hours`` because not every wording can be
    /// turned into slots.
    public var hoursAsStated: String?
    /// Hours from first opening to the start of the service; nil when not stated.
    public var leadHours: Double?
    /// The ways of first contact that it accepts.
    public var intake: Set<FirstContactRoute>?
    /// What it demands before it helps.
    public var requires: Set<Prerequisite>?
    /// What it costs the person it helps.
    public var cost: Cost?
    /// Whether it takes people now.
    public var capacity: Capacity
    /// An address that its source prints for the public, of a hospital or a public office; never that of a shelter.
    public var publicAddress: String?

    // MARK: What matching must know
    /// Where its legal help counts; nil when not stated.
    public var jurisdictions: Set<CountryCode>?
    /// The genders of those who work there.
    public var staffGenders: Set<Gender>?
    /// Whether it must report what it hears to authorities (N9).
    public var mandatedReporter: Bool?
    /// The state whose consulate it is.
    public var consularOf: CountryCode?
    /// Places that conflict checks compare (F5).
    public var places: Set<PlaceID>
    /// Persons or groups that conflict checks compare (F5).
    public var linkedParties: Set<PartyID>
    /// The place is withheld (F6). The address itself is never in this type.
    public var confidentialLocation: Bool

    // MARK: How far it can be trusted
    /// Where the entry comes from.
    public var provenance: Provenance
    /// Nil: not verified by anyone yet.
    public var verification: Verification?
}

extension Service {
    /// A service of which only the necessary is known; set what a source states.
    public init(
        id: ServiceID,
        organization: OrganizationID,
        name: String,
        country: CountryCode,
        coverage: Coverage,
        status: ServiceStatus,
        offers: [Offer],
        provenance: Provenance
    ) {
        self.init(
            id: id,
            organization: organization,
            name: name,
            country: country,
            coverage: coverage,
            status: status,
            offers: offers,
            contacts: [],
            capacity: .unknown,
            places: [],
            linkedParties: [],
            confidentialLocation: false,
            provenance: provenance
        )
    }
}
