import DataFiles
import Directory
import Foundation
import Testing

/// What ships in Directory/ keeps its promises.
struct DirectoryDataTests {
    private let directory = ShippedDirectory.directory
    private let now = Date(timeIntervalSince1970: 1_795_312_800)

    @Test func `no file has a problem`() {
        #expect(ShippedDirectory.reading.problems.map(\.description) == [])
        #expect(ShippedDirectory.reading.files == 245)
    }

    @Test func `there are 243 countries and territories, each with a name, a zone and an emergency number`() {
        #expect(directory.countries.count == 243)
        for country in ShippedDirectory.countries {
            #expect(!country.name.isEmpty, "\(country.code)")
            #expect(!country.zones.isEmpty, "\(country.code)")
            #expect(!country.emergency.lines.isEmpty, "\(country.code)")
            #expect(!country.emergency.provenance.source.isEmpty, "\(country.code)")
        }
        #expect(Set(ShippedDirectory.countries.map(\.name)).count == 243)
    }

    @Test func `the taxonomy has 45 types with labels, a way near and a way on`() {
        let types = directory.taxonomy.types
        #expect(types.count == 45)
        #expect(Set(types.map(\.code.sector)) == Set(Sector.allCases))
        for type in types {
            #expect(type.labels.keys.contains { $0.text == "en" }, "\(type.code)")
            #expect(!type.nearest.isEmpty && !type.nearest.contains(type.code), "\(type.code)")
            #expect(directory.fallbacks.contains { $0.helps(with: type.code) }, "\(type.code)")
        }
    }

