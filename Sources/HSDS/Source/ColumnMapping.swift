public import DataFiles

/// How the columns of a CSV file of no known form are to be read: `table.column` of HSDS to the names of the file's own
/// columns. A mapping file looks like this:
///
///     columns:
///       organization.name: Agency
///       service.id: Record no
///       service.name: Programme
///       phone.number: [Phone, Toll-free]
///     fixed:
///       service.status: active
///     status:
///       Open: active
///     terms:
///       Women's shelter: SOC-SHELTER
///
/// `fixed` states for every row what the file leaves unsaid, so that it is said by somebody and not assumed. `status` and
/// `terms` may stand in a mapping for any form. A column that nothing names is kept beside the service under its own name.
public struct ColumnMapping: Sendable {
    /// The file's columns by table and column of HSDS.
    private let columns: [Path: [String]]
    private let fixed: [Path: String]
    /// What the source's words for a status mean, in lower case.
    public let status: [String: String]
    /// The code of our taxonomy for a term of the source, in lower case.
    public let terms: [String: String]

    struct Path: Hashable {
        let table: HSDSTable
        let column: String
    }

    /// Whether it names columns, and so is for a CSV file of no known form.
    public var hasColumns: Bool { !columns.isEmpty }

    /// Reads a mapping file; whatever is wrong is added to the problems.
    public init(reading node: DataNode, _ problems: inout [DataProblem]) {
        let keys = ["columns", "fixed", "status", "terms"]
        guard let root = node.map("the mapping", keys: keys, &problems) else {
            (columns, fixed, status, terms) = ([:], [:], [:], [:])
            return
        }
        var columns: [Path: [String]] = [:]
        for entry in Self.entries(root["columns"], "columns", &problems) {
            guard let path = Self.path(entry, &problems) else { continue }
            if case .list = entry.value.content {
                columns[path] = (entry.value.texts("'\(entry.key)'", &problems) ?? []).map(\.text)
            } else {
                columns[path] = entry.value.text("'\(entry.key)'", &problems).map { [$0] }
            }
        }
        self.columns = columns
        var fixed: [Path: String] = [:]
        for entry in Self.entries(root["fixed"], "fixed", &problems) {
            guard let path = Self.path(entry, &problems) else { continue }
            fixed[path] = entry.value.text("'\(entry.key)'", &problems)
        }
        self.fixed = fixed
        status = Self.words(root["status"], "status", &problems)
        terms = Self.words(root["terms"], "terms", &problems)
        if !columns.isEmpty, columns[Path(table: .service, column: "name")] == nil {
            problems.append(DataProblem(at: root.place, what: "no column for service.name", write: "'service.name: …'"))
        }
    }

    private static func entries(_ node: DataNode?, _ thing: String, _ problems: inout [DataProblem]) -> [DataNode.Entry]
    {
        guard let node else { return [] }
        guard case .map(let entries) = node.content else {
            problems.append(DataProblem(at: node.place, what: "'\(thing)' is no map", write: "lines of 'key: value'"))
            return []
        }
        return entries
    }

    private static func words(_ node: DataNode?, _ thing: String, _ problems: inout [DataProblem]) -> [String: String] {
        var words: [String: String] = [:]
        for entry in entries(node, thing, &problems) {
            words[entry.key.trimmed.lowercased()] = entry.value.text("'\(entry.key)'", &problems)
        }
        return words
    }

    private static let mapped: [HSDSTable] = [
        .organization, .service, .location, .address, .phone, .language, .schedule, .serviceArea, .costOption,
        .taxonomyTerm, .contact, .requiredDocument,
    ]

    private static func path(_ entry: DataNode.Entry, _ problems: inout [DataProblem]) -> Path? {
        let parts = entry.key.split(separator: ".")
        if parts.count == 2, let table = HSDSTable(rawValue: String(parts[0])), mapped.contains(table),
            table.columns.contains(String(parts[1]))
        {
            return Path(table: table, column: String(parts[1]))
        }
        let known = mapped.flatMap { table in table.columns.map { "\(table.rawValue).\($0)" } }
        let nearest = Spelling.nearest(to: entry.key, among: known)
        problems.append(
            DataProblem(
                at: entry.keyPlace,
                what: "'\(entry.key)' is no table and column of HSDS",
                write: nearest.map { "'\($0)'" } ?? "one such as service.name or phone.number"
            )
        )
        return nil
    }

