/// Brings the tables of any version into those of HSDS 3: HSDS 3.x as they are, 2.0 and 1.1 (`physical_addresses`,
/// `regular_schedules`, `services_taxonomy` …) and the CSV files of Ohana. A cell that HSDS 3 has no column for keeps its
/// own name, and a table that it has no name for is kept whole, so nothing is lost on the way.
struct Alignment {
    /// The rows of a table of HSDS 3, or of a file that HSDS 3 has no table for.
    struct Aligned {
        let table: HSDSTable?
        /// The property that rows of an unknown table stand under: the file's stem.
        let property: String
        var rows: [SourceTable.Row]
    }

    /// Names the source in every id that is made.
    let source: String
    /// Which locations belong to which organisation, for Ohana, whose services name a location alone.
    private var organizationOfLocation: [String: String] = [:]
    private var made: [HSDSTable: [SourceTable.Row]] = [:]

    init(source: String) { self.source = source }

    /// The tables with the names, columns and ids of HSDS 3.
    static func align(_ files: [(stem: String, table: SourceTable)], source: String) -> [Aligned] {
        var alignment = Alignment(source: source)
        if let locations = files.first(where: { $0.stem == "locations" })?.table {
            for row in locations.rows {
                guard let id = row.fields.text("id"), let owner = row.fields.text("organization_id") else { continue }
                alignment.organizationOfLocation[id] = owner
            }
        }
        var aligned: [Aligned] = []
        for (stem, file) in files {
            let table = TableAlias.table(stem: stem)
            var rows = file.rows
            for index in rows.indices {
                if let table { alignment.align(&rows[index], stem: stem, table: table) }
                alignment.name(&rows[index], as: table, stem: stem)
            }
            aligned.append(Aligned(table: table, property: stem, rows: rows))
        }
        for (table, rows) in alignment.made.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            var rows = rows
            for index in rows.indices { alignment.name(&rows[index], as: table) }
            aligned.append(Aligned(table: table, property: table.rawValue, rows: rows))
        }
        return aligned
    }

    // MARK: Columns

    private mutating func align(_ row: inout SourceTable.Row, stem: String, table: HSDSTable) {
        switch table {
        case .organization: row.fields.rename("url", to: "website")
        case .service: alignService(&row)
        case .location:
            row.fields.rename("website", to: "url")
            if row.fields["location_type"] == nil {
                let isVirtual = row.fields.text("virtual").map { ["true", "t", "yes", "1"].contains($0.lowercased()) }
                row.fields["location_type"] = .text(isVirtual ?? false ? "virtual" : "physical")
            }
            makeList(row, "languages", .language, "name", key: "location_id")
            makeList(row, "accessibility", .accessibility, "description", key: "location_id")
        case .address:
            if row.fields["address_type"] == nil, let type = TableAlias.addressType(stem: stem) {
                row.fields["address_type"] = .text(type)
            }
        case .phone:
            row.fields.rename("number_type", to: "type")
            makeList(row, "language", .language, "name", key: "phone_id")
        case .schedule: alignSchedule(&row)
        case .accessibility: row.fields.rename("accessibility", to: "description")
        case .language: row.fields.rename("language", to: "name")
        case .serviceArea: row.fields.rename("service_area", to: "name")
        case .taxonomyTerm:
            if row.fields["id"] == nil { row.fields.rename("taxonomy_id", to: "id") }
            row.fields.rename("vocabulary", to: "taxonomy")
            if row.fields["code"] == nil, let id = row.fields.text("id"), NamedUUID.known(id) == nil {
                row.fields["code"] = .text(id)
            }
        case .attribute where stem != "attributes":
            if row.fields["link_id"] == nil { row.fields.rename("service_id", to: "link_id") }
            if row.fields["link_entity"] == nil { row.fields["link_entity"] = .text("service") }
            row.fields.rename("taxonomy_id", to: "taxonomy_term_id")
        default: break
        }
    }

    /// Ohana keeps in cells of a service what HSDS has tables for; the cells stay, and rows are made of them.
    private mutating func alignService(_ row: inout SourceTable.Row) {
        row.fields.rename("website", to: "url")
        row.fields.rename("eligibility", to: "eligibility_description")
        if let location = row.fields.text("location_id"), let id = row.fields.text("id") {
            var link = SourceTable.Row(place: row.place, fields: JSONObject())
            link.isMade = true
            link.fields["id"] = .text("\(id) at \(location)")
            link.fields["service_id"] = .text(id)
            link.fields["location_id"] = .text(location)
            made[.serviceAtLocation, default: []].append(link)
            if row.fields["organization_id"] == nil, let owner = organizationOfLocation[location] {
                row.fields["organization_id"] = .text(owner)
            }
        }
        makeList(row, "languages", .language, "name", key: "service_id")
        makeList(row, "service_areas", .serviceArea, "name", key: "service_id")
        if row.fields["location_id"] != nil {
            makeList(row, "required_documents", .requiredDocument, "document", key: "service_id")
        }
        guard let terms = row.fields.text("taxonomy_ids"), let id = row.fields.text("id") else { return }
        for term in terms.split(separator: ",") {
            var link = SourceTable.Row(place: row.place, fields: JSONObject())
            link.isMade = true
            link.fields["id"] = .text("\(id) is \(term.trimmed)")
            link.fields["link_id"] = .text(id)
            link.fields["link_entity"] = .text("service")
            link.fields["taxonomy_term_id"] = .text(term.trimmed)
            made[.attribute, default: []].append(link)
        }
    }

    private mutating func makeList(
        _ row: SourceTable.Row,
        _ column: String,
        _ table: HSDSTable,
        _ field: String,
        key: String
    ) {
        guard let cell = row.fields.text(column), let id = row.fields.text("id") else { return }
        for item in cell.split(whereSeparator: { $0 == "," || $0 == ";" }) where !item.trimmed.isEmpty {
            var new = SourceTable.Row(place: row.place, fields: JSONObject())
            new.isMade = true
            new.fields["id"] = .text("\(key) \(id) \(column) \(item.trimmed)")
            new.fields[key] = .text(id)
            new.fields[field] = .text(item.trimmed)
            made[table, default: []].append(new)
        }
    }

    /// A weekday row of 1.1, 2.0 or Ohana: 1 or Monday is a Monday (ISO 8601), as both write it.
    private func alignSchedule(_ row: inout SourceTable.Row) {
        guard let weekday = row.fields.text("weekday"), row.fields["byday"] == nil else { return }
        let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        let day =
            Int(weekday).map { (1...7).contains($0) ? days[$0 - 1] : nil }
            ?? days.first { weekday.uppercased().hasPrefix($0) }
        guard let day else { return }
        row.fields["byday"] = .text(day)
        row.fields["freq"] = .text("WEEKLY")
    }

    // MARK: Ids

    /// Gives a row its stable id and turns every reference to another row into that row's.
    private func name(_ row: inout SourceTable.Row, as table: HSDSTable?, stem: String = "") {
        // Two files of addresses count from 1 each; nothing refers to an address, so the file may stand in its id.
        let isSecond = table == .address && TableAlias.addressType(stem: stem) == "postal"
        let name = isSecond ? stem : table?.rawValue ?? stem
        if let id = row.fields.text("id") {
            let stable = NamedUUID.id(source: source, table: name, id: id)
            if stable != id, !row.isMade { row.fields["source_id"] = .text(id) }
            row.fields["id"] = .text(stable)
        } else if let table, ![.organization, .service, .location, .taxonomyTerm, .taxonomy].contains(table) {
            let cells = row.fields.members.map { "\($0.key)=\($0.value.scalar ?? "")" }.joined(separator: "\u{1F}")
            row.fields["id"] = .text(NamedUUID.id(source: source, table: name, id: cells))
        }
        for member in row.fields.members {
            guard let target = target(of: member.key, in: row, table), let id = row.fields.text(member.key) else {
                continue
            }
            row.fields[member.key] = .text(NamedUUID.id(source: source, table: target, id: id))
        }
    }

    private func target(of column: String, in row: SourceTable.Row, _ table: HSDSTable?) -> String? {
        switch column {
        case "link_id": singular(row.fields.text("link_entity") ?? "service")
        case "resource_id": singular(row.fields.text("resource_type") ?? "service")
        default: HSDSTable.target(of: column)?.rawValue
        }
    }

    private func singular(_ name: String) -> String { TableAlias.table(stem: name.lowercased())?.rawValue ?? name }
}

extension JSONObject {
    /// Moves a member to another key, unless that key has a value already.
    mutating func rename(_ key: String, to other: String) {
        guard let value = self[key], self[other] == nil else { return }
        self[key] = nil
        self[other] = value
    }
}
