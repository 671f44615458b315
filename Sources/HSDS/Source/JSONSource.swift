/// Reads HSDS JSON: a page or a list of records, one record, a package of tables by file name, or a record a line. A row
/// is a record: a service, an organisation with its services, or a service at a location with its service.
struct JSONSource {
    private let source: String
    private var harvest = Harvest()
    private var serviceByID: [String: Int] = [:]

    /// What the files hold.
    ///
    /// - Throws: ``SourceProblem`` when the only file is no JSON.
    static func harvest(_ files: [SourceFile], source: String) throws(SourceProblem) -> Harvest {
        var reading = JSONSource(source: source)
        for file in files {
            if file.fileExtension == "json" {
                let document = try JSONReader.read(file.bytes, file: file.name)
                if let tables = Self.tables(document) {
                    var harvest = SourceReader.harvest(tables, source: source)
                    harvest.form = "HSDS 3 tables in JSON"
                    return harvest
                }
                for (index, record) in Self.records(document).enumerated() {
                    reading.take(record, SourcePlace(file: file.name, line: index + 1))
                }
            } else {
                reading.takeLines(file)
            }
        }
        reading.harvest.form = files.allSatisfy { $0.fileExtension == "json" } ? "HSDS 3 JSON" : "HSDS 3 ndjson"
        return reading.harvest
    }

    private init(source: String) { self.source = source }

    /// A line each; one that is no JSON is a row that cannot be read, and the others are read.
    private mutating func takeLines(_ file: SourceFile) {
        var line = 0
        for bytes in file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            line += 1
            guard bytes.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) else { continue }
            let place = SourcePlace(file: file.name, line: line)
            do {
                take(try JSONReader.read(Array(bytes), file: file.name, firstLine: line), place)
            } catch {
                harvest.problems.append(error)
                harvest.rows.append(Harvest.Row(table: "unreadable", place: place, id: nil, fault: .unreadable))
            }
        }
    }

    /// The tables of a document whose keys are names of CSV files.
    private static func tables(_ document: JSONValue) -> [(stem: String, table: SourceTable)]? {
        guard let members = document.object?.members, !members.isEmpty,
            members.allSatisfy({ $0.key.hasSuffix(".csv") && $0.value.list != nil })
        else { return nil }
        return members.map { member in
            var columns: [String] = []
            var rows: [SourceTable.Row] = []
            for (index, item) in (member.value.list ?? []).enumerated() {
                guard var fields = item.object else { continue }
                for empty in fields.members where empty.value == .null { fields[empty.key] = nil }
                for name in fields.members.map(\.key) where !columns.contains(name) { columns.append(name) }
                rows.append(SourceTable.Row(place: SourcePlace(file: member.key, line: index + 1), fields: fields))
            }
            let stem = String(member.key.dropLast(".csv".count)).lowercased()
            return (stem, SourceTable(file: member.key, columns: columns, rows: rows))
        }
    }

    private static func records(_ document: JSONValue) -> [JSONValue] {
        if let list = document.list { return list }
        for key in ["contents", "services", "organizations"] {
            if let list = document.object?[key]?.list, document.object?["id"] == nil { return list }
        }
        return [document]
    }

    private mutating func take(_ record: JSONValue, _ place: SourcePlace) {
        guard let object = record.object else {
            harvest.rows.append(Harvest.Row(table: "unreadable", place: place, id: nil, fault: .unreadable))
            harvest.problems.append(SourceProblem(at: place, .notJSON("no object")))
            return
        }
        let table = Self.table(of: object, in: place.file)
        let named = Identification.named(object, as: table, source: source)
        let row = harvest.rows.count
        harvest.rows.append(Harvest.Row(table: table.rawValue, place: place, id: named.text("id"), fault: nil))
        switch table {
        case .service: take(service: named, row)
        case .organization: take(organization: named, row)
        case .serviceAtLocation:
            guard var service = named["service"]?.object else {
                harvest.rows[row].fault = .orphan
                return
            }
            var link = named
            link["service"] = nil
            let links = service["service_at_locations"]?.list ?? []
            service["service_at_locations"] = .list(links + [.object(link)])
            take(service: service, row, isLink: true)
        default: harvest.rows[row].fault = .unused
        }
    }

    /// What a record is, by the properties that only one table has.
    private static func table(of object: JSONObject, in file: String) -> HSDSTable {
        func has(_ keys: String...) -> Bool { keys.contains { object[$0] != nil } }
        if object["service"]?.object != nil || has("service_id") && has("location", "location_id") {
            return .serviceAtLocation
        }
        if has("status", "service_at_locations", "organization", "organization_id", "eligibility_description") {
            return .service
        }
        if has("location_type", "addresses", "latitude") { return .location }
        if has("taxonomy_detail", "taxonomy_id", "term_uri", "parent_id") { return .taxonomyTerm }
        if has("services", "website", "legal_status", "organization_identifiers", "year_incorporated", "tax_id")
            || file.lowercased().contains("organi")
        {
            return .organization
        }
        return .service
    }

    private mutating func take(organization: JSONObject, _ row: Int) {
        var own = organization
        own["services"] = nil
        keep(organization: own, row)
        for value in organization.objects("services") {
            var service = value
            if service["organization_id"] == nil { service["organization_id"] = own["id"] }
            take(service: service, row)
        }
    }

    /// An organisation may stand in each of its services: the first is kept, and what others add to it.
    private mutating func keep(organization: JSONObject, _ row: Int) {
        guard let id = organization.text("id") else { return }
        guard var known = harvest.organizations[id] else {
            harvest.organizations[id] = Harvest.Record(row: row, tree: organization, rows: [row])
            return
        }
        for member in organization.members where known.tree[member.key] == nil {
            known.tree.append(member.key, member.value)
        }
        harvest.organizations[id] = known
    }

    private mutating func take(service: JSONObject, _ row: Int, isLink: Bool = false) {
        var service = service
        if let organization = service["organization"]?.object {
            keep(organization: organization, row)
            service["organization"] = nil
            if service["organization_id"] == nil { service["organization_id"] = organization["id"] }
        }
        guard let id = service.text("id") else {
            harvest.rows[row].fault = .noID
            return
        }
        guard let index = serviceByID[id] else {
            serviceByID[id] = harvest.services.count
            harvest.services.append(Harvest.Record(row: row, tree: service, rows: [row]))
            return
        }
        var known = harvest.services[index]
        var (one, other) = (known.tree, service)
        if isLink { (one["service_at_locations"], other["service_at_locations"]) = (nil, nil) }
        guard one.isSame(as: other) else {
            for number in known.rows + [row] { harvest.rows[number].fault = .duplicateID }
            return
        }
        guard isLink else {
            harvest.rows[row].fault = .repeated
            return
        }
        let links = (known.tree["service_at_locations"]?.list ?? []) + (service["service_at_locations"]?.list ?? [])
        known.tree["service_at_locations"] = .list(links)
        known.rows.append(row)
        harvest.services[index] = known
    }
}