    /// The trees of the file's rows.
    ///
    /// - Throws: ``SourceProblem`` when the file lacks a column that the mapping names.
    func harvest(_ file: SourceTable, source: String) throws(SourceProblem) -> Harvest {
        for name in columns.values.joined().sorted() where !file.columns.contains(name) {
            let nearest = Spelling.nearest(to: name, among: file.columns)
            throw SourceProblem(
                at: SourcePlace(file: file.file, line: 1),
                .mapping("no column '\(name)'" + (nearest.map { "; perhaps '\($0)'" } ?? ""))
            )
        }
        var rows: [HSDSTable: [SourceTable.Row]] = [:]
        for row in file.rows { take(row, &rows) }
        var tables = rows.sorted { $0.key.rawValue < $1.key.rawValue }.map { table, rows in
            let columns = table.columns
            let stem = String(table.fileName.dropLast(".csv".count))
            return (stem: stem, table: SourceTable(file: file.file, columns: columns, rows: rows))
        }
        if !tables.isEmpty { tables[0].table.problems = file.problems }
        return SourceReader.harvest(tables, source: source)
    }

    private func cells(_ row: SourceTable.Row, _ table: HSDSTable, _ column: String) -> [String] {
        let path = Path(table: table, column: column)
        if let fixed = fixed[path] { return [fixed] }
        return (columns[path] ?? []).compactMap { row.fields.text($0) }
    }

    /// The columns of a table that are mapped, each with the first cell that says something.
    private func fields(_ row: SourceTable.Row, _ table: HSDSTable) -> JSONObject {
        var fields = JSONObject()
        for column in table.columns {
            if let cell = cells(row, table, column).first { fields[column] = .text(cell) }
        }
        return fields
    }

    private func take(_ row: SourceTable.Row, _ rows: inout [HSDSTable: [SourceTable.Row]]) {
        func add(_ table: HSDSTable, _ fields: JSONObject, isMade: Bool = true) {
            rows[table, default: []].append(SourceTable.Row(place: row.place, fields: fields, isMade: isMade))
        }
        var service = fields(row, .service)
        let name = service.text("name") ?? ""
        var organization = fields(row, .organization)
        // A file without its own organisations: each service is run by whoever bears its name.
        if organization.text("name") == nil { organization["name"] = .text(name) }
        let owner = organization.text("id") ?? organization.text("name") ?? name
        organization["id"] = .text(owner)
        add(.organization, organization)
        // A row without a number is found again by who offers what under which name and where.
        let place = fields(row, .address).members.compactMap(\.value.scalar).joined(separator: "\u{1F}")
        let id = service.text("id") ?? [owner, name, place].joined(separator: "\u{1F}")
        service["id"] = .text(id)
        service["organization_id"] = .text(owner)
        let named = Set(columns.values.joined())
        for member in row.fields.members where !named.contains(member.key) && service[member.key] == nil {
            service.append(member.key, member.value)
        }
        add(.service, service, isMade: false)
        takePlace(row, of: id, add)
        takeLists(row, of: id, add)
    }

    private func takePlace(_ row: SourceTable.Row, of id: String, _ add: (HSDSTable, JSONObject, Bool) -> Void) {
        var location = fields(row, .location)
        var address = fields(row, .address)
        guard !location.members.isEmpty || !address.members.isEmpty else { return }
        location["id"] = .text(id)
        if location["location_type"] == nil { location["location_type"] = "physical" }
        add(.location, location, true)
        add(.serviceAtLocation, ["id": .text(id), "service_id": .text(id), "location_id": .text(id)], true)
        guard !address.members.isEmpty else { return }
        address["id"] = .text(id)
        address["location_id"] = .text(id)
        if address["address_type"] == nil { address["address_type"] = "physical" }
        add(.address, address, true)
    }

    private func takeLists(_ row: SourceTable.Row, of id: String, _ add: (HSDSTable, JSONObject, Bool) -> Void) {
        let lists: [(HSDSTable, String)] = [
            (.phone, "number"), (.language, "name"), (.language, "code"), (.serviceArea, "name"),
            (.requiredDocument, "document"),
        ]
        for (table, column) in lists {
            for cell in cells(row, table, column) {
                let parts = table == .phone ? [cell[...]] : cell.split(whereSeparator: { ";,|".contains($0) })
                for part in parts where !part.trimmed.isEmpty {
                    add(
                        table,
                        ["id": .text("\(id) \(part.trimmed)"), "service_id": .text(id), column: .text(part.trimmed)],
                        true
                    )
                }
            }
        }
        for table in [HSDSTable.schedule, .costOption, .contact] {
            var fields = fields(row, table)
            guard !fields.members.isEmpty else { continue }
            fields["id"] = .text(id)
            fields["service_id"] = .text(id)
            add(table, fields, true)
        }
        for cell in cells(row, .taxonomyTerm, "name") {
            for term in cell.split(whereSeparator: { ";|".contains($0) }) where !term.trimmed.isEmpty {
                let name = term.trimmed
                add(.taxonomyTerm, ["id": .text(name), "name": .text(name)], true)
                let link: JSONObject = [
                    "id": .text("\(id) is \(name)"), "link_id": .text(id), "link_entity": "service",
                    "taxonomy_term_id": .text(name),
                ]
                add(.attribute, link, true)
            }
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
}
