import Directory

/// One entry as a service of HSDS: what its source said, where it was imported, with the entry laid over it, since people
/// correct the entry.
struct ExportedService {
    private(set) var record: JSONObject
    private let service: Service
    private let id: String

    init(_ service: Service, kept: JSONObject?, in directory: ServiceDirectory, _ taxonomy: ExportedTaxonomy) {
        self.service = service
        id = ExportedID.of(service.id)
        record = kept ?? JSONObject()
        if service.confidentialLocation { record = Places.withoutPlace(record) }
        record["id"] = .text(id)
        record["organization_id"] = .text(ExportedID.of(service.organization))
        record["name"] = .text(service.name)
        record["status"] = .text(service.status.rawValue.split(separator: "_").joined(separator: " "))
        if record["description"] == nil, let note = service.note { record["description"] = .text(note) }
        layAudience()
        layContacts()
        layHours()
        layLanguages()
        layCost()
        layPlace(directory)
        layTerms(taxonomy)
        ProfileFields.add(service, to: &record)
        record = Conforming.service(record)
    }

    private func part(_ name: String) -> JSONValue { .text(ExportedID.part(id, name)) }

    private mutating func layAudience() {
        if let audience = service.audience, record["eligibility_description"] == nil, record["audience"] == nil {
            record["eligibility_description"] = .text(audience)
        }
        guard let ages = service.ages else { return }
        let stated = [record.text("minimum_age") ?? "0", record.text("maximum_age") ?? "120"].map(Double.init)
        if stated == [Double(ages.from), Double(ages.through)] { return }
        record["minimum_age"] = .number(String(ages.from))
        record["maximum_age"] = ages.through == 120 ? nil : .number(String(ages.through))
    }

    // MARK: Contacts

    /// A number that a person took out of the entry goes out no more, wherever its source had it; one that only the entry
    /// has is added.
    private mutating func layContacts() {
        let wanted = Set(service.contacts.filter(\.kind.isNumber).map { EntryDraft.number($0.value) })
        var present: Set<String> = []
        record = Self.pruned(record, keeping: wanted, &present)
        var phones = record["phones"]?.list ?? []
        for contact in service.contacts where contact.kind.isNumber && !present.contains(EntryDraft.number(contact.value)) {
            var phone: JSONObject = [
                "id": part("\(contact.kind.rawValue) \(contact.value)"), "number": .text(contact.value),
                "type": contact.kind == .phone ? "voice" : "text",
            ]
            let words = [contact.kind == .whatsapp ? "WhatsApp" : nil, contact.reaches].compactMap(\.self)
            if !words.isEmpty { phone["description"] = .text(words.joined(separator: ", ")) }
            phones.append(.object(phone))
        }
        if !phones.isEmpty { record["phones"] = .list(phones) }
        lay(.web, over: "url")
        lay(.email, over: "email")
    }

    private mutating func lay(_ kind: Contact.Kind, over property: String) {
        let values = service.contacts.filter { $0.kind == kind }.map(\.value)
        if let stated = record.text(property), values.contains(where: { $0.hasSuffix(stated) }) { return }
        // What the entry no longer holds is not given out; an import always carries what it can read.
        record[property] = values.first.map { .text($0) }
    }

    private static func pruned(_ object: JSONObject, keeping wanted: Set<String>, _ present: inout Set<String>) -> JSONObject {
        var pruned = object
        for member in object.members where member.key != "organization" {
            if member.key == "phones", let phones = member.value.list {
                var left: [JSONValue] = []
                for phone in phones {
                    let number = phone.object?.text("number").map(EntryDraft.number) ?? ""
                    let type = phone.object?.text("type")?.lowercased() ?? "voice"
                    let isCarried = NumberText.isNumber(number) && !type.hasPrefix("fax") && type != "pager"
                    if isCarried, !wanted.contains(number) { continue }
                    present.insert(number)
                    left.append(phone)
                }
                pruned["phones"] = left.isEmpty && !phones.isEmpty ? nil : .list(left)
            } else if member.key == "contacts" {
                // Numbers of persons are never in an entry, and stay with their person.
                continue
            } else if let inner = member.value.object {
                pruned[member.key] = .object(Self.pruned(inner, keeping: wanted, &present))
            } else if let items = member.value.list {
                pruned[member.key] = .list(
                    items.map { item in
                        guard let inner = item.object else { return item }
                        return .object(Self.pruned(inner, keeping: wanted, &present))
                    }
                )
            }
        }
        return pruned
    }

    // MARK: Hours, languages, cost