    @Test(arguments: ["en", "fr", "es", "ru"])
    func `every type and sector has a label of its own in every language`(language: String) throws {
        let tag = try #require(LanguageTag(language))
        let types = directory.taxonomy.types.map(\.wording)
        let sectors = try Sector.allCases.map { try #require(directory.taxonomy.sectors[$0]) }
        for wordings in [types, sectors] {
            let labels = wordings.compactMap { $0.texts[tag] }
            #expect(labels.count == wordings.count)
            #expect(Set(labels).count == labels.count)
            for label in labels {
                #expect(label == label.trimmingCharacters(in: .whitespacesAndNewlines))
                #expect(label.first?.isUppercase == true, "\(label)")
                let isCyrillic = label.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
                #expect(isCyrillic == (language == "ru"), "\(label)")
            }
        }
        #expect(directory.taxonomy.types.allSatisfy { $0.label(in: [tag]).language == tag })
    }

    @Test func `nobody has reviewed a translation, and no label claims it`() {
        for wording in directory.taxonomy.types.map(\.wording) + Array(directory.taxonomy.sectors.values) {
            #expect(wording.reviewed == [.english])
        }
    }

    /// DOMAIN T5, with the words that stand for the same in the other languages.
    @Test func `no label uses a word that blames or sells a child`() {
        let avoided = [
            "prostitut", "porn", "sex work", "sex tour", "sextor", "client", "customer", "underage", "rescue",
            "illegal",
            "prostitué", "tourisme sexuel", "travail du sexe", "sauvetage", "clandestin", "illégal", "viol ",
            "trabajo sexual", "turismo sexual", "cliente", "rescate", "ilegal", "menores",
            "проститу", "порно", "секс-", "клиент", "спасени", "нелегал", "жертв", "малолет",
        ]
        for wording in directory.taxonomy.types.map(\.wording) + Array(directory.taxonomy.sectors.values) {
            for label in wording.texts.values {
                let found = avoided.filter { label.lowercased().contains($0) }
                #expect(found == [], "\(label)")
            }
        }
    }

    @Test func `no two services or organisations are alike`() {
        let services = directory.services
        #expect(Set(services.map(\.id)).count == services.count)
        #expect(directory.organizations.count > 1_000)
        for service in services { #expect(directory.organizations[service.organization] != nil, "\(service.id)") }
        var seen: Set<String> = []
        for service in services {
            let number = service.contacts.first?.value ?? ""
            let key =
                "\(service.country) \(service.kind?.rawValue ?? "") \(service.organization) \(service.name) \(number)"
            #expect(seen.insert(key).inserted, "\(service.id)")
        }
    }

    @Test func `every offer is one that its kind may make`() throws {
        for service in directory.services {
            let kind = try #require(service.kind)
            let rule = try #require(directory.kinds[kind])
            for offer in service.offers { #expect(rule.allows(offer.code), "\(service.id) \(offer.code)") }
        }
        #expect(directory.services.filter { $0.kind == .networkMember }.allSatisfy { $0.offers.isEmpty })
    }

    @Test func `nobody has verified an entry, and no entry claims it`() {
        #expect(directory.services.allSatisfy { $0.verification == nil })
        #expect(ShippedDirectory.countries.allSatisfy { $0.emergency.verification == nil })
    }

    @Test func `no shelter has an address`() {
        for service in directory.services where service.kind == .shelter && service.offers.contains(where: \.isShelter)
        {
            #expect(service.publicAddress == nil, "\(service.id)")
        }
    }

    @Test func `every zone is known here, and hours that can be computed open within two weeks`() {
        for country in ShippedDirectory.countries {
            for zone in country.zones { #expect(TimeZone(identifier: zone) != nil, "\(zone)") }
        }
        for service in directory.services {
            guard let hours = service.hours else { continue }
            #expect(hours.nextOpening(atOrAfter: now) != nil, "\(service.id)")
            #expect(service.hoursAsStated != nil, "\(service.id)")
        }
    }

    @Test func `wordings that are not exact are never computed`() {
        let vague = ["planned", "from 0", "in most", "office hours", "see ", "seven days", "eight hours", "on call"]
        for service in directory.services {
            guard let stated = service.hoursAsStated, vague.contains(where: stated.contains),
                stated != "24/7 (extended from office hours)"
            else { continue }
            #expect(service.hours == nil, "\(service.id): \(stated)")
        }
    }

    /// 243 countries, 45 needs, a child and an adult: 21,870 look-ups.
    @Test func `a look-up ends in every country for every need with a number or a way on`() {
        let needs = directory.taxonomy.types.map(\.code)
        var lookups = 0
        for country in ShippedDirectory.countries {
            for need in needs {
                for age in [14, 30] {
                    let query = LookupQuery(country: country.code, needs: [need], age: age, at: now)
                    guard let answer = directory.lookUp(query) else {
                        Issue.record("no answer for \(query)")
                        continue
                    }
                    lookups += 1
                    let reachable = answer.services.contains { !$0.service.contacts.isEmpty }
                    let isSound =
                        !answer.country.emergency.lines.isEmpty && answer.statements.count == 1
                        && (reachable || answer.endsWorldwide) && reachable == answer.fallbacks.isEmpty
                    if !isSound { Issue.record("\(query) leads nowhere") }
                    if let hidden = answer.firstHidden { Issue.record("\(query) shows \(hidden)") }
                }
            }
        }
        #expect(lookups == 243 * 45 * 2)
        print("look-ups that ended: \(lookups)")
    }

    @Test func `a child in Sri Lanka gets 1929 with hours, languages, source and date`() throws {
        let query = LookupQuery(
            country: try #require(CountryCode("LK")),
            needs: [try #require(ServiceCode("PSY-CRISIS"))],
            age: 14,
            at: now
        )
        let first = try #require(directory.lookUp(query)?.services.first)
        #expect(first.service.contacts.first?.value == "1929")
        #expect(first.service.contacts.first?.reach == .insideCountry)
        #expect(first.opening == .open(until: nil))
        #expect(first.service.languages?.map(\.text) == ["si", "ta", "en"])
        #expect(first.service.provenance.sourceDate == "2022-05-16")
        #expect(first.flags.contains(.notVerified))
    }

    @Test func `the line for people who commit violence is offered to nobody`() throws {
        let lines = directory.services.filter { $0.name.contains("Auteurs de Violences") }
        #expect(lines.count == 1)
        #expect(lines.allSatisfy { $0.offers.isEmpty })
    }
}

extension Offer {
    fileprivate var isShelter: Bool { code.text == "SOC-SHELTER" }
}

extension LookupAnswer {
    /// The last step of the first fallback names a place that leads on.
    fileprivate var endsWorldwide: Bool {
        if case .worldwide(let places) = fallbacks.first?.steps.last { !places.isEmpty } else { false }
    }

    /// A service that must not be shown, anywhere in the answer.
    fileprivate var firstHidden: ServiceID? {
        let onLadder = fallbacks.flatMap(\.steps).flatMap { step -> [FoundService] in
            switch step {
            case .nearby(_, let found), .sameSector(_, let found), .childLines(let found), .crisisLines(let found):
                found
            case .worldwide: []
            }
        }
        return (services + onLadder).first { $0.service.provenance.confidence == .low }?.service.id
    }
}
