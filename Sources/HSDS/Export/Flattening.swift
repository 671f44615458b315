/// Lays trees out as the tables of the tabular form: one CSV file an object, children with the id of their parent. A
/// property that HSDS has no column for gets one; what is an object or a list in it is written as JSON.
public struct Flattening {
    private var rows: [HSDSTable: [String: JSONObject]] = [:]
    private var order: [HSDSTable: [String]] = [:]

    /// The tables of services and of the taxonomies, each as its file; those without a row are left out.
    public static func files(services: [JSONObject], taxonomy: ExportedTaxonomy?) -> [SourceFile] {
        var flattening = Flattening()
        for service in services { flattening.take(service, .service, under: nil) }
        for item in taxonomy?.taxonomies ?? [] { flattening.take(item, .taxonomy, under: nil) }
        for item in taxonomy?.terms ?? [] { flattening.take(item, .taxonomyTerm, under: nil) }
        let tables = flattening.tables
        let files = tables.map { SourceFile(name: $0.file, bytes: $0.bytes) }
        return files + [SourceFile(name: "datapackage.json", bytes: DataPackage.descriptor(of: tables))]
    }

    private mutating func take(_ object: JSONObject, _ table: HSDSTable, under parent: (key: String, id: String)?) {
        guard let id = object.text("id") else { return }
        var row = JSONObject()
        if let parent { row[parent.key] = .text(parent.id) }
        for member in object.members {
            if let child = table.children.first(where: { $0.property == member.key }) {
                if !child.isList, let inner = member.value.object {
                    take(inner, child.table, under: nil)
                    if let innerID = inner["id"] { row[child.key] = innerID }
                    continue
                }
                if child.isList, let items = member.value.list {
                    for item in items.compactMap(\.object) { take(item, child.table, under: (child.key, id)) }
                    continue
                }
            }
            if member.key == "attributes", table.hasAttributes {
                for item in object.objects("attributes") {
                    var item = item
                    item["link_entity"] = .text(table.rawValue)
                    take(item, .attribute, under: ("link_id", id))
                }
            } else if member.key == "metadata", table.hasMetadata {
                for item in object.objects("metadata") {
                    var item = item
                    item["resource_type"] = .text(table.rawValue)
                    take(item, .metadata, under: ("resource_id", id))
                }
            } else if member.value.scalar != nil {
                row[member.key] = member.value
            } else {
                row[member.key] = .text(String(decoding: JSONWriter.line(member.value), as: UTF8.self))
            }
        }
        add(row, id, table)
    }

    /// A record may stand in several places; its row is one, with the ids of all its parents.
    private mutating func add(_ row: JSONObject, _ id: String, _ table: HSDSTable) {
        guard var known = rows[table]?[id] else {
            rows[table, default: [:]][id] = row
            order[table, default: []].append(id)
            return
        }
        for member in row.members where known[member.key] == nil { known[member.key] = member.value }
        rows[table]?[id] = known
    }

    private var tables: [SourceTable] {
        HSDSTable.allCases.compactMap { table in
            guard let ids = order[table] else { return nil }
            let found = ids.compactMap { rows[table]?[$0] }
            var columns = table.columns
            var known = Set(columns)
            for member in found.joined() where known.insert(member.key).inserted { columns.append(member.key) }
            let place = SourcePlace(file: table.fileName, line: 1)
            return SourceTable(
                file: table.fileName,
                columns: columns,
                rows: found.map { SourceTable.Row(place: place, fields: $0) }
            )
        }
    }
}

extension JSONObject: Sequence {
    /// The members in their order.
    public func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}
