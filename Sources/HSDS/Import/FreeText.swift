/// The texts of a record that people wrote, as opposed to codes, numbers and names of their own.
enum FreeText {
    /// Every text, names included.
    static func all(of value: JSONValue) -> [String] {
        var texts: [String] = []
        collect(value, leavingOut: codes, &texts)
        return texts
    }

    /// Every text in which no person has to be named: the fields that HSDS has for persons are left out.
    static func withoutNames(of value: JSONValue) -> [String] {
        var texts: [String] = []
        collect(value, leavingOut: codes.union(names), &texts)
        return texts
    }

    private static func collect(_ value: JSONValue, leavingOut keys: Set<String>, _ texts: inout [String]) {
        switch value {
        case .text(let text): texts.append(text)
        case .list(let items): for item in items { collect(item, leavingOut: keys, &texts) }
        case .object(let object):
            for member in object.members where !keys.contains(member.key) && !member.key.hasSuffix("_id") {
                collect(member.value, leavingOut: keys, &texts)
            }
        case .null, .truth, .number: break
        }
    }

    private static let codes: Set<String> = [
        "id", "url", "uri", "website", "email", "assurer_email", "admin_emails", "number", "extension", "status",
        "byday", "freq", "wkst", "opens_at", "closes_at", "dtstart", "valid_from", "valid_to", "until", "last_modified",
        "assured_date", "extent", "extent_type", "schedule_link", "term_uri", "code", "location_type", "address_type",
        "link_entity", "resource_type", "last_action_date", "last_action_type", "field_name", "updated_by", "logo",
        "tax_id", "address_1", "address_2", "address_3", "address_4", "city", "region", "state_province", "postal_code",
        "country", "taxonomy_detail",
    ]
    private static let names: Set<String> = [
        "name", "alternate_name", "title", "department", "attention", "contacts", "metadata", "organization",
    ]
}
