/// What the tables of older versions and of Ohana are called, and into which table of HSDS 3 they go.
enum TableAlias {
    /// The table of a file; nil for a file that HSDS 3 has no table for, whose rows are kept beside what they belong to.
    static func table(stem: String) -> HSDSTable? { stems[stem] }

    /// The address type of a file of addresses, where its name says it.
    static func addressType(stem: String) -> String? {
        switch stem {
        case "physical_addresses", "addresses": "physical"
        case "postal_addresses", "mail_addresses": "postal"
        default: nil
        }
    }

    private static let stems: [String: HSDSTable] = {
        var stems: [String: HSDSTable] = [:]
        for table in HSDSTable.allCases {
            stems[table.rawValue] = table
            stems[String(table.fileName.dropLast(".csv".count))] = table
        }
        let older: [(HSDSTable, [String])] = [
            (.serviceAtLocation, ["service_at_locations", "services_at_location", "services_at_locations"]),
            (.address, ["physical_addresses", "postal_addresses", "mail_addresses"]),
            (.schedule, ["regular_schedules", "regular_schedule"]),
            (.accessibility, ["accessibility_for_disabilities"]),
            (.taxonomyTerm, ["taxonomy"]),
            (
                .attribute,
                [
                    "services_taxonomy", "service_taxonomy", "service_taxonomies", "service_attributes",
                    "service_attribute", "other_attributes", "other_attribute",
                ]
            ),
            (.url, ["urls"]),
            (.serviceCapacity, ["service_capacities"]),
            (.metadata, ["metadatas"]),
        ]
        for (table, names) in older { for name in names { stems[name] = table } }
        return stems
    }()
}
