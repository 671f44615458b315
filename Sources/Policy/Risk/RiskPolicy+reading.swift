import Care
public import DataFiles

extension RiskPolicy {
    /// Roles that may be told of a case: those that can be near one at all (D2).
    static let mayBeTold: [Role] = [.caseworker, .supervisor, .safeguardingFocalPoint]

    /// Reads the risk file.
    ///
    /// - Throws: `PolicyError.problems` with every problem of the file: an urgency or level that is missing, a value
    ///   without a source, a number out of range, more time for what is worse, somebody told who may not know of cases.
    public init(reading root: DataNode) throws(PolicyError) {
        var problems: [DataProblem] = []
        let policy = Self.policy(root, &problems)
        guard let policy, problems.isEmpty else { throw .problems(problems.sorted()) }
        self = policy
    }

    private static func policy(_ root: DataNode, _ problems: inout [DataProblem]) -> RiskPolicy? {
        guard let file = root.map("the risk file", keys: ["edition", "response", "levels"], &problems) else {
            return nil
        }
        let edition = Edition.check(file, &problems)
        let response = response(file, &problems)
        let levels = levels(file, &problems)
        guard let edition, let response, problems.isEmpty else { return nil }
        return RiskPolicy(edition: edition, times: response.times, responses: response.told, levels: levels)
    }

    private static func response(
        _ file: DataMap,
        _ problems: inout [DataProblem]
    ) -> (times: ResponseTimes, told: [Urgency: Response])? {
        let names = Urgency.allCases.map(\.rawValue)
        guard let node = file.required("response", &problems),
            let map = node.map("'response'", keys: names, &problems)
        else { return nil }
        var hours: [Urgency: Int] = [:]
        var told: [Urgency: Response] = [:]
        for urgency in Urgency.allCases {
            guard let node = map.required(urgency.rawValue, &problems),
                let values = node.map("'\(urgency.rawValue)'", keys: ["hours", "tell"] + Stewardship.keys, &problems)
            else { continue }
            hours[urgency] = values.requiredWhole("hours", Limits.windowHours, &problems)
            let tell = values.words("tell", among: mayBeTold, &problems)
            guard let stewardship = Stewardship(reading: values, &problems) else { continue }
            told[urgency] = Response(tell: tell, stewardship: stewardship)
        }
        guard let emergency = hours[.emergency], let urgent = hours[.urgent], let routine = hours[.routine] else {
            return nil
        }
        do {
            return (try ResponseTimes(emergency: emergency, urgent: urgent, routine: routine), told)
        } catch {
            problems.append(
                DataProblem(
                    at: map.place,
                    what: "what is more urgent may wait longer",
                    write: "no more hours for an emergency than for the urgent, and for the urgent than for the routine"
                )
            )
            return nil
        }
    }

    private static func levels(_ file: DataMap, _ problems: inout [DataProblem]) -> [RiskLevel: Level] {
        let known: [RiskLevel] = [.high, .medium, .low]
        guard let node = file.required("levels", &problems),
            let map = node.map("'levels'", keys: known.map(\.rawValue), &problems)
        else { return [:] }
        var levels: [RiskLevel: Level] = [:]
        for level in known {
            guard let node = map.required(level.rawValue, &problems) else { continue }
            levels[level] = self.level(level, node, &problems)
        }
        for (worse, better) in zip(known, known.dropFirst()) {
            guard let first = levels[worse], let second = levels[better] else { continue }
            if first.firstResponseHours > second.firstResponseHours || first.planDays > second.planDays
                || first.followUpDays > second.followUpDays
            {
                problems.append(
                    DataProblem(
                        at: map.place,
                        what: "'\(worse.rawValue)' leaves more time than '\(better.rawValue)'",
                        write: "no more hours and days for the higher level"
                    )
                )
            }
        }
        return levels
    }

    private static func level(_ level: RiskLevel, _ node: DataNode, _ problems: inout [DataProblem]) -> Level? {
        let keys = ["first_response_hours", "plan_days", "follow_up_days", "tell"] + Stewardship.keys
        guard let map = node.map("'\(level.rawValue)'", keys: keys, &problems) else { return nil }
        let hours = map.requiredWhole("first_response_hours", Limits.windowHours, &problems)
        let plan = map.requiredWhole("plan_days", Limits.days, &problems)
        let followUp = map.requiredWhole("follow_up_days", Limits.days, &problems)
        let tell = map.words("tell", among: mayBeTold, &problems)
        guard let stewardship = Stewardship(reading: map, &problems), let hours, let plan, let followUp else {
            return nil
        }
        return Level(
            firstResponseHours: hours,
            planDays: plan,
            followUpDays: followUp,
            tell: tell,
            stewardship: stewardship
        )
    }
}
