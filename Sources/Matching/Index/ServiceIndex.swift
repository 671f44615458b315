public import Directory

/// The services of a directory made ready for matching: built once when the directory is loaded, then shared by every
/// match. Sorted by identifier (UTF-8 bytes), so that results do not depend on the order of the files.
public struct ServiceIndex: Sendable {
    /// One offer with its code by number.
    struct IndexedOffer: Hashable {
        let code: UInt32
        let windowHours: Int?
    }

    /// All services, sorted by identifier.
    public let services: [Service]
    let rows: [ServiceRow]
    let codes: [ServiceCode]
    /// The different lists of offers, one after another.
    let offers: [IndexedOffer]
    /// Where each list begins in ``offers``, and at last where they end.
    let offerStarts: [Int]
    let organizations: [OrganizationID: UInt32]
    let countries: [CountryCode]
    let coverages: [Coverage]
    let jurisdictions: [Set<CountryCode>?]
    let languages: [[LanguageTag]?]
    let accessible: [Set<AccessFeature>?]
    /// The different sets of places that hold a place, by number; and how many sets there are.
    let placeHolders: [PlaceID: [UInt32]]
    let placeSets: Int
    let partyHolders: [PartyID: [UInt32]]
    let partySets: Int
    let consulates: [CountryCode?]
    let openings: OpeningTable
    /// The identifiers of ``services``, apart so that naming an excluded service does not touch all of it.
    let ids: [ServiceID]
    private let rowByID: [ServiceID: Int32]

    /// Makes services ready for matching.
    ///
    /// - Throws: `MatchingError.serviceListedTwice` when two have the same identifier.
    public init(_ services: some Sequence<Service>) throws(MatchingError) {
        let sorted = services.sorted { $0.id.text.utf8.lexicographicallyPrecedes($1.id.text.utf8) }
        var maker = RowMaker()
        var rows: [ServiceRow] = []
        rows.reserveCapacity(sorted.count)
        var rowByID = [ServiceID: Int32](minimumCapacity: sorted.count)
        for (number, service) in sorted.enumerated() {
            guard rowByID.updateValue(Int32(number), forKey: service.id) == nil else {
                throw .serviceListedTwice(service.id)
            }
            rows.append(maker.row(for: service))
        }
        self.services = sorted
        self.rows = rows
        self.rowByID = rowByID
        self.codes = maker.codes.values
        self.offers = maker.offers.values.flatMap(\.self)
        self.offerStarts = maker.offers.values.reduce(into: [0]) { starts, list in
            starts.append((starts.last ?? 0) + list.count)
        }
        self.organizations = maker.organizations.numbers
        self.countries = maker.countries.values
        self.coverages = maker.coverages.values
        self.jurisdictions = maker.jurisdictions.values
        self.languages = maker.languages.values
        self.accessible = maker.accessible.values
        self.placeHolders = Self.holders(maker.places.values)
        self.placeSets = maker.places.values.count
        self.partyHolders = Self.holders(maker.parties.values)
        self.partySets = maker.parties.values.count
        self.consulates = maker.consulates.values
        self.openings = maker.openings
        self.ids = sorted.map(\.id)
    }

    /// The service of that identifier.
    public func service(_ id: ServiceID) -> Service? { row(of: id).map { services[$0] } }

    /// The numbers of the sets that hold each member.
    private static func holders<Member>(_ sets: [Set<Member>]) -> [Member: [UInt32]] {
        var holders: [Member: [UInt32]] = [:]
        for (number, set) in sets.enumerated() {
            for member in set { holders[member, default: []].append(UInt32(number)) }
        }
        return holders
    }

    func row(of id: ServiceID) -> Int? { rowByID[id].map(Int.init) }
}

/// Turns services into rows and collects what they share.
private struct RowMaker {
    var codes = Interner<ServiceCode>()
    var offers = Interner<[ServiceIndex.IndexedOffer]>()
    var organizations = Interner<OrganizationID>()
    var countries = Interner<CountryCode>()
    var coverages = Interner<Coverage>()
    var jurisdictions = Interner<Set<CountryCode>?>()
    var languages = Interner<[LanguageTag]?>()
    var accessible = Interner<Set<AccessFeature>?>()
    var places = Interner<Set<PlaceID>>()
    var parties = Interner<Set<PartyID>>()
    var consulates = Interner<CountryCode?>()
    var openings = OpeningTable()
    private var hours = Interner<OpeningHours>()

    mutating func row(for service: Service) -> ServiceRow {
        let offered = service.offers.map { offer in
            ServiceIndex.IndexedOffer(code: codes.number(of: offer.code), windowHours: offer.windowHours)
        }
        return ServiceRow(
            offers: offers.number(of: offered),
            organization: organizations.number(of: service.organization),
            country: countries.number(of: service.country),
            coverage: coverages.number(of: service.coverage),
            jurisdictions: jurisdictions.number(of: service.jurisdictions),
            languages: languages.number(of: service.languages),
            accessible: accessible.number(of: service.accessible),
            places: places.number(of: service.places),
            parties: parties.number(of: service.linkedParties),
            consulate: consulates.number(of: service.consularOf),
            hours: plan(for: service.hours),
            verifiedDay: service.verification.map { Int32($0.on.daysSince1970) } ?? ServiceRow.none,
            lead: service.leadHours.flatMap(Milliseconds.fromHours) ?? -1,
            youngest: Int16(service.ages?.from ?? 0),
            oldest: Int16(service.ages?.through ?? 120),
            genders: ListedCodes(service.genders),
            staffGenders: ListedCodes(service.staffGenders),
            modes: ListedCodes(service.modes),
            firstMode: service.modes?.first,
            intake: ListedCodes(service.intake),
            requires: ListedCodes(service.requires),
            status: service.status,
            capacity: service.capacity,
            cost: service.cost,
            interpreter: service.interpreter,
            childSpecialised: service.childSpecialised,
            mandatedReporter: service.mandatedReporter,
            confidentialLocation: service.confidentialLocation,
            statesAges: service.ages != nil
        )
    }

    private mutating func plan(for stated: OpeningHours?) -> Int32 {
        guard let stated else { return ServiceRow.none }
        let number = hours.number(of: stated)
        if Int(number) == openings.plans.count { openings.append(stated) }
        return Int32(number)
    }
}
