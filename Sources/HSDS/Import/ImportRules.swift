public import Directory

/// What the person who imports says about a source.
public struct ImportRules: Sendable {
    /// How a quarantined service may be let in, by a person who looked at it.
    public enum Release: String, Sendable, CaseIterable {
        /// Without its place: no address, no coordinates, no contact persons, marked as confidential.
        case withoutPlace = "without_place"
        /// As it is: the sign was a false one. Never for a shelter with an address or a word that asks for secrecy.
        case asItIs = "as_it_is"
    }

    /// A slug that names the source in ids and file names: `harbour-city`.
    public let source: String
    /// The country that the services are in; a source is imported a country at a time.
    public let country: CountryCode
    /// The country's zones, which the hours are in.
    public let zones: [String]
    /// The zone of the source, where the country has several.
    public let zone: String?
    /// What to print as the source of each entry: an address or a title.
    public let citation: String
    /// How far the source is trusted. Low entries are hidden until a person has verified them.
    public let confidence: Provenance.Confidence
    /// What the source's words for a status mean, in lower case.
    public let status: [String: String]
    /// The service type for a term of the source, by its name in lower case.
    public let terms: [String: String]
    /// Services that a person has let in, by id.
    public let releases: [String: Release]
    /// The service types and kinds of the directory.
    public let taxonomy: Taxonomy
    let kinds: [ServiceKind: KindRule]

    /// The rules of one import.
    public init(
        source: String,
        country: CountryCode,
        zones: [String],
        zone: String?,
        citation: String,
        confidence: Provenance.Confidence,
        mapping: ColumnMapping?,
        releases: [String: Release],
        directory: ServiceDirectory
    ) {
        self.source = source
        self.country = country
        self.zones = zones
        self.zone = zone
        self.citation = citation
        self.confidence = confidence
        status = mapping?.status ?? [:]
        terms = mapping?.terms ?? [:]
        self.releases = releases
        taxonomy = directory.taxonomy
        kinds = directory.kinds
    }
}
