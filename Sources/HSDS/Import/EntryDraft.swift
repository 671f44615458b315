import DataFiles
import Directory

/// Turns a service of HSDS into an entry of a country file. Whatever cannot be said in an entry stays beside, in the record
/// that is kept; what was there and could not be understood is a remark.
struct EntryDraft {
    /// Something of a service that was not carried into its entry.
    enum Remark: String, Sendable, CaseIterable {
        case phoneNotDialable = "phone_not_dialable"
        case addressNotReadable = "web_or_email_not_readable"
        case agesNotWhole = "ages_not_whole_years"
        case hoursInWordsOnly = "hours_in_words_only"
        case languageInWordsOnly = "language_in_words_only"
        case termNotMapped = "term_not_mapped"
        case offerOutsideKind = "offer_outside_kind"
        case noContact = "no_contact"
        case organizationWithoutName = "organization_without_name"
    }

    private(set) var entry = CountryEntry()
    private(set) var remarks: Set<Remark> = []
    private let rules: ImportRules
    private let service: JSONObject
    private let organization: JSONObject
    private let isWithoutPlace: Bool

    init(service: JSONObject, organization: JSONObject, rules: ImportRules, isShelter: Bool, isWithoutPlace: Bool) {
        self.service = service
        self.organization = organization
        self.rules = rules
        self.isWithoutPlace = isWithoutPlace
        let prefix = rules.country.text.lowercased() + "-"
        set("id", prefix + (service.text("id") ?? ""))
        set("organization", prefix + (organization.text("id") ?? ""))
        set("name", Self.line(service.text("name") ?? ""))
        fillOffers(isShelter: isShelter)
        fillAudience()
        fillContacts()
        fillHours()
        fillLanguages()
        fillRest()
        let order = [
            "id", "organization", "name", "kind", "area", "status", "offers", "contacts", "zone", "hours",
            "hours_as_stated", "languages", "languages_as_stated", "ages", "audience", "accessible", "cost",
            "confidential_location", "public_address", "source", "source_date", "confidence",
        ]
        entry.fields.sort { (order.firstIndex(of: $0.key) ?? 99) < (order.firstIndex(of: $1.key) ?? 99) }
    }

    private mutating func set(_ key: String, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        entry[key] = .text(text)
    }

