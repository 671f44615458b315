import DataFiles
import Foundation

/// What a service's entry has to fit into.
struct ServicePlace {
    let country: CountryCode
    let zones: [String]
    let organizations: [String]
    let taxonomy: TaxonomyFile
    private let known: Set<String>

    init(country: CountryCode, zones: [String], organizations: [String], taxonomy: TaxonomyFile) {
        self.country = country
        self.zones = zones
        self.organizations = organizations
        self.taxonomy = taxonomy
        known = Set(organizations)
    }

    /// Whether an organisation stands in the file.
    func holds(_ organization: String) -> Bool { known.contains(organization) }
}

extension Service {
    private static let keys = [
        "id", "organization", "name", "kind", "area", "coverage", "status", "offers", "contacts", "modes", "zone",
        "hours",
        "hours_as_stated", "closed_dates", "languages", "languages_as_stated", "interpreter", "ages", "audience",
        "genders",
        "child_specialised", "accessible", "cost", "capacity", "lead_hours", "intake", "requires", "jurisdictions",
        "staff_genders", "mandated_reporter", "consular_of", "places", "linked_parties", "confidential_location",
        "public_address", "note", "source", "source_date", "confidence", "conflicts", "checks", "also_in", "verified",
    ]

    /// Reads one item of `services`. Whatever is wrong is added to the problems; nil when what is left could mislead.
    init?(reading node: DataNode, in place: ServicePlace, _ problems: inout [DataProblem]) {
        guard let map = node.map("a service", keys: Self.keys, &problems) else { return nil }
        let before = problems.count
        let id = Self.id(map, place, &problems)
        let organization = Self.organization(map, place, &problems)
        let name = map.requiredText("name", &problems)
        var kind: ServiceKind?
        if map.required("kind", &problems) != nil { kind = map.choice("kind", &problems) }
        var status: ServiceStatus?
        if map.required("status", &problems) != nil { status = map.choice("status", &problems) }
        let offers = Self.offers(map, kind, place, &problems)
        let coverage = Self.coverage(map, place, &problems)
        let provenance = map.provenance(&problems)
        guard let id, let organization, let name, let kind, let status, let provenance else { return nil }

        self.init(
            id: id,
            organization: organization,
            name: name.text,
            country: place.country,
            coverage: coverage,
            status: status,
            offers: offers,
            provenance: provenance
        )
        self.kind = kind
        area = map.text("area", &problems)?.text
        contacts = map.list("contacts", &problems).compactMap { Contact(reading: $0, &problems) }
        note = map.text("note", &problems)?.text
        readAudience(map, &problems)
        readAccess(map, place, &problems)
        readMatching(map, &problems)
        verification = map.verification(&problems)
        // An entry with a problem is not shown: the line that is wrong may be the one that somebody dials.
        if problems.count > before { return nil }
    }

    private mutating func readAudience(_ map: DataMap, _ problems: inout [DataProblem]) {
        ages = AgeRange(reading: map, &problems)
        audience = map.text("audience", &problems)?.text
        let genders: [Gender]? = map.choices("genders", &problems)
        self.genders = genders.map { Set($0) }
        childSpecialised = map.yesOrNo("child_specialised", &problems)
        languages = map.texts("languages", &problems)?.compactMap { LanguageTag(reading: $0, &problems) }
        languagesAsStated = map.text("languages_as_stated", &problems)?.text
        interpreter = map.yesOrNo("interpreter", &problems)
        accessible = map.texts("accessible", &problems).map { Set($0.map { AccessFeature($0.text) }) }
    }

    private mutating func readAccess(_ map: DataMap, _ place: ServicePlace, _ problems: inout [DataProblem]) {
        modes = map.choices("modes", &problems)
        hours = OpeningHours(reading: map, zones: place.zones, &problems)
        hoursAsStated = map.text("hours_as_stated", &problems)?.text ?? map["hours"].flatMap(Self.bareText)
        leadHours = map.hours("lead_hours", &problems).map(Double.init)
        let intake: [FirstContactRoute]? = map.choices("intake", &problems)
        self.intake = intake.map { Set($0) }
        let requires: [Prerequisite]? = map.choices("requires", &problems)
        self.requires = requires.map { Set($0) }
        cost = map.choice("cost", &problems)
        capacity = map.choice("capacity", &problems) ?? .unknown
        confidentialLocation = map.yesOrNo("confidential_location", &problems) ?? false
        publicAddress = map.text("public_address", &problems)?.text
        let isShelter = kind == .shelter && offers.contains { $0.code.text == "SOC-SHELTER" }
        if let address = map["public_address"], isShelter || confidentialLocation {
            problems.append(
                DataProblem(
                    at: address.place,
                    what: "the place of a shelter or a confidential service is written down",
                    write: "no address: remove the line"
                )
            )
        }
    }

