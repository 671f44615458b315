/// Where a service is, and how a record looks once that has been taken out of it.
enum Places {
    /// The first street address of a service on one line; nil when it has none.
    static func address(of service: JSONObject) -> String? {
        for location in locations(of: service) {
            for address in location.objects("addresses") where address.text("address_type") != "postal" {
                guard address.text("address_1") != nil else { continue }
                let parts = ["address_1", "address_2", "address_3", "address_4", "city"].compactMap { address.text($0) }
                let region = [address.text("state_province"), address.text("postal_code")].compactMap(\.self)
                return (parts + (region.isEmpty ? [] : [region.joined(separator: " ")])).joined(separator: ", ")
            }
        }
        return nil
    }

    /// Whether a record says where a service is, closer than by its town: a street, a post code, coordinates, a shape, or
    /// what reads like an address in its texts.
    static func isPlaced(_ service: JSONObject) -> Bool {
        for location in locations(of: service) {
            if location.text("latitude") != nil || location.text("longitude") != nil
                || location.text("transportation") != nil || location.text("external_identifier") != nil
            {
                return true
            }
            let addresses = location.objects("addresses")
            if addresses.contains(where: { $0.text("address_1") != nil || $0.text("postal_code") != nil }) {
                return true
            }
        }
        if service.objects("service_areas").contains(where: { $0.text("extent") != nil }) { return true }
        return FreeText.all(of: .object(service)).contains { readsLikeAddress($0) }
    }

    private static func locations(of service: JSONObject) -> [JSONObject] {
        service.objects("service_at_locations").compactMap { $0["location"]?.object } + service.objects("locations")
    }

    /// The country codes that the addresses of a service name.
    static func countries(of service: JSONObject) -> Set<String> {
        Set(locations(of: service).flatMap { $0.objects("addresses") }.compactMap { $0.text("country")?.uppercased() })
    }

    /// A number with a word for a street near it, in the order of either half of the world.
    static func readsLikeAddress(_ text: String) -> Bool {
        let words = FoldedText(text).words
        for index in words.indices {
            guard let first = words[index].unicodeScalars.first, first.properties.numericType == .decimal,
                words[index].count <= 6
            else { continue }
            if words[index...].dropFirst().prefix(4).contains(where: streets.contains) { return true }
            if words[..<index].suffix(4).contains(where: streetsInFront.contains) { return true }
        }
        return false
    }

    private static let streets: Set<String> = [
        "street", "st", "avenue", "ave", "road", "rd", "drive", "dr", "lane", "ln", "blvd", "boulevard", "court", "ct",
        "highway", "hwy", "parkway", "pkwy", "terrace", "square", "mawatha", "marg", "soi", "rue", "strasse", "улица",
    ]
    private static let streetsInFront: Set<String> = [
        "calle", "avenida", "av", "carrera", "rue", "ul", "ул", "улица", "проспект", "пр", "via", "rua", "jalan",
        "thanon", "soi", "no", "building", "apartment",
    ]

    // MARK: Without a place

    /// What remains of a service that must not be found: who it is for and how to call it. Free text goes too, since
    /// nobody has read whether it tells the way; so does every property that is not named here.
    static func withoutPlace(_ service: JSONObject) -> JSONObject {
        var kept = JSONObject()
        let fields = [
            "id", "source_id", "organization_id", "name", "status", "minimum_age", "maximum_age", "assured_date",
            "last_modified", "url", "email",
        ]
        for member in service.members where fields.contains(member.key) { kept.append(member.key, member.value) }
        if let words = service.text("eligibility_description"), !readsLikeAddress(words) {
            kept["eligibility_description"] = .text(words)
        }
        copy(service, "phones", ["id", "number", "extension", "type", "languages"], to: &kept)
        copy(service, "languages", ["id", "name", "code"], to: &kept)
        copy(service, "schedules", ["id", "freq", "interval", "byday", "opens_at", "closes_at", "timezone"], to: &kept)
        copy(service, "cost_options", ["id", "amount", "currency"], to: &kept)
        copy(service, "attributes", ["id", "link_id", "link_entity", "taxonomy_term_id", "taxonomy_term"], to: &kept)
        return kept
    }

    /// What remains of an organisation that runs such a service.
    static func withoutPlace(organization: JSONObject) -> JSONObject {
        var kept = JSONObject()
        for member in organization.members where ["id", "source_id", "name", "website", "email"].contains(member.key) {
            kept.append(member.key, member.value)
        }
        copy(organization, "phones", ["id", "number", "extension", "type", "languages"], to: &kept)
        return kept
    }

    private static func copy(_ from: JSONObject, _ list: String, _ fields: [String], to kept: inout JSONObject) {
        let items = from.objects(list).map { item in
            var copy = JSONObject()
            for member in item.members where fields.contains(member.key) { copy.append(member.key, member.value) }
            return JSONValue.object(copy)
        }
        if !items.isEmpty { kept[list] = .list(items) }
    }
}
