import Care
public import DataFiles

extension ConsentPolicy {
    /// Reads the consent file.
    ///
    /// - Throws: `PolicyError.problems` with every problem of the file: a missing age band, sector or source, an unknown
    ///   item or giver, a period beyond what N6 and N7 allow.
    public init(reading root: DataNode) throws(PolicyError) {
        var problems: [DataProblem] = []
        let policy = Self.policy(root, &problems)
        guard let policy, problems.isEmpty else { throw .problems(problems.sorted()) }
        self = policy
    }

    private static func policy(_ root: DataNode, _ problems: inout [DataProblem]) -> ConsentPolicy? {
        let keys = ["edition", "bands", "periods", "life_in_danger", "allow_list"]
        guard let file = root.map("the consent file", keys: keys, &problems) else { return nil }
        Edition.check(file, &problems)
        let bands = bands(file, &problems)
        let periods = periods(file, &problems)
        let minimum = minimum(file, &problems)
        let allowList = allowList(file, &problems)
        guard let periods, let minimum, let allowList, problems.isEmpty else { return nil }
        do {
            let rules = try ConsentRules(
                bands: bands,
                longestDays: periods.longest,
                bestInterestsDays: periods.bestInterests,
                minimumToSaveLife: minimum.items,
                vitalReviewHours: minimum.hours
            )
            return ConsentPolicy(rules: rules, allowList: allowList, defaultDays: periods.usual)
        } catch {
            problems.append(DataProblem(at: file.place, what: "the values do not go together", write: "\(error)"))
            return nil
        }
    }

    private static func bands(_ file: DataMap, _ problems: inout [DataProblem]) -> [AgeBand: ConsentRules.Band] {
        let names = AgeBand.allCases.map(\.rawValue)
        guard let node = file.required("bands", &problems), let map = node.map("'bands'", keys: names, &problems) else {
            return [:]
        }
        var bands: [AgeBand: ConsentRules.Band] = [:]
        for band in AgeBand.allCases {
            let keys = ["givers", "if_no_safe_caregiver", "form", "assent", "source"]
            guard let node = map.required(band.rawValue, &problems),
                let values = node.map("the band '\(band.rawValue)'", keys: keys, &problems)
            else { continue }
            requireSource(values, &problems)
            _ = values.required("givers", &problems)
            let known = ConsentGiver.allCases.filter { $0 != .none }
            let givers = codes("givers", values, known, &problems)
            let standIns = codes("if_no_safe_caregiver", values, known, &problems)
            let form = code("form", values, AgreementForm.allCases, &problems)
            let assent = code("assent", values, ConsentRules.AssentNeed.allCases, &problems)
            guard let form, let assent else { continue }
            bands[band] = ConsentRules.Band(givers: givers, standIns: standIns, form: form, assent: assent)
        }
        return bands
    }

    private static func periods(
        _ file: DataMap,
        _ problems: inout [DataProblem]
    ) -> (usual: Int, longest: Int, bestInterests: Int)? {
        let names = ["default", "longest", "best_interests"]
        guard let node = file.required("periods", &problems), let map = node.map("'periods'", keys: names, &problems)
        else { return nil }
        let usual = number("default", "days", 1...1_100, map, &problems)
        let longest = number("longest", "days", 1...1_100, map, &problems)
        let bestInterests = number("best_interests", "days", 1...14, map, &problems)
        guard let usual, let longest, let bestInterests else { return nil }
        if usual > longest {
            problems.append(
                DataProblem(
                    at: map.place,
                    what: "the default is longer than the longest period",
                    write: "a default of at most \(longest) days"
                )
            )
        }
        return (usual, longest, bestInterests)
    }

    private static func minimum(
        _ file: DataMap,
        _ problems: inout [DataProblem]
    ) -> (items: Set<DataItem>, hours: Int)? {
        let keys = ["items", "review", "source"]
        guard let node = file.required("life_in_danger", &problems),
            let map = node.map("'life_in_danger'", keys: keys, &problems)
        else { return nil }
        requireSource(map, &problems)
        _ = map.required("items", &problems)
        let items = codes("items", map, DataItem.allCases, &problems)
        guard let hours = number("review", "hours", 1...24, map, &problems) else { return nil }
        return (items, hours)
    }