    private mutating func readMatching(_ map: DataMap, _ problems: inout [DataProblem]) {
        jurisdictions = map.countries("jurisdictions", &problems)
        let staff: [Gender]? = map.choices("staff_genders", &problems)
        staffGenders = staff.map { Set($0) }
        mandatedReporter = map.yesOrNo("mandated_reporter", &problems)
        if let text = map.text("consular_of", &problems) {
            consularOf = CountryCode(text.text)
            if consularOf?.text != text.text {
                problems.append(
                    DataProblem(at: text.place, what: "'\(text.text)' is no country code", write: "two letters: LK")
                )
            }
        }
        places = Set((map.texts("places", &problems) ?? []).map { PlaceID($0.text) })
        linkedParties = Set((map.texts("linked_parties", &problems) ?? []).map { PartyID($0.text) })
    }

    private static func bareText(_ node: DataNode) -> String? {
        if case .text(let text) = node.content { text } else { nil }
    }
}

// The fields that name and place a service.
extension Service {
    private static func id(_ map: DataMap, _ place: ServicePlace, _ problems: inout [DataProblem]) -> ServiceID? {
        guard let text = map.requiredText("id", &problems) else { return nil }
        let prefix = place.country.text.lowercased() + "-"
        if NumberText.isSlug(text.text), text.text.hasPrefix(prefix) { return ServiceID(text.text) }
        problems.append(
            DataProblem(
                at: text.place,
                what: "the id '\(text.text)' is malformed",
                write: "'\(prefix)' and words of small letters and digits joined by hyphens"
            )
        )
        return nil
    }

    private static func organization(
        _ map: DataMap,
        _ place: ServicePlace,
        _ problems: inout [DataProblem]
    ) -> OrganizationID? {
        guard let text = map.requiredText("organization", &problems) else { return nil }
        if place.holds(text.text) { return OrganizationID(text.text) }
        let nearest = Spelling.nearest(to: text.text, among: place.organizations).map { "'\($0)'" }
        problems.append(
            DataProblem(
                at: text.place,
                what: "no organisation '\(text.text)' in this file",
                write: nearest ?? "it under 'organizations'"
            )
        )
        return nil
    }

    private static func offers(
        _ map: DataMap,
        _ kind: ServiceKind?,
        _ place: ServicePlace,
        _ problems: inout [DataProblem]
    ) -> [Offer] {
        guard let node = map.required("offers", &problems) else { return [] }
        if case .text("none") = node.content { return [] }
        guard let texts = node.texts("'offers'", &problems) else { return [] }
        let known = place.taxonomy.taxonomy.types.map(\.code.text)
        var offers: [Offer] = []
        for text in texts {
            guard let offer = Offer(reading: text, known: known, &problems) else { continue }
            if offers.contains(where: { $0.code == offer.code }) {
                problems.append(
                    DataProblem(at: text.place, what: "'\(offer.code)' stands twice in 'offers'", write: "it once")
                )
            } else if let kind, let rule = place.taxonomy.kinds[kind], !rule.allows(offer.code) {
                let allowed = (rule.usual + rule.may).map(\.text).joined(separator: ", ")
                problems.append(
                    DataProblem(
                        at: text.place,
                        what: "a \(kind.rawValue) does not offer '\(offer.code)'",
                        write: allowed.isEmpty ? "'offers: none'" : "another kind, or one of \(allowed)"
                    )
                )
            } else {
                offers.append(offer)
            }
        }
        return offers
    }

    private static func coverage(
        _ map: DataMap,
        _ place: ServicePlace,
        _ problems: inout [DataProblem]
    ) -> Coverage {
        guard let node = map["coverage"] else { return .countries([place.country]) }
        if case .text("worldwide") = node.content { return .worldwide }
        if case .text = node.content {
            problems.append(
                DataProblem(
                    at: node.place,
                    what: "'coverage' is neither worldwide nor a list",
                    write: "worldwide, or the countries as [LK, IN]"
                )
            )
            return .countries([place.country])
        }
        return .countries(map.countries("coverage", &problems) ?? [place.country])
    }
}
