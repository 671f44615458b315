public import DataFiles
public import Directory

extension CountryRules {
    /// Reads a country file. Whether a value would loosen what holds everywhere is asked when all files are there
    /// (``PolicyReader``).
    ///
    /// - Throws: `PolicyError.problems` with every problem of the file: another country than its name says, an unknown
    ///   field, a value without a source, a unit or number that does not fit, a confirmation that names nobody or stands
    ///   beside an open question.
    public init(reading root: DataNode, of country: CountryCode) throws(PolicyError) {
        var problems: [DataProblem] = []
        let rules = Self.rules(root, of: country, &problems)
        guard let rules, problems.isEmpty else { throw .problems(problems.sorted()) }
        self = rules
    }

    private static func rules(
        _ root: DataNode,
        of country: CountryCode,
        _ problems: inout [DataProblem]
    ) -> CountryRules? {
        guard let file = root.map("the country file", keys: ["country", "edition", "fields"], &problems) else {
            return nil
        }
        let edition = Edition.check(file, &problems)
        if let text = file.requiredText("country", &problems), text.text != country.text {
            problems.append(
                DataProblem(
                    at: text.place,
                    what: "'\(text.text)' is another country than the file's name",
                    write: "\(country)"
                )
            )
        }
        guard let node = file.required("fields", &problems),
            let fields = node.map("'fields'", keys: CountryField.allCases.map(\.rawValue), &problems)
        else { return nil }
        var values: [CountryField: [CountryValue]] = [:]
        for field in CountryField.allCases {
            guard let items = fields[field.rawValue]?.list("'\(field.rawValue)'", &problems) else { continue }
            values[field] = items.compactMap { CountryValue(field, reading: $0, &problems) }
            checkTogether(field, values[field] ?? [], &problems)
        }
        guard let edition else { return nil }
        return CountryRules(country: country, edition: edition, values: values)
    }

    /// Two values that say the same of the same from one source are one; two confirmed numbers for the whole country
    /// leave open which of them holds.
    private static func checkTogether(
        _ field: CountryField,
        _ values: [CountryValue],
        _ problems: inout [DataProblem]
    ) {
        for (index, value) in values.enumerated() {
            let before = values[..<index]
            if before.contains(where: {
                $0.content == value.content && $0.scope == value.scope && $0.instrument == value.instrument
                    && $0.stewardship.source == value.stewardship.source
            }) {
                problems.append(
                    DataProblem(
                        at: value.place,
                        what: "this value of '\(field.rawValue)' stands twice",
                        write: "it once"
                    )
                )
            }
            guard value.isConfirmed, value.scope == nil, let number = value.number else { continue }
            if before.contains(where: { $0.isConfirmed && $0.scope == nil && $0.number.map { $0 != number } ?? false })
            {
                problems.append(
                    DataProblem(
                        at: value.place,
                        what: "two confirmed values of '\(field.rawValue)' for the whole country",
                        write: "the one that holds, or the 'scope' of each"
                    )
                )
            }
        }
    }
}
