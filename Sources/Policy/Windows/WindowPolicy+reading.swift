public import DataFiles
import Directory

extension WindowPolicy {
    /// Codes that must have a cut-off: DOMAIN section 4 names one for each, and a table without it would promise help that
    /// can no longer be given. How many hours it is stands in the file alone.
    static let required = ["MED-HIVPEP", "MED-EC", "MED-HEPB", "MED-FORENSIC", "MED-TOX"]

    /// Reads the window file.
    ///
    /// - Throws: `PolicyError.problems` with every problem of the file: a clinical window that is missing, a value without
    ///   a source, a number out of range, a cut-off without a fallback or the other way round.
    public init(reading root: DataNode) throws(PolicyError) {
        var problems: [DataProblem] = []
        let policy = Self.policy(root, &problems)
        guard let policy, problems.isEmpty else { throw .problems(problems.sorted()) }
        self = policy
    }

    private static func policy(_ root: DataNode, _ problems: inout [DataProblem]) -> WindowPolicy? {
        guard let file = root.map("the window file", keys: ["edition", "windows", "bundle"], &problems) else {
            return nil
        }
        let edition = Edition.check(file, &problems)
        guard let node = file.required("windows", &problems) else { return nil }
        guard case .map(let entries) = node.content else {
            problems.append(
                DataProblem(at: node.place, what: "'windows' is not a map", write: "lines of 'MED-EC:' and its hours")
            )
            return nil
        }
        var windows: [ServiceCode: Window] = [:]
        for entry in entries {
            let name = DataNode.Text(text: entry.key, place: entry.keyPlace)
            guard let code = name.serviceCode(&problems) else { continue }
            windows[code] = window(code, entry, &problems)
        }
        for code in required where !entries.contains(where: { $0.key == code }) {
            problems.append(
                DataProblem(
                    at: node.place,
                    what: "the window of '\(code)' is not there",
                    write: "'\(code):' with its hours, fallback and source"
                )
            )
        }
        let bundle = file["bundle"].flatMap { Self.bundle($0, &problems) }
        guard let edition, problems.isEmpty else { return nil }
        return WindowPolicy(edition: edition, windows: windows, bundle: bundle)
    }

    private static func bundle(_ node: DataNode, _ problems: inout [DataProblem]) -> Bundle? {
        let keys = ["within_hours", "started_by", "needs"] + Stewardship.keys
        guard let map = node.map("the bundle", keys: keys, &problems) else { return nil }
        let hours = map.requiredWhole("within_hours", Limits.windowHours, &problems)
        func codes(_ key: String) -> [ServiceCode] {
            guard map.required(key, &problems) != nil, let texts = map.texts(key, &problems) else { return [] }
            let codes = texts.compactMap { $0.serviceCode(&problems) }
            if codes.isEmpty || Set(codes).count < codes.count {
                problems.append(
                    DataProblem(
                        at: map.place,
                        what: "'\(key)' of the bundle is empty or has a code twice",
                        write: "each code once, such as MED-HIVPEP"
                    )
                )
            }
            return codes
        }
        let startedBy = codes("started_by")
        let needs = codes("needs")
        guard let stewardship = Stewardship(reading: map, &problems), let hours else { return nil }
        return Bundle(
            withinHours: hours,
            startedBy: startedBy,
            needs: needs,
            stewardship: stewardship,
            place: node.place
        )
    }

    private static func window(
        _ code: ServiceCode,
        _ entry: DataNode.Entry,
        _ problems: inout [DataProblem]
    ) -> Window? {
        let keys = ["hours", "ideal_hours", "younger", "fallback"] + Stewardship.keys
        guard let map = entry.value.map("the window of '\(code)'", keys: keys, &problems) else { return nil }
        let isRequired = required.contains(code.text)
        let hours =
            isRequired
            ? map.requiredWhole("hours", Limits.windowHours, &problems)
            : map.whole("hours", Limits.windowHours, &problems)
        let ideal = map.whole("ideal_hours", Limits.windowHours, &problems)
        let fallback = (map.texts("fallback", &problems) ?? []).compactMap { $0.serviceCode(&problems) }
        let younger = younger(map, hours: hours, &problems)
        let stewardship = Stewardship(reading: map, &problems)
        check(code, map, hours: hours, ideal: ideal, fallback: fallback, &problems)
        guard let stewardship else { return nil }
        return Window(
            hours: hours,
            idealHours: ideal,
            younger: younger,
            fallback: fallback,
            stewardship: stewardship,
            place: entry.keyPlace
        )
    }

    /// A window that is over always leads on (H4), and what has no cut-off is never over.
    private static func check(
        _ code: ServiceCode,
        _ map: DataMap,
        hours: Int?,
        ideal: Int?,
        fallback: [ServiceCode],
        _ problems: inout [DataProblem]
    ) {
        func problem(_ what: String, _ write: String) {
            problems.append(DataProblem(at: map.place, what: what, write: write))
        }
        if map["hours"] != nil, map["fallback"] == nil {
            problem("\(map.thing) ends and nothing is offered after it", "'fallback: [MED-CMR]' or other codes")
        }
        if map["hours"] == nil, map["fallback"] != nil {
            problem("\(map.thing) has a fallback and never ends", "'hours: …' or no fallback")
        }
        if map["hours"] == nil, map["ideal_hours"] == nil {
            problem("\(map.thing) has no hours", "'hours: …', 'ideal_hours: …' or no entry")
        }
        if let hours, let ideal, ideal > hours {
            problem("the ideal hours of '\(code)' are more than its hours", "at most \(hours)")
        }
        if fallback.contains(code) {
            problem("\(map.thing) leads back to itself", "another code as its fallback")
        }
    }

    private static func younger(_ map: DataMap, hours: Int?, _ problems: inout [DataProblem]) -> Younger? {
        guard let node = map["younger"] else { return nil }
        guard let values = node.map("'younger'", keys: ["under", "hours"], &problems) else { return nil }
        let under = values.requiredWhole("under", 1...18, &problems)
        guard let own = values.requiredWhole("hours", Limits.windowHours, &problems), let under else { return nil }
        guard let hours, own < hours else {
            problems.append(
                DataProblem(
                    at: node.place,
                    what: "the younger have no shorter window than the others",
                    write: "fewer hours than for the others, or no 'younger'"
                )
            )
            return nil
        }
        return Younger(under: under, hours: own)
    }
}
