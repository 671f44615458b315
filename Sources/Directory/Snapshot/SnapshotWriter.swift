/// Turns a directory into the sections of a snapshot. What many entries share stands once in a table.
struct SnapshotWriter {
    private var texts = SnapshotPool()
    private var countryCodes = SnapshotPool()
    private var languages = SnapshotPool()
    private var serviceCodes = SnapshotPool()
    private var countrySets = SnapshotPool()
    private var coverages = SnapshotPool()
    private var offerLists = SnapshotPool()
    private var languageLists = SnapshotPool()
    private var modeLists = SnapshotPool()
    private var hours = SnapshotPool()
    private var genderSets = SnapshotPool()
    private var routeSets = SnapshotPool()
    private var prerequisiteSets = SnapshotPool()
    private var textSets = SnapshotPool()
    private var records: [SnapshotSection] = []

    /// The sections in the order in which they are read: the tables first, each after those that it refers to.
    static func sections(of directory: ServiceDirectory) -> [SnapshotSection] {
        var writer = SnapshotWriter()
        let taxonomy = directory.taxonomy
        writer.add(Sector.allCases.filter { taxonomy.sectors[$0] != nil }) { output, writer, sector in
            output.choice(sector)
            if let wording = taxonomy.sectors[sector] { writer.write(wording, &output) }
        }
        writer.add(taxonomy.types) { output, writer, type in writer.write(type, &output) }
        writer.add(ServiceKind.allCases.filter { directory.kinds[$0] != nil }) { output, writer, kind in
            output.choice(kind)
            if let rule = directory.kinds[kind] { writer.write(rule, &output) }
        }
        writer.add(directory.fallbacks) { output, writer, fallback in writer.write(fallback, &output) }
        writer.add(directory.countries.values.sorted { $0.code < $1.code }) { output, writer, country in
            writer.write(country, &output)
        }
        writer.add(directory.organizations.values.sorted { $0.id < $1.id }) { output, writer, organization in
            writer.write(organization, &output)
        }
        writer.add(directory.services) { output, writer, service in writer.write(service, &output) }
        let tables = [
            writer.texts, writer.countryCodes, writer.languages, writer.serviceCodes, writer.countrySets,
            writer.coverages, writer.offerLists, writer.languageLists, writer.modeLists, writer.hours,
            writer.genderSets, writer.routeSets, writer.prerequisiteSets, writer.textSets,
        ]
        return tables.map(\.section) + writer.records
    }

    private mutating func add<Item>(
        _ items: [Item],
        _ write: (inout SnapshotOutput, inout SnapshotWriter, Item) -> Void
    ) {
        var output = SnapshotOutput()
        for item in items { write(&output, &self, item) }
        records.append(SnapshotSection(count: items.count, body: output.bytes))
    }

    // MARK: Places in the tables

    mutating func text(_ text: String) -> Int {
        var output = SnapshotOutput()
        output.count(text.utf8.count)
        output.raw(text.utf8)
        return texts.place(of: output.bytes)
    }

    mutating func country(_ code: CountryCode) -> Int { countryCodes.place(of: Self.packed([text(code.text)])) }

    mutating func language(_ tag: LanguageTag) -> Int { languages.place(of: Self.packed([text(tag.text)])) }

    mutating func type(_ code: ServiceCode) -> Int { serviceCodes.place(of: Self.packed([text(code.text)])) }

    mutating func countrySet(_ codes: Set<CountryCode>) -> Int {
        countrySets.place(of: Self.counted(codes.sorted().map { country($0) }))
    }

    mutating func languageList(_ tags: [LanguageTag]) -> Int {
        languageLists.place(of: Self.counted(tags.map { language($0) }))
    }

    /// Texts in the order of their bytes.
    mutating func textSet(_ texts: [String]) -> Int {
        let sorted = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return textSets.place(of: Self.counted(sorted.map { text($0) }))
    }

    mutating func coverage(_ coverage: Coverage) -> Int {
        switch coverage {
        case .worldwide: coverages.place(of: Self.packed([0]))
        case .countries(let codes): coverages.place(of: Self.packed([countrySet(codes) + 1]))
        }
    }

    mutating func offerList(_ offers: [Offer]) -> Int {
        var output = SnapshotOutput()
        output.count(offers.count)
        for offer in offers {
            output.count(type(offer.code))
            output.integer(offer.windowHours)
        }
        return offerLists.place(of: output.bytes)
    }

    mutating func modeList(_ modes: [ContactMode]) -> Int {
        var output = SnapshotOutput()
        output.count(modes.count)
        for mode in modes { output.choice(mode) }
        return modeLists.place(of: output.bytes)
    }

    mutating func hours(_ hours: OpeningHours) -> Int {
        var output = SnapshotOutput()
        write(hours, &output)
        return self.hours.place(of: output.bytes)
    }

    mutating func genderSet(_ genders: Set<Gender>) -> Int { genderSets.place(of: Self.mask(genders)) }

    mutating func routeSet(_ routes: Set<FirstContactRoute>) -> Int { routeSets.place(of: Self.mask(routes)) }

    mutating func prerequisiteSet(_ prerequisites: Set<Prerequisite>) -> Int {
        prerequisiteSets.place(of: Self.mask(prerequisites))
    }

    private static func mask<Value: CaseIterable & Hashable>(_ values: Set<Value>) -> [UInt8] {
        var output = SnapshotOutput()
        output.choices(values)
        return output.bytes
    }

    private static func packed(_ numbers: [Int]) -> [UInt8] {
        var output = SnapshotOutput()
        for number in numbers { output.count(number) }
        return output.bytes
    }

    private static func counted(_ numbers: [Int]) -> [UInt8] { packed([numbers.count] + numbers) }
}
