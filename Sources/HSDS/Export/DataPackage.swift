/// The descriptor of a tabular package (Frictionless Data, `tabular-data-package`), written for just the tables that are
/// there. Human Services Data Specification: an Open Referral resource (https://openreferral.org/).
enum DataPackage {
    /// The descriptor as JSON.
    static func descriptor(of tables: [SourceTable]) -> [UInt8] {
        let present = Set(tables.map(\.file))
        let resources = HSDSTable.allCases.compactMap { table in
            tables.first { $0.file == table.fileName }.map { resource(table, $0, present) }
        }
        let descriptor: JSONObject = [
            "name": "leeward-directory", "title": "Services of a Leeward directory", "profile": "tabular-data-package",
            "homepage": "https://openreferral.org/", "version": "3.2.0", "resources": .list(resources),
        ]
        return JSONWriter.pages(.object(descriptor))
    }

    private static func resource(_ table: HSDSTable, _ file: SourceTable, _ present: Set<String>) -> JSONValue {
        let fields = file.columns.map { column in
            JSONValue.object([
                "name": .text(column), "type": table.numbers.contains(column) ? "number" : "string",
            ])
        }
        let keys = table.columns.compactMap { column -> JSONValue? in
            guard let target = HSDSTable.target(of: column), column != "parent_id", column != "parent_organization_id",
                present.contains(target.fileName)
            else { return nil }
            return .object([
                "fields": .text(column), "reference": .object(["resource": .text(target.rawValue), "fields": "id"]),
            ])
        }
        var schema: JSONObject = ["fields": .list(fields), "primaryKey": "id"]
        if !keys.isEmpty { schema["foreignKeys"] = .list(keys) }
        return .object([
            "name": .text(table.rawValue), "path": .text(table.fileName), "profile": "tabular-data-resource",
            "encoding": "utf-8", "schema": .object(schema),
        ])
    }
}
