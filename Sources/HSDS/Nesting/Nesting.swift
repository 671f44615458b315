/// Nests the rows of tables into trees as HSDS 3 writes them in JSON, and keeps account of which row went where.
struct Nesting {
    private struct Entry {
        let table: HSDSTable?
        let property: String
        let fields: JSONObject
        let number: Int
    }

    private var harvest = Harvest()
    private var entries: [Entry] = []
    /// Row numbers by table and id.
    private var byID: [HSDSTable: [String: Int]] = [:]
    /// Entry numbers by `table column id`.
    private var byKey: [String: [Int]] = [:]
    /// Ids of a table that two different rows have.
    private var contested: [HSDSTable: Set<String>] = [:]
    private var locationsWithService: Set<String> = []

    /// The trees of the tables.
    static func harvest(_ tables: [Alignment.Aligned], problems: [SourceProblem]) -> Harvest {
        var nesting = Nesting()
        nesting.harvest.problems = problems
        for problem in problems {
            nesting.harvest.rows.append(
                Harvest.Row(table: "unreadable", place: problem.place, id: nil, fault: .unreadable)
            )
        }
        for table in tables { nesting.add(table) }
        nesting.grow()
        return nesting.harvest
    }

    private mutating func add(_ aligned: Alignment.Aligned) {
        let name = aligned.table?.rawValue ?? aligned.property
        var first: [String: JSONObject] = [:]
        for row in aligned.rows {
            var fault: Harvest.Fault?
            let id = row.fields.text("id")
            if let table = aligned.table {
                if let id {
                    if let other = first[id] ?? byID[table]?[id].map({ entries[$0].fields }) {
                        // The same row of 1.1 may stand in two files of addresses; only what differs is a contest.
                        fault = row.isMade || other.isSame(as: row.fields) ? .repeated : .duplicateID
                        if fault == .duplicateID { contested[table, default: []].insert(id) }
                    }
                    first[id] = first[id] ?? row.fields
                } else {
                    fault = .noID
                }
            }
            let number = row.isMade ? -1 : harvest.rows.count
            if !row.isMade { harvest.rows.append(Harvest.Row(table: name, place: row.place, id: id, fault: fault)) }
            guard fault == nil else { continue }
            let index = entries.count
            entries.append(Entry(table: aligned.table, property: aligned.property, fields: row.fields, number: number))
            if let table = aligned.table, let id { byID[table, default: [:]][id] = index }
            for member in row.fields.members {
                let isKey = HSDSTable.target(of: member.key) != nil || ["link_id", "resource_id"].contains(member.key)
                guard isKey, let value = member.value.scalar else { continue }
                byKey["\(name) \(member.key) \(value)", default: []].append(index)
            }
            if aligned.table == .serviceAtLocation, let location = row.fields.text("location_id") {
                locationsWithService.insert(location)
            }
        }
    }

    private mutating func grow() {
        var used: Set<Int> = []
        var others = Set(entries.filter { $0.table == nil }.map(\.property)).sorted()
        others.removeAll { TableAlias.table(stem: $0) != nil }
        for entry in entries where entry.table == .service || entry.table == .organization {
            var rows: [Int] = []
            let tree = tree(entry, others, &rows, depth: 0)
            used.formUnion(rows)
            let record = Harvest.Record(row: entry.number, tree: tree, rows: rows.filter { $0 >= 0 })
            if entry.table == .service {
                harvest.services.append(record)
            } else if let id = tree.text("id") {
                harvest.organizations[id] = record
            }
        }
        settle(used)
    }

    /// Says of each row that went into no tree why; a row whose id is contested takes the other one with it.
    private mutating func settle(_ used: Set<Int>) {
        for entry in entries where entry.number >= 0 {
            if let table = entry.table, let id = entry.fields.text("id"), contested[table]?.contains(id) ?? false {
                harvest.rows[entry.number].fault = .duplicateID
            } else if !used.contains(entry.number) {
                harvest.rows[entry.number].fault = isOrphan(entry) ? .orphan : .unused
            }
        }
    }

    private func isOrphan(_ entry: Entry) -> Bool {
        var named = 0
        for member in entry.fields.members where member.key != "parent_id" {
            guard let value = member.value.scalar else { continue }
            switch member.key {
            case "link_id", "resource_id":
                named += 1
                if byID.values.contains(where: { $0[value] != nil }) { return false }
            default:
                guard let target = HSDSTable.target(of: member.key) else { continue }
                named += 1
                if byID[target]?[value] != nil { return false }
            }
        }
        return named > 0
    }

    private func tree(_ entry: Entry, _ others: [String], _ rows: inout [Int], depth: Int) -> JSONObject {
        rows.append(entry.number)
        var tree = Self.typed(entry)
        guard let table = entry.table, let id = entry.fields.text("id"), depth < Limits.tableDepth else { return tree }
        for child in table.children {
            if table == .service, child.table == .organization { continue }
            if !child.isList {
                guard let key = entry.fields.text(child.key), let index = byID[child.table]?[key] else { continue }
                tree[child.property] = .object(self.tree(entries[index], others, &rows, depth: depth + 1))
                continue
            }
            var items = byKey["\(child.table.rawValue) \(child.key) \(id)"] ?? []
            if table == .organization, child.table == .location {
                items.removeAll { locationsWithService.contains(entries[$0].fields.text("id") ?? "") }
            }
            add(items, as: child.property, to: &tree, others, &rows, depth)
        }
        if table.hasAttributes {
            add(byKey["attribute link_id \(id)"] ?? [], as: "attributes", to: &tree, others, &rows, depth)
        }
        if table.hasMetadata {
            add(byKey["metadata resource_id \(id)"] ?? [], as: "metadata", to: &tree, others, &rows, depth)
        }
        let keys: [HSDSTable: String] = [
            .service: "service_id", .serviceAtLocation: "service_at_location_id", .location: "location_id",
            .organization: "organization_id",
        ]
        guard let key = keys[table] else { return tree }
        for other in others { add(byKey["\(other) \(key) \(id)"] ?? [], as: other, to: &tree, others, &rows, depth) }
        return tree
    }

    private func add(
        _ items: [Int],
        as property: String,
        to tree: inout JSONObject,
        _ others: [String],
        _ rows: inout [Int],
        _ depth: Int
    ) {
        guard !items.isEmpty else { return }
        var list: [JSONValue] = []
        for item in items { list.append(.object(self.tree(entries[item], others, &rows, depth: depth + 1))) }
        // A cell of the same name, as Ohana has it, was taken apart into these rows.
        tree[property] = .list(list)
    }

    /// The cells with the types that JSON has for them; a cell that is no number stays text.
    private static func typed(_ entry: Entry) -> JSONObject {
        guard let numbers = entry.table?.numbers, !numbers.isEmpty else { return entry.fields }
        var fields = entry.fields
        for column in numbers {
            guard let text = fields.text(column) else { continue }
            // What is no number of JSON stays as it was written; nothing is made up for it.
            if case .number(let number)? = try? JSONReader.read(Array(text.utf8), file: "") {
                fields[column] = .number(number)
            }
        }
        return fields
    }
}

extension JSONObject {
    /// Whether two rows say the same, whatever the order of their columns.
    func isSame(as other: JSONObject) -> Bool {
        members.count == other.members.count && members.allSatisfy { other[$0.key] == $0.value }
    }
}