    private mutating func layHours() {
        guard let hours = service.hours else {
            let stated = record.objects("schedules") + record.objects("service_at_locations").flatMap { link in
                link.objects("schedules") + (link["location"]?.object?.objects("schedules") ?? [])
            }
            if let words = service.hoursAsStated, stated.isEmpty {
                record["schedules"] = .list([.object(["id": part("hours"), "description": .text(words)])])
            }
            return
        }
        let slots = hours.always
            ? [OpeningHours.Slot(days: Set(OpeningHours.Weekday.allCases), open: 0, close: 1439)] : hours.weekly
        let made = slots.enumerated().map { index, slot in
            var schedule: JSONObject = ["id": part("hours \(index)"), "freq": "WEEKLY"]
            let codes = slot.days.sorted().map { $0.rawValue.uppercased().prefix(2) }
            schedule["byday"] = .text(codes.joined(separator: ","))
            schedule["opens_at"] = .text(Self.time(slot.open))
            schedule["closes_at"] = .text(Self.time(slot.close == 1440 ? 1439 : slot.close))
            if index == 0, let words = service.hoursAsStated { schedule["description"] = .text(words) }
            return schedule
        }
        let all = [record.objects("schedules")]
            + [record.objects("service_at_locations").flatMap { $0.objects("schedules") }]
            + [record.objects("service_at_locations").flatMap { $0["location"]?.object?.objects("schedules") ?? [] }]
        let stated = all.first { !$0.isEmpty } ?? []
        if !stated.isEmpty, ScheduleText.hours(stated) == ScheduleText.hours(made) { return }
        record["schedules"] = .list(made.map { .object($0) })
    }

    private static func time(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    private mutating func layLanguages() {
        guard let tags = service.languages else {
            if let words = service.languagesAsStated, record.objects("languages").isEmpty {
                record["languages"] = .list([.object(["id": part("languages"), "name": .text(words)])])
            }
            return
        }
        let stated = record.objects("languages").compactMap { item in
            item.text("code").flatMap(LanguageNames.tag) ?? item.text("name").flatMap(LanguageNames.tag)
        }
        if Set(stated) == Set(tags.map(\.text)) { return }
        var items = tags.map { JSONValue.object(["id": part("language \($0.text)"), "code": .text($0.text)]) }
        if let words = service.languagesAsStated {
            items.append(.object(["id": part("languages"), "name": .text(words)]))
        }
        record["languages"] = .list(items)
    }

    private mutating func layCost() {
        let hasWords = ["fees", "fees_description", "cost_options"].contains { record[$0] != nil }
        guard let cost = service.cost, !hasWords else { return }
        switch cost {
        case .free:
            record["cost_options"] = .list([.object(["id": part("cost"), "option": "free of charge", "amount": .number("0")])])
        case .fee: record["fees_description"] = "A fee is charged."
        }
    }

    // MARK: Where it is

    /// Every service has a place of its own to be asked for by: where it is, where that is printed for the public, and a
    /// virtual one otherwise. A place that a person took out of the entry goes out no more.
    private mutating func layPlace(_ directory: ServiceDirectory) {
        if record.objects("service_areas").isEmpty {
            let names: [String] =
                switch service.coverage {
                case _ where service.area != nil: [service.area ?? ""]
                case .worldwide: ["worldwide"]
                case .countries(let codes): codes.sorted().map { directory.countries[$0]?.name ?? $0.text }
                }
            record["service_areas"] = .list(names.map { .object(["id": part("area \($0)"), "name": .text($0)]) })
        }
        let stated = Places.address(of: record)
        if stated != nil, stated.map(Self.line) == service.publicAddress.map(Self.line) { return }
        if stated == nil, service.publicAddress == nil, !service.confidentialLocation,
            !record.objects("service_at_locations").isEmpty
        {
            return
        }
        var location: JSONObject = ["id": part("location"), "location_type": "virtual"]
        if let address = service.publicAddress, !service.confidentialLocation {
            location["location_type"] = "physical"
            // One line as printed: HSDS has no address without a town, a region and a post code.
            location["description"] = .text(address)
        }
        if let features = service.accessible, !features.isEmpty, !service.confidentialLocation {
            location["accessibility"] = .list(
                features.sorted().map { .object(["id": part("access \($0.text)"), "description": .text($0.text)]) }
            )
        }
        let link: JSONObject = [
            "id": .text(ExportedID.part(id, "service_at_location")), "service_id": .text(id),
            "location_id": part("location"), "location": .object(location),
        ]
        record["service_at_locations"] = .list([.object(link)])
    }

    private static func line(_ text: String) -> String { String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(150)) }

    private mutating func layTerms(_ taxonomy: ExportedTaxonomy) {
        var attributes = record["attributes"]?.list ?? []
        let present = Set(attributes.compactMap { $0.object?.text("taxonomy_term_id") })
        var terms = service.offers.compactMap { taxonomy.term($0.code) }
        if service.confidentialLocation { terms.append(ExportedTaxonomy.withheldTerm) }
        for term in terms {
            guard let termID = term.text("id"), !present.contains(termID) else { continue }
            attributes.append(
                .object([
                    "id": part("term \(termID)"), "link_id": .text(id), "link_entity": "service",
                    "taxonomy_term_id": .text(termID), "taxonomy_term": .object(term),
                ])
            )
        }
        if !attributes.isEmpty { record["attributes"] = .list(attributes) }
    }
}