    /// A text on one line, as long as an entry can bear.
    private static func line(_ text: String, most: Int = 500) -> String {
        let words = text.split {
            $0.isWhitespace || $0.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control }
        }
        let line = words.joined(separator: " ")
        return line.count <= most ? line : String(line.prefix(most - 1)) + "…"
    }

    // MARK: What it is

    private mutating func fillOffers(isShelter: Bool) {
        var codes: [ServiceCode] = isShelter ? ServiceCode("SOC-SHELTER").map { [$0] } ?? [] : []
        for term in Self.terms(of: service) {
            guard let code = code(of: term) else {
                remarks.insert(.termNotMapped)
                continue
            }
            if !codes.contains(code) { codes.append(code) }
        }
        let kinds: [ServiceKind] = [.medical, .psychological, .legal, .shelter]
        var best: (kind: ServiceKind, allowed: [ServiceCode])?
        let candidates = isShelter ? [ServiceKind.shelter] : kinds
        for kind in candidates {
            let allowed = codes.filter { rules.kinds[kind]?.allows($0) ?? false }
            if !allowed.isEmpty, allowed.count > best?.allowed.count ?? 0 { best = (kind, allowed) }
        }
        if let best {
            set("kind", best.kind.rawValue)
            entry["offers"] = .list(best.allowed.map { .text($0.text) })
            if best.allowed.count < codes.count { remarks.insert(.offerOutsideKind) }
        } else {
            set("kind", ServiceKind.general.rawValue)
            set("offers", "none")
            if !codes.isEmpty { remarks.insert(.offerOutsideKind) }
        }
        set("status", Judgement.status(of: service, rules)?.rawValue)
    }

    /// The taxonomy terms of a service, its places included.
    static func terms(of service: JSONObject) -> [JSONObject] {
        let attributes =
            service.objects("attributes")
            + service.objects("service_at_locations").flatMap { $0.objects("attributes") }
        return attributes.compactMap { $0["taxonomy_term"]?.object }
    }

    /// The type of our taxonomy for a term: by the rules of the source, by its number in Open Eligibility, by its label.
    private func code(of term: JSONObject) -> ServiceCode? {
        let name = term.text("name")?.lowercased() ?? ""
        for key in [name, term.text("code")?.lowercased() ?? "", term.text("source_id")?.lowercased() ?? ""] {
            if let code = rules.terms[key], let known = ServiceCode(code), rules.taxonomy.type(known) != nil {
                return known
            }
        }
        let taxonomy = (term.text("taxonomy") ?? term["taxonomy_detail"]?.object?.text("name") ?? "").lowercased()
        if taxonomy.contains("open eligibility"), let number = term.text("code") {
            let known = rules.taxonomy.types.filter { $0.mappings["open_eligibility"] == number }
            if known.count == 1 { return known[0].code }
        }
        for text in [term.text("code"), term.text("name")].compactMap(\.self) {
            if let own = ServiceCode(text), rules.taxonomy.type(own) != nil { return own }
        }
        guard !name.isEmpty else { return nil }
        return rules.taxonomy.types.first { type in type.labels.values.contains { $0.lowercased() == name } }?.code
    }

    private mutating func fillAudience() {
        let words = service.text("eligibility_description") ?? service.text("audience")
        var audience = words.map { Self.line($0) }
        let bounds = ["minimum_age", "maximum_age"].map { service.text($0).flatMap(Double.init) }
        if bounds.contains(where: { $0 != nil }) {
            let from = bounds[0] ?? 0
            let through = bounds[1] ?? 120
            if from == from.rounded(), through == through.rounded(), 0 <= from, from <= through, through <= 150 {
                set("ages", "\(Int(min(from, 120)))-\(Int(min(through, 120)))")
            } else {
                remarks.insert(.agesNotWhole)
                let stated =
                    "ages as stated: \(service.text("minimum_age") ?? "…") to \(service.text("maximum_age") ?? "…")"
                audience = [audience, stated].compactMap(\.self).joined(separator: "; ")
            }
        }
        set("audience", audience)
    }

    // MARK: How it is reached

    private mutating func fillContacts() {
        var contacts: [CountryEntry.Value] = []
        var seen: Set<String> = []
        func add(_ kind: String, _ value: String, reaches: String? = nil) {
            guard seen.insert("\(kind) \(value)").inserted else { return }
            var fields = [CountryEntry.Field(key: kind, value: .text(value))]
            if let reaches, !reaches.isEmpty { fields.append(.init(key: "reaches", value: .text(reaches))) }
            contacts.append(.map(fields))
        }
        for phone in phones() {
            guard let number = phone.text("number").map(Self.number) else { continue }
            let type = phone.text("type")?.lowercased() ?? "voice"
            if type.hasPrefix("fax") || type == "pager" { continue }
            guard NumberText.isNumber(number) else {
                remarks.insert(.phoneNotDialable)
                continue
            }
            let parts = [
                phone.text("description").map { Self.line($0, most: 120) } ?? phone.text("department"),
                phone.text("extension").map { "extension \($0)" }, type == "voice" || type == "cell" ? nil : type,
            ]
            add(
                type == "sms" || type == "text" ? "sms" : "phone",
                number,
                reaches: parts.compactMap(\.self).joined(separator: ", ")
            )
        }
        for address in [service.text("url"), organization.text("website")].compactMap(\.self).prefix(1) {
            let web = address.lowercased().hasPrefix("www.") ? "http://" + address : address
            if NumberText.isWeb(web) { add("web", web) } else { remarks.insert(.addressNotReadable) }
        }
        if let email = service.text("email") ?? organization.text("email") {
            if NumberText.isEmail(email) { add("email", email) } else { remarks.insert(.addressNotReadable) }
        }
        if contacts.isEmpty { remarks.insert(.noContact) } else { entry["contacts"] = .list(contacts) }
    }

    /// Numbers of the service first, then of its places, then of its organisation; those of persons never.
    private func phones() -> [JSONObject] {
        let links = service.objects("service_at_locations")
        var phones = service.objects("phones") + links.flatMap { $0.objects("phones") }
        // A line that rings in the building says nothing of where it is, but it is not the line of a hidden service.
        if !isWithoutPlace { phones += links.flatMap { $0["location"]?.object?.objects("phones") ?? [] } }
        return phones.isEmpty ? organization.objects("phones") : phones
    }

    /// A number in ASCII digits, without quotes and words around it.
    static func number(_ text: String) -> String {
        var number = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue {
                number += String(Int(value))
            } else if scalar.value == 0x2010 || scalar.value == 0x2011 || scalar.value == 0x2013
                || scalar.value == 0x2212
            {
                number += "-"
            } else if scalar.value == 0xA0 || scalar.value == 0x202F {
                number += " "
            } else if scalar != "\"" {
                number.unicodeScalars.append(scalar)
            }
        }
        return number.trimmed
    }

    private mutating func fillHours() {
        let links = service.objects("service_at_locations")
        var schedules = service.objects("schedules")
        if schedules.isEmpty { schedules = links.flatMap { $0.objects("schedules") } }
        if schedules.isEmpty { schedules = links.flatMap { $0["location"]?.object?.objects("schedules") ?? [] } }
        guard !schedules.isEmpty else { return }
        let stated = ScheduleText.words(schedules)
        set("hours_as_stated", stated.map { Self.line($0) })
        let zone = rules.zone ?? (rules.zones.count == 1 ? rules.zones.first : nil)
        guard let hours = ScheduleText.hours(schedules), HoursText.isReadable(hours), zone != nil || hours == "24/7"
        else {
            remarks.insert(.hoursInWordsOnly)
            if stated == nil { set("hours_as_stated", ScheduleText.hours(schedules)) }
            return
        }
        set("hours", hours)
        if rules.zones.count != 1 { set("zone", zone) }
    }

    private mutating func fillLanguages() {
        var tags: [String] = []
        var words: [String] = []
        for language in service.objects("languages") {
            if let tag = language.text("code").flatMap(LanguageNames.tag)
                ?? language.text("name").flatMap(LanguageNames.tag)
            {
                if !tags.contains(tag) { tags.append(tag) }
            } else if let name = language.text("name") ?? language.text("code"), !words.contains(name) {
                words.append(Self.line(name, most: 80))
                remarks.insert(.languageInWordsOnly)
            }
        }
        if !tags.isEmpty { entry["languages"] = .list(tags.map { .text($0) }) }
        if !words.isEmpty { set("languages_as_stated", words.joined(separator: ", ")) }
    }

    private mutating func fillRest() {
        let areas = service.objects("service_areas").compactMap { $0.text("name") ?? $0.text("service_area") }
        if !areas.isEmpty { set("area", Self.line(areas.joined(separator: "; "), most: 160)) }
        set("cost", cost())
        if isWithoutPlace {
            set("confidential_location", "yes")
        } else {
            set("public_address", Places.address(of: service).map { Self.line($0, most: 200) })
            let features = service.objects("service_at_locations").flatMap { link in
                link["location"]?.object?.objects("accessibility") ?? []
            }
            let words = features.compactMap { $0.text("description")?.lowercased() }
            if words.contains(where: { $0.contains("wheelchair") }) {
                entry["accessible"] = .list([.text("wheelchair")])
            }
        }
        set("source", rules.citation)
        let dates = [service.text("assured_date"), service.text("last_modified")]
        set("source_date", dates.compactMap { $0.map { String($0.prefix(10)) } }.first { CalendarDay($0) != nil })
        set("confidence", rules.confidence.rawValue)
    }

    /// Free or not, only where the source says just that.
    private func cost() -> String? {
        let amounts = service.objects("cost_options").compactMap { $0.text("amount").flatMap(Double.init) }
        if !amounts.isEmpty { return amounts.allSatisfy { $0 == 0 } ? "free" : "fee" }
        let words = (service.text("fees_description") ?? service.text("fees") ?? "").lowercased()
            .filter { $0.isLetter || $0 == " " }.trimmed
        let free: Set<String> = [
            "free", "none", "no fee", "no fees", "no cost", "no charge", "free of charge", "gratuit", "gratuite",
            "gratis", "gratuito", "sin costo", "sin coste", "бесплатно", "مجاني",
        ]
        return free.contains(words) ? "free" : nil
    }
}
