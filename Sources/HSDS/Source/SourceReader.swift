/// Reads a source in whichever of the known forms it comes, and says which it took it for.
public enum SourceReader {
    /// What the files hold, every row of every file accounted for. The name of the source goes into every id that is made;
    /// a mapping is for a CSV file in none of the known forms.
    ///
    /// - Throws: ``SourceProblem`` when no file is in a form that can be read.
    public static func read(
        _ files: [SourceFile],
        source: String,
        mapping: ColumnMapping? = nil
    ) throws(SourceProblem) -> Harvest {
        let csv = files.filter { $0.fileExtension == "csv" }.sorted { $0.name < $1.name }
        let json = files.filter { ["json", "ndjson", "jsonl"].contains($0.fileExtension) && $0.stem != "datapackage" }
            .sorted { $0.name < $1.name }
        if let mapping {
            guard let file = csv.first, csv.count == 1 else {
                throw SourceProblem(
                    at: SourcePlace(file: files.first?.name ?? "", line: 1),
                    .unknownForm("a mapping is for one CSV file")
                )
            }
            var harvest = try mapping.harvest(SourceTable(reading: file), source: source)
            harvest.form = "CSV by a mapping"
            return harvest
        }
        let stems = Set(csv.map(\.stem))
        if stems.contains("services") || stems.contains("organizations") { return tabular(csv, source: source) }
        if !json.isEmpty { return try JSONSource.harvest(json, source: source) }
        throw SourceProblem(
            at: SourcePlace(file: files.first?.name ?? "", line: 1),
            .unknownForm(
                "neither HSDS JSON nor a folder with services.csv; a single CSV file of another form needs a mapping"
            )
        )
    }

    private static func tabular(_ files: [SourceFile], source: String) -> Harvest {
        let tables = files.map { (stem: $0.stem, table: SourceTable(reading: $0)) }
        let stems = Set(tables.map(\.stem))
        let isOhana = tables.first { $0.stem == "services" }?.table.columns.contains("location_id") ?? false
        let older: Set<String> = [
            "physical_addresses", "postal_addresses", "regular_schedules", "services_at_location", "services_taxonomy",
            "service_taxonomy", "accessibility_for_disabilities", "payments_accepted",
        ]
        var harvest = harvest(tables, source: source)
        harvest.form =
            isOhana ? "Ohana CSV" : stems.isDisjoint(with: older) ? "HSDS 3 tabular" : "HSDS 1.1 or 2.0 tabular"
        return harvest
    }

    /// The trees of tables under their files' stems.
    static func harvest(_ tables: [(stem: String, table: SourceTable)], source: String) -> Harvest {
        let aligned = Alignment.align(tables, source: source)
        return Nesting.harvest(aligned, problems: tables.flatMap(\.table.problems))
    }
}
