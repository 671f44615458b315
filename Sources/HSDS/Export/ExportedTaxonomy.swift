public import Directory

/// The taxonomy as HSDS gives it out: our service types, and the words that say how a service can be reached.
public struct ExportedTaxonomy: Sendable {
    /// The taxonomies, in their order.
    public let taxonomies: [JSONObject]
    /// The terms, in their order.
    public let terms: [JSONObject]
    private let byCode: [ServiceCode: JSONObject]

    /// The id of the taxonomy of service types.
    public static let servicesID = NamedUUID.text(of: "taxonomy\u{1F}services")
    private static let accessID = NamedUUID.text(of: "taxonomy\u{1F}access")
    /// A service whose place is withheld.
    static let withheldTerm: JSONObject = [
        "id": .text(NamedUUID.text(of: "term\u{1F}address withheld")), "code": "address-withheld",
        "name": "address withheld; contact first",
        "description": "Where it is is not published. Call or write before anybody goes there.",
        "taxonomy": .text(accessName), "taxonomy_id": .text(accessID), "language": "en",
    ]
    private static let servicesName = "Leeward service types"
    private static let accessName = "Leeward access"

    /// The types of a directory, sectors on top.
    public init(_ taxonomy: Taxonomy) {
        taxonomies = [
            [
                "id": .text(Self.servicesID), "name": .text(Self.servicesName),
                "description": "What survivors of sexual exploitation need, in four sectors.", "version": "1",
            ],
            [
                "id": .text(Self.accessID), "name": .text(Self.accessName),
                "description": "How a service is reached where its address is not enough or not given.", "version": "1",
            ],
        ]
        var terms: [JSONObject] = []
        for sector in Sector.allCases {
            let name = taxonomy.label(of: sector, in: [.english]).text
            terms.append([
                "id": .text(Self.id(of: sector)), "code": .text(sector.rawValue), "name": .text(name),
                "description": .text(name), "taxonomy": .text(Self.servicesName), "language": "en",
                "taxonomy_id": .text(Self.servicesID),
            ])
        }
        var byCode: [ServiceCode: JSONObject] = [:]
        for type in taxonomy.types {
            let term: JSONObject = [
                "id": .text(ExportedID.of(type.code)), "code": .text(type.code.text),
                "name": .text(type.label(in: [.english]).text), "description": .text(type.definition),
                "parent_id": .text(Self.id(of: type.code.sector)), "taxonomy": .text(Self.servicesName),
                "language": "en", "taxonomy_id": .text(Self.servicesID),
            ]
            terms.append(term)
            byCode[type.code] = term
        }
        terms.append(Self.withheldTerm)
        self.terms = terms
        self.byCode = byCode
    }

    /// The term of a service type; nil for a code that the taxonomy does not know.
    func term(_ code: ServiceCode) -> JSONObject? { byCode[code] }

    private static func id(of sector: Sector) -> String { NamedUUID.text(of: "sector\u{1F}\(sector.rawValue)") }
}
