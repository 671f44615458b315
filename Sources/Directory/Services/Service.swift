/// One service of an organisation as the directory knows it. Nil means "no source states it"; it never means no, and
/// never excludes anybody (DECISIONS 1).
public struct Service: Hashable, Sendable, Identifiable {
    // MARK: What it is
    public var id: ServiceID
    public var organization: OrganizationID
    public var name: String
    /// Where it is.
    public var country: CountryCode
    /// Where a person may be to use it.
    public var coverage: Coverage
    /// A part of the country it is limited to, in words; nil when no limit is stated.
    public var area: String?
    public var status: ServiceStatus
    public var offers: [Offer]
    /// Numbers first, in the order to try them.
    public var contacts: [Contact]
    /// A remark for the person who reads the entry out, in our own words.
    public var note: String?

    // MARK: Whom it serves
    public var ages: AgeRange?
    /// Whom the source names when it gives no ages (`children and families`), in words.
    public var audience: String?
    public var genders: Set<Gender>?
    public var languages: [LanguageTag]?
    public var interpreter: Bool?
    public var accessible: Set<AccessFeature>?
    public var childSpecialised: Bool?

    // MARK: How it is reached
    /// In the order the service names them.
    public var modes: [ContactMode]?
    public var hours: OpeningHours?
    /// What the source prints of the hours, to be read out; kept beside ``hours`` because not every wording can be
    /// turned into slots.
    public var hoursAsStated: String?
    /// Hours from first opening to the start of the service; nil when not stated.
    public var leadHours: Double?
    public var intake: Set<FirstContactRoute>?
    public var requires: Set<Prerequisite>?
    public var cost: Cost?
    public var capacity: Capacity

    // MARK: What matching must know
    /// Where its legal help counts; nil when not stated.
    public var jurisdictions: Set<CountryCode>?
    public var staffGenders: Set<Gender>?
    public var mandatedReporter: Bool?
    public var consularOf: CountryCode?
    public var places: Set<PlaceID>
    public var linkedParties: Set<PartyID>
    /// The place is withheld (F6). The address itself is never in this type.
    public var confidentialLocation: Bool

    // MARK: How far it can be trusted
    public var provenance: Provenance
    /// Nil: not verified by anyone yet.
    public var verification: Verification?

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
        self.id = id
        self.organization = organization
        self.name = name
        self.country = country
        self.coverage = coverage
        self.area = nil
        self.status = status
        self.offers = offers
        self.contacts = []
        self.note = nil
        self.ages = nil
        self.audience = nil
        self.genders = nil
        self.languages = nil
        self.interpreter = nil
        self.accessible = nil
        self.childSpecialised = nil
        self.modes = nil
        self.hours = nil
        self.hoursAsStated = nil
        self.leadHours = nil
        self.intake = nil
        self.requires = nil
        self.cost = nil
        self.capacity = .unknown
        self.jurisdictions = nil
        self.staffGenders = nil
        self.mandatedReporter = nil
        self.consularOf = nil
        self.places = []
        self.linkedParties = []
        self.confidentialLocation = false
        self.provenance = provenance
        self.verification = nil
    }
}