    private static func allowList(_ file: DataMap, _ problems: inout [DataProblem]) -> AllowList? {
        guard let node = file.required("allow_list", &problems) else { return nil }
        guard case .map(let entries) = node.content else {
            problems.append(
                DataProblem(at: node.place, what: "'allow_list' is not a map", write: "lines of 'MED:' and its items")
            )
            return nil
        }
        var lists: [String: Set<DataItem>] = [:]
        for entry in entries {
            guard AllowList.isName(entry.key) else {
                problems.append(
                    DataProblem(
                        at: entry.keyPlace,
                        what: "'\(entry.key)' is no sector and no service code",
                        write: "MED, PSY, LEG, SOC or a service code such as MED-EMERG"
                    )
                )
                continue
            }
            guard let map = entry.value.map("the list '\(entry.key)'", keys: ["items", "source"], &problems) else {
                continue
            }
            requireSource(map, &problems)
            _ = map.required("items", &problems)
            lists[entry.key] = codes("items", map, DataItem.allCases, &problems)
        }
        do {
            return try AllowList(lists)
        } catch {
            problems.append(
                DataProblem(
                    at: node.place,
                    what: "'allow_list' lacks a sector",
                    write: "a list for each of MED, PSY, LEG and SOC"
                )
            )
            return nil
        }
    }

    // MARK: Values

    /// Every value says where it comes from.
    private static func requireSource(_ map: DataMap, _ problems: inout [DataProblem]) {
        _ = map.requiredText("source", &problems)
    }

    private static func number(
        _ key: String,
        _ unit: String,
        _ range: ClosedRange<Int>,
        _ map: DataMap,
        _ problems: inout [DataProblem]
    ) -> Int? {
        guard let node = map.required(key, &problems),
            let values = node.map("'\(key)'", keys: [unit, "source"], &problems)
        else { return nil }
        requireSource(values, &problems)
        guard let text = values.requiredText(unit, &problems) else { return nil }
        guard let number = Int(text.text), range.contains(number), String(number) == text.text else {
            problems.append(
                DataProblem(
                    at: text.place,
                    what: "'\(text.text)' is out of range for the \(unit) of '\(key)'",
                    write: "a whole number from \(range.lowerBound) to \(range.upperBound)"
                )
            )
            return nil
        }
        return number
    }

    private static func code<Code: RawRepresentable<String>>(
        _ key: String,
        _ map: DataMap,
        _ known: [Code],
        _ problems: inout [DataProblem]
    ) -> Code? {
        guard let text = map.requiredText(key, &problems) else { return nil }
        return code(text, known, &problems)
    }

    private static func codes<Code: RawRepresentable<String> & Hashable>(
        _ key: String,
        _ map: DataMap,
        _ known: [Code],
        _ problems: inout [DataProblem]
    ) -> Set<Code> {
        var codes: Set<Code> = []
        for text in map.texts(key, &problems) ?? [] {
            guard let code = code(text, known, &problems) else { continue }
            if !codes.insert(code).inserted {
                problems.append(DataProblem(at: text.place, what: "'\(text.text)' stands twice", write: "it once"))
            }
        }
        return codes
    }

    private static func code<Code: RawRepresentable<String>>(
        _ text: DataNode.Text,
        _ known: [Code],
        _ problems: inout [DataProblem]
    ) -> Code? {
        let words = known.map(\.rawValue)
        if let index = words.firstIndex(of: text.text) { return known[index] }
        let nearest = Spelling.nearest(to: text.text, among: words)
        problems.append(
            DataProblem(
                at: text.place,
                what: "unknown value '\(text.text)'",
                write: nearest.map { "'\($0)'" } ?? "one of \(words.joined(separator: ", "))"
            )
        )
        return nil
    }
}
