/// Turns the sections of a snapshot into a directory. Every value is made by the rules that the files' own reader holds
/// to; one that breaks them is damage.
struct SnapshotReader {
    private(set) var texts: [String] = []
    private(set) var countryCodes: [CountryCode] = []
    private(set) var languages: [LanguageTag] = []
    private(set) var serviceCodes: [ServiceCode] = []
    private(set) var countrySets: [Set<CountryCode>] = []
    private(set) var coverages: [Coverage] = []
    private(set) var offerLists: [[Offer]] = []
    private(set) var languageLists: [[LanguageTag]] = []
    private(set) var modeLists: [[ContactMode]] = []
    private(set) var hours: [OpeningHours] = []
    private(set) var genderSets: [Set<Gender>] = []
    private(set) var routeSets: [Set<FirstContactRoute>] = []
    private(set) var prerequisiteSets: [Set<Prerequisite>] = []
    private(set) var textSets: [[String]] = []
    let cases = SnapshotCases()

    /// Reads the sections and the checksum to the last byte; gives the directory and every time zone that it names.
    ///
    /// - Throws: ``SnapshotError/damaged``.
    static func read(
        _ input: inout SnapshotInput
    ) throws(SnapshotError) -> (directory: ServiceDirectory, zones: Set<String>) {
        var reader = SnapshotReader()
        try reader.readTables(&input)
        let tables = reader
        let sectors = try input.section { input throws(SnapshotError) in
            (try tables.cases.sectors.value(&input), try tables.wording(&input))
        }
        let types = try input.section { input throws(SnapshotError) in try tables.type(&input) }
        let kinds = try input.section { input throws(SnapshotError) in
            (try tables.cases.kinds.value(&input), try tables.rule(&input))
        }
        let fallbacks = try input.section { input throws(SnapshotError) in try tables.fallback(&input) }
        let countries = try input.section { input throws(SnapshotError) in
            let country = try tables.country(&input)
            return (country.code, country)
        }
        let organizations = try input.section { input throws(SnapshotError) in
            let organization = try tables.organization(&input)
            return (organization.id, organization)
        }
        let services = try input.section(ofAtLeast: leastServiceBytes) { input throws(SnapshotError) in
            try tables.service(&input)
        }
        try input.end()
        guard let taxonomy = Taxonomy(types: types, sectors: try unique(sectors)) else {
            throw .damaged
        }
        let directory = ServiceDirectory(
            .init(
                taxonomy: taxonomy,
                kinds: try unique(kinds),
                fallbacks: fallbacks,
                countries: try unique(countries),
                organizations: try unique(organizations),
                services: services
            )
        )
        guard directory.idsAreUnique else { throw .damaged }
        var zones = Set(countries.flatMap { $0.1.zones })
        for case .named(let name) in tables.hours.map(\.zone) { zones.insert(name) }
        return (directory, zones)
    }

    /// A service of which nothing is known takes 42 bytes: one a field and a part of a field.
    private static let leastServiceBytes = 42

    private static func unique<Key: Hashable, Value>(
        _ pairs: [(Key, Value)]
    ) throws(SnapshotError) -> [Key: Value] {
        let values = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        guard values.count == pairs.count else { throw .damaged }
        return values
    }

    private mutating func readTables(_ input: inout SnapshotInput) throws(SnapshotError) {
        texts = try input.section { input throws(SnapshotError) in try input.text() }
        let texts = texts
        countryCodes = try Self.codes(&input, texts) { CountryCode($0) }
        languages = try Self.codes(&input, texts) { LanguageTag($0) }
        serviceCodes = try Self.codes(&input, texts) { ServiceCode($0) }
        var tables = self
        countrySets = try input.section { input throws(SnapshotError) in
            let codes = try input.items { input throws(SnapshotError) in try input.item(of: tables.countryCodes) }
            let set = Set(codes)
            guard set.count == codes.count else { throw .damaged }
            return set
        }
        tables = self
        coverages = try input.section { input throws(SnapshotError) in
            try input.optionalItem(of: tables.countrySets).map { .countries($0) } ?? .worldwide
        }
        offerLists = try input.section { input throws(SnapshotError) in
            try input.items { input throws(SnapshotError) in
                Offer(code: try input.item(of: tables.serviceCodes), windowHours: try input.optionalHours())
            }
        }
        languageLists = try input.section { input throws(SnapshotError) in
            try input.items { input throws(SnapshotError) in try input.item(of: tables.languages) }
        }
        modeLists = try input.section { input throws(SnapshotError) in
            try input.items { input throws(SnapshotError) in try tables.cases.modes.value(&input) }
        }
        hours = try input.section { input throws(SnapshotError) in try tables.openingHours(&input) }
        genderSets = try input.section { input throws(SnapshotError) in try input.choices(of: tables.cases.genders.all)
        }
        routeSets = try input.section { input throws(SnapshotError) in try input.choices(of: tables.cases.routes.all) }
        prerequisiteSets = try input.section { input throws(SnapshotError) in
            try input.choices(of: tables.cases.prerequisites.all)
        }
        textSets = try input.section { input throws(SnapshotError) in
            try input.items { input throws(SnapshotError) in try input.item(of: tables.texts) }
        }
    }

    /// A table of codes: a text that is no code, or not in the form in which the code writes it, is damage.
    private static func codes<Code: CustomStringConvertible>(
        _ input: inout SnapshotInput,
        _ texts: [String],
        _ make: (String) -> Code?
    ) throws(SnapshotError) -> [Code] {
        try input.section { input throws(SnapshotError) in
            let text = try input.item(of: texts)
            guard let code = make(text), code.description == text else { throw .damaged }
            return code
        }
    }
}
