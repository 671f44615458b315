/// The whole directory in memory, unchangeable: what a look-up, a match and a country's page read.
public struct ServiceDirectory: Sendable {
    /// The service types.
    public let taxonomy: Taxonomy
    /// What entries of each kind may offer.
    public let kinds: [ServiceKind: KindRule]
    /// Where to send people when a country has nothing, in the order to name them.
    public let fallbacks: [WorldwideFallback]
    /// The countries by code.
    public let countries: [CountryCode: Country]
    /// The organisations by id.
    public let organizations: [OrganizationID: Organization]
    /// Every service in the order of the files, hidden ones included.
    public let services: [Service]

    private let byID: [ServiceID: Int]
    private let byCountry: [CountryCode: [Int]]
    private let worldwide: [Int]

    init(_ builder: Builder) {
        taxonomy = builder.taxonomy
        kinds = builder.kinds
        fallbacks = builder.fallbacks
        countries = builder.countries
        organizations = builder.organizations
        services = builder.services
        var byID: [ServiceID: Int] = [:]
        byID.reserveCapacity(services.count)
        var byCountry: [CountryCode: [Int]] = [:]
        var worldwide: [Int] = []
        for index in services.indices {
            byID[services[index].id] = index
            switch services[index].coverage {
            case .worldwide: worldwide.append(index)
            case .countries(let countries): for country in countries { byCountry[country, default: []].append(index) }
            }
        }
        self.byID = byID
        self.byCountry = byCountry
        self.worldwide = worldwide
    }

    /// Whether no two services have the same id, as the files' reader and ``Builder`` see to.
    var idsAreUnique: Bool { byID.count == services.count }

    /// The service of an id.
    public func service(_ id: ServiceID) -> Service? { byID[id].map { services[$0] } }

    /// Services that somebody in a country can use, those of worldwide coverage last; hidden ones included.
    public func services(in country: CountryCode) -> [Service] {
        ((byCountry[country] ?? []) + worldwide).map { services[$0] }
    }

    /// Services that somebody in a country can use and that offer a type; hidden ones included.
    public func services(offering code: ServiceCode, in country: CountryCode) -> [Service] {
        services(in: country).filter { $0.offers(code) }
    }

    /// What somebody who works in a country looks at first; nil for a country without a file.
    public func page(_ code: CountryCode) -> CountryPage? {
        guard let country = countries[code] else { return nil }
        let all = services(in: code)
        let shown = all.filter { $0.mayBeShown }
        func kind(_ kind: ServiceKind) -> [Service] { shown.filter { $0.kind == kind } }
        let named: Set<ServiceKind> = [.childHelpline, .imageHotline, .legal, .refugeeHelp]
        return CountryPage(
            country: country,
            childLines: kind(.childHelpline),
            imageReports: kind(.imageHotline),
            legalAid: kind(.legal),
            refugeeHelp: kind(.refugeeHelp),
            others: shown.filter { service in !named.contains { $0 == service.kind } },
            withheld: all.count - shown.count
        )
    }
}

extension Service {
    /// Whether it offers a type.
    public func offers(_ code: ServiceCode) -> Bool { offers.contains { $0.code == code } }

    /// Whether it may be shown: somebody has verified it, or its source is more than weak (DECISIONS 2).
    public var mayBeShown: Bool { provenance.confidence > .low || verification != nil }
}
