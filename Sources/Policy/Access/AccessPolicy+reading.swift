import Care
public import DataFiles

extension AccessPolicy {
    /// Reads the rules from an access file.
    ///
    /// - Throws: `PolicyError.problems` with every problem of the file: an act that is missing or unknown, an unknown
    ///   condition, a rule that goes beyond the safeguards.
    public init(reading root: DataNode) throws(PolicyError) {
        var problems: [DataProblem] = []
        let rules = Self.rules(root, &problems)
        guard problems.isEmpty else { throw .problems(problems.sorted()) }
        self.init(rules: rules)
    }

    private static func rules(_ root: DataNode, _ problems: inout [DataProblem]) -> [AccessRule] {
        guard let file = root.map("the access file", keys: ["edition", "acts"], &problems) else { return [] }
        Edition.check(file, &problems)
        guard let acts = file.required("acts", &problems),
            let map = acts.map("'acts'", keys: Act.allCases.map(\.rawValue), &problems)
        else { return [] }
        var rules: [AccessRule] = []
        for act in Act.allCases {
            guard let node = map[act.rawValue] else {
                problems.append(
                    DataProblem(
                        at: map.place,
                        what: "the act '\(act.rawValue)' is not there",
                        write: "'\(act.rawValue):' with its rules, or '\(act.rawValue): []' for nobody"
                    )
                )
                continue
            }
            rules += self.rules(for: act, node, &problems)
        }
        return rules
    }

    private static func rules(
        for act: Act,
        _ node: DataNode,
        _ problems: inout [DataProblem]
    ) -> [AccessRule] {
        let entries: [DataNode.Entry]
        switch node.content {
        case .list(let items) where items.isEmpty: return []
        case .map(let found) where !found.isEmpty: entries = found
        default:
            problems.append(
                DataProblem(
                    at: node.place,
                    what: "'\(act.rawValue)' has no rules",
                    write: "lines of 'name: [condition, …]', or [] for nobody"
                )
            )
            return []
        }
        return entries.compactMap { rule(for: act, $0, &problems) }
    }

    private static func rule(
        for act: Act,
        _ entry: DataNode.Entry,
        _ problems: inout [DataProblem]
    ) -> AccessRule? {
        let isNamed = (1...Limits.ruleName).contains(entry.key.utf8.count) && entry.key.utf8.allSatisfy(isNameByte)
        if !isNamed {
            problems.append(
                DataProblem(
                    at: entry.keyPlace,
                    what: "'\(entry.key)' is no name for a rule",
                    write: "1 to \(Limits.ruleName) of a-z, 0-9 and _"
                )
            )
        }
        guard let texts = entry.value.texts("the rule '\(entry.key)'", &problems) else { return nil }
        var conditions: [Condition] = []
        for text in texts {
            guard let condition = Condition(code: text.text) else {
                let known = Condition.all.map(\.code)
                let nearest = Spelling.nearest(to: text.text, among: known)
                problems.append(
                    DataProblem(
                        at: text.place,
                        what: "unknown condition '\(text.text)'",
                        write: nearest.map { "'\($0)'" } ?? "one of \(known.joined(separator: ", "))"
                    )
                )
                continue
            }
            guard !conditions.contains(condition) else {
                problems.append(
                    DataProblem(at: text.place, what: "'\(text.text)' stands twice in a rule", write: "it once")
                )
                continue
            }
            conditions.append(condition)
        }
        guard isNamed, conditions.count == texts.count else { return nil }
        let rule = AccessRule(act: act, name: entry.key, conditions: conditions)
        problems += Safeguards.faults(of: rule).map { fault in
            DataProblem(at: entry.keyPlace, what: fault.what, write: fault.write)
        }
        return rule
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte == UInt8(ascii: "_")
    }
}
