import Foundation

/// Makes a record valid where its source was not: a value that HSDS does not allow in a property goes out under another
/// name (`extension` as `extension_as_stated`), so that nothing is lost and nothing is made up.
enum Conforming {
    /// A service with everything in it.
    static func service(_ record: JSONObject) -> JSONObject { conform(record, .service) }

    private static func conform(_ object: JSONObject, _ table: HSDSTable) -> JSONObject {
        var result = JSONObject()
        let children = Dictionary(table.children.map { ($0.property, $0.table) }, uniquingKeysWith: { first, _ in first })
        for member in object.members {
            let inside = children[member.key] ?? (member.key == "attributes" ? .attribute : member.key == "metadata" ? .metadata : nil)
            if let inside {
                switch member.value {
                case .object(let inner): result[member.key] = .object(conform(inner, inside))
                case .list(let items):
                    let whole = items.compactMap(\.object).map { conform($0, inside) }
                    let valid = whole.filter { isWhole($0, inside) }
                    let rest = whole.filter { !isWhole($0, inside) }
                    if !valid.isEmpty || items.isEmpty { result[member.key] = .list(valid.map { .object($0) }) }
                    if !rest.isEmpty { result["\(member.key)_as_stated"] = .list(rest.map { .object($0) }) }
                default: result["\(member.key)_as_stated"] = member.value
                }
            } else if isValid(member.key, member.value, table) {
                result[member.key] = member.value
            } else {
                result["\(member.key)_as_stated"] = member.value
            }
        }
        return filled(result, table)
    }

    /// Texts that HSDS requires and a source may leave out.
    private static func filled(_ object: JSONObject, _ table: HSDSTable) -> JSONObject {
        var object = object
        let required: [HSDSTable: [String]] = [
            .program: ["name", "description"], .taxonomyTerm: ["name", "description"], .taxonomy: ["name", "description"],
            .address: ["city", "state_province", "postal_code", "country"], .organization: ["description"],
        ]
        for key in required[table] ?? [] where object[key] == nil { object[key] = "" }
        if table == .location, object["location_type"] == nil { object["location_type"] = "physical" }
        if table == .address, object["address_type"] == nil { object["address_type"] = "physical" }
        return object
    }

    /// Whether an item has what HSDS requires and cannot be left blank.
    private static func isWhole(_ object: JSONObject, _ table: HSDSTable) -> Bool {
        let required: [HSDSTable: [String]] = [
            .phone: ["number"], .address: ["address_1"], .url: ["url"],
            .organizationIdentifier: ["identifier_type", "identifier"],
            .serviceCapacity: ["unit", "available", "updated"],
            .metadata: [
                "last_action_date", "last_action_type", "field_name", "previous_value", "replacement_value", "updated_by",
            ],
        ]
        return object["id"] != nil && (required[table] ?? []).allSatisfy { object[$0] != nil }
    }

    private static func isValid(_ key: String, _ value: JSONValue, _ table: HSDSTable) -> Bool {
        guard table.columns.contains(key) else { return value != .null }
        if table.numbers.contains(key) {
            if case .number = value { return true }
            return false
        }
        guard let text = value.text else { return false }
        if key == "id" || HSDSTable.target(of: key) != nil || key == "link_id" || key == "resource_id" {
            return NamedUUID.known(text) != nil
        }
        switch (table, key) {
        case (.service, "email"), (.service, "assurer_email"), (.organization, "email"), (.contact, "email"):
            return isEmail(text)
        case (_, "url"), (_, "uri"), (_, "website"), (_, "term_uri"), (_, "schedule_link"): return isURI(text)
        case (.service, "last_modified"), (.serviceCapacity, "updated"): return isDateTime(text)
        case (.schedule, "freq"): return ["WEEKLY", "MONTHLY"].contains(text)
        case (.schedule, "wkst"): return ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].contains(text)
        case (.location, "location_type"), (.address, "address_type"):
            return ["physical", "postal", "virtual"].contains(text)
        default: return true
        }
    }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"()<>,;:\\\"[]".utf8.contains($0) }
                && !part.hasPrefix(".") && !part.hasSuffix(".") && !part.contains("..")
        }
    }

    private static func isURI(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), text.first?.isLetter ?? false,
            text[..<colon].utf8.allSatisfy({ 0x61...0x7A ~= $0 | 0x20 || 0x30...0x39 ~= $0 || "+-.".utf8.contains($0) }),
            text.index(after: colon) != text.endIndex
        else { return false }
        return text.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"<>\"\\^`{|}".utf8.contains($0) }
    }

    /// RFC 3339, 5.6.
    private static func isDateTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let shape = Array("0000-00-00T00:00:00".utf8)
        guard bytes.count > shape.count else { return false }
        for (byte, mark) in zip(bytes, shape) {
            let isRight = mark == UInt8(ascii: "0") ? 0x30...0x39 ~= byte : byte == mark || (mark == 0x54 && byte == 0x74)
            guard isRight else { return false }
        }
        var rest = bytes.dropFirst(shape.count)
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop { 0x30...0x39 ~= $0 } }
        if rest.count == 1 { return rest.first == UInt8(ascii: "Z") || rest.first == UInt8(ascii: "z") }
        return rest.count == 6 && (rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-"))
    }
}
