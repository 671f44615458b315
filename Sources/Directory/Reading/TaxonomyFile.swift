import DataFiles

/// `taxonomy.yaml`: the service types and the kinds of entries.
struct TaxonomyFile {
    let taxonomy: Taxonomy
    let kinds: [ServiceKind: KindRule]

    /// What a directory has read already.
    init(_ directory: ServiceDirectory) {
        (taxonomy, kinds) = (directory.taxonomy, directory.kinds)
    }

    /// Reads the file; whatever is wrong is added to the problems and left out.
    init(_ node: DataNode, _ problems: inout [DataProblem]) {
        let root = node.map("the file", keys: ["sectors", "types", "kinds"], &problems)
        let types = Self.entries(root, "types", &problems)
        let codes = types.map(\.key)
        var read: [ServiceType] = []
        for entry in types {
            guard let type = Self.type(entry, codes, &problems) else { continue }
            read.append(type)
        }
        taxonomy = Taxonomy(types: read, sectors: Self.sectors(root, &problems)) ?? .empty
        var kinds: [ServiceKind: KindRule] = [:]
        for entry in Self.entries(root, "kinds", &problems) {
            guard let kind = ServiceKind(rawValue: entry.key) else {
                let known = ServiceKind.allCases.map(\.rawValue)
                problems.append(
                    DataProblem(
                        at: entry.keyPlace,
                        what: "unknown kind '\(entry.key)'",
                        write: Spelling.nearest(to: entry.key, among: known).map { "'\($0)'" }
                            ?? "one of \(known.joined(separator: ", "))"
                    )
                )
                continue
            }
            kinds[kind] = Self.kind(entry, codes, &problems)
        }
        for kind in ServiceKind.allCases where kinds[kind] == nil && root != nil {
            problems.append(
                DataProblem(at: node.place, what: "the kind '\(kind.rawValue)' is missing", write: "it under 'kinds'")
            )
        }
        self.kinds = kinds
    }

    private static func entries(
        _ root: DataMap?,
        _ key: String,
        _ problems: inout [DataProblem]
    ) -> [DataNode.Entry] {
        guard let root, let node = root.required(key, &problems) else { return [] }
        guard case .map(let entries) = node.content else {
            problems.append(DataProblem(at: node.place, what: "'\(key)' is not a map", write: "lines of 'key: value'"))
            return []
        }
        return entries
    }

    private static func type(
        _ entry: DataNode.Entry,
        _ codes: [String],
        _ problems: inout [DataProblem]
    ) -> ServiceType? {
        let keys = ["labels", "reviewed", "definition", "nearest", "mappings"]
        guard let code = ServiceCode(entry.key), code.text == entry.key else {
            problems.append(
                DataProblem(
                    at: entry.keyPlace,
                    what: "'\(entry.key)' is no service code",
                    write: "a sector (MED, PSY, LEG, SOC), a hyphen and 2 to 10 capitals"
                )
            )
            return nil
        }
        guard let map = entry.value.map("the type \(entry.key)", keys: keys, &problems) else { return nil }
        let wording = Wording(reading: map, &problems)
        let definition = map.requiredText("definition", &problems)
        let nearest = Self.codes(map, "nearest", codes, &problems)
        let mappings = texts(map["mappings"], "'mappings'", &problems)
        guard let wording, let definition else { return nil }
        return ServiceType(
            code: code,
            labels: wording.texts,
            reviewed: wording.reviewed,
            definition: definition.text,
            nearest: nearest,
            mappings: mappings
        )
    }

    /// The labels of the four sectors; one that is missing is a problem.
    private static func sectors(_ root: DataMap?, _ problems: inout [DataProblem]) -> [Sector: Wording] {
        guard let root else { return [:] }
        var sectors: [Sector: Wording] = [:]
        let known = Sector.allCases.map(\.rawValue)
        let entries = entries(root, "sectors", &problems)
        for entry in entries {
            guard let sector = Sector(rawValue: entry.key) else {
                problems.append(
                    DataProblem(
                        at: entry.keyPlace,
                        what: "unknown sector '\(entry.key)'",
                        write: "one of \(known.joined(separator: ", "))"
                    )
                )
                continue
            }
            let map = entry.value.map("the sector \(entry.key)", keys: ["labels", "reviewed"], &problems)
            sectors[sector] = map.flatMap { Wording(reading: $0, &problems) }
        }
        for sector in known where !entries.isEmpty && !entries.contains(where: { $0.key == sector }) {
            problems.append(
                DataProblem(at: root.place, what: "the sector '\(sector)' is missing", write: "it under 'sectors'")
            )
        }
        return sectors
    }

    private static func texts(
        _ node: DataNode?,
        _ thing: String,
        _ problems: inout [DataProblem]
    ) -> [String: String] {
        guard let node else { return [:] }
        guard case .map(let entries) = node.content else {
            problems.append(DataProblem(at: node.place, what: "\(thing) is not a map", write: "lines of 'key: value'"))
            return [:]
        }
        var texts: [String: String] = [:]
        for entry in entries { texts[entry.key] = entry.value.text("'\(entry.key)'", &problems) }
        return texts
    }

    private static func kind(
        _ entry: DataNode.Entry,
        _ codes: [String],
        _ problems: inout [DataProblem]
    ) -> KindRule? {
        guard let map = entry.value.map("the kind \(entry.key)", keys: ["label", "usual", "may"], &problems) else {
            return nil
        }
        let label = map.requiredText("label", &problems)
        let usual = Self.codes(map, "usual", codes, &problems)
        let may = Self.codes(map, "may", codes, &problems)
        return label.map { KindRule(label: $0.text, usual: usual, may: may) }
    }

    private static func codes(
        _ map: DataMap,
        _ key: String,
        _ known: [String],
        _ problems: inout [DataProblem]
    ) -> [ServiceCode] {
        (map.texts(key, &problems) ?? []).compactMap { serviceCode($0, known, &problems) }
    }

    /// A code that the taxonomy knows; nil with a problem that names the nearest one.
    static func serviceCode(
        _ text: DataNode.Text,
        _ known: [String],
        _ problems: inout [DataProblem]
    ) -> ServiceCode? {
        if known.contains(text.text), let code = ServiceCode(text.text) { return code }
        let nearest = Spelling.nearest(to: text.text, among: known).map { "'\($0)'" }
        problems.append(
            DataProblem(
                at: text.place,
                what: "unknown service type '\(text.text)'",
                write: nearest ?? "a type of taxonomy.yaml"
            )
        )
        return nil
    }
}
