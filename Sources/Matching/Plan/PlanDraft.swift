import Care
import Directory

/// A need of a plan while it is worked out.
struct PlanDraft {
    let need: WholeCase.OpenNeed
    let context: CaseContext
    let profile: CountryProfile
    let isProposed: Bool
    let isTimeCritical: Bool
    let clock: PlannedNeed.Clock
    let standsFor: [ServiceCode]
    private(set) var gates = CodeSet<Gate>([])
    private(set) var query: Query?
    /// Those that meet it in time, by row.
    private(set) var candidates: [Int: Candidate] = [:]
    /// Every rule that each other service fails, by row.
    private(set) var broken: [Int: UInt32] = [:]
    private var first: ServiceID?

    /// It can be met, and is not over.
    var isOpen: Bool { query != nil }

    /// The needs of a plan: the bundle's where it is started, what stands for what is over, and all others.
    static func drafts(
        of whole: WholeCase,
        _ rules: BundleRules,
        profile: (ServiceCode) -> CountryProfile,
        windows: WindowRules,
        now: Int
    ) -> [PlanDraft] {
        let recorded = whole.distinctNeeds
        let starters = starters(recorded, whole, rules, now: now)
        let pressing = starters.map(\.sought.urgency).min { $0.placeInOrder < $1.placeInOrder }
        var drafts: [PlanDraft] = []
        var replaced: [(ServiceCode, standsFor: ServiceCode, isTimeCritical: Bool, Urgency)] = []
        func draft(_ need: WholeCase.OpenNeed, isProposed: Bool, isTimeCritical: Bool, for over: [ServiceCode] = []) {
            let code = need.sought.code
            let context = whole.context(of: need)
            let profile = profile(code)
            let clock = clock(context, profile, windows, now: now)
            if case .over(let instead) = clock {
                replaced += instead.map { ($0, code, isTimeCritical, need.sought.urgency) }
            }
            drafts.append(
                PlanDraft(
                    need: need,
                    context: context,
                    profile: profile,
                    isProposed: isProposed,
                    isTimeCritical: isTimeCritical,
                    clock: clock,
                    standsFor: over
                )
            )
        }
        if let pressing {
            for code in rules.needs {
                let own = recorded.filter { $0.sought.code == code }
                for need in own { draft(need, isProposed: false, isTimeCritical: true) }
                // What she declined or what is settled is not brought up again.
                guard own.isEmpty, !whole.settled.contains(code), whole.consents[code]?.status != .refused else {
                    continue
                }
                let proposed = WholeCase.OpenNeed(SoughtNeed(code: code, urgency: pressing))
                draft(proposed, isProposed: true, isTimeCritical: true)
            }
        }
        let bundled = pressing == nil ? [] : Set(rules.needs)
        for need in recorded where !bundled.contains(need.sought.code) {
            draft(need, isProposed: false, isTimeCritical: false)
        }
        return standIns(drafts, replaced, whole, profile: profile, windows: windows, now: now)
    }

    /// The open needs that start the bundle: recent, or of a time that nobody knows (H3).
    private static func starters(
        _ recorded: [WholeCase.OpenNeed],
        _ whole: WholeCase,
        _ rules: BundleRules,
        now: Int
    ) -> [WholeCase.OpenNeed] {
        if let exposure = whole.facts.lastExposure.map(Milliseconds.of),
            now - exposure >= rules.withinHours * Milliseconds.hour
        {
            return []
        }
        return recorded.filter { rules.startedBy.contains($0.sought.code) }
    }

    /// Takes in what stands for needs whose time is over: a need that is planned already stands for them itself.
    private static func standIns(
        _ planned: [PlanDraft],
        _ replaced: [(ServiceCode, standsFor: ServiceCode, isTimeCritical: Bool, Urgency)],
        _ whole: WholeCase,
        profile: (ServiceCode) -> CountryProfile,
        windows: WindowRules,
        now: Int
    ) -> [PlanDraft] {
        func over(_ code: ServiceCode) -> [ServiceCode] {
            Set(replaced.filter { $0.0 == code }.map(\.standsFor)).sorted()
        }
        func isCritical(_ code: ServiceCode) -> Bool { replaced.contains { $0.0 == code && $0.isTimeCritical } }
        var drafts = planned.map { draft in
            draft.standing(for: over(draft.need.sought.code), isCritical(draft.need.sought.code))
        }
        var seen = Set(planned.map(\.need.sought.code))
        for (code, _, _, _) in replaced where seen.insert(code).inserted {
            guard !whole.settled.contains(code), whole.consents[code]?.status != .refused else { continue }
            let urgency = replaced.filter { $0.0 == code }.map(\.3).min { $0.placeInOrder < $1.placeInOrder }
            let need = WholeCase.OpenNeed(SoughtNeed(code: code, urgency: urgency ?? .routine))
            let context = whole.context(of: need)
            let profile = profile(code)
            drafts.append(
                PlanDraft(
                    need: need,
                    context: context,
                    profile: profile,
                    isProposed: true,
                    isTimeCritical: isCritical(code),
                    clock: clock(context, profile, windows, now: now),
                    standsFor: over(code)
                )
            )
        }
        return drafts.filter(\.isTimeCritical) + drafts.filter { !$0.isTimeCritical }
    }

    private func standing(for over: [ServiceCode], _ isCritical: Bool) -> PlanDraft {
        guard !over.isEmpty else { return self }
        return PlanDraft(
            need: need,
            context: context,
            profile: profile,
            isProposed: isProposed,
            isTimeCritical: isTimeCritical || isCritical,
            clock: clock,
            standsFor: over
        )
    }

    private static func clock(
        _ context: CaseContext,
        _ profile: CountryProfile,
        _ windows: WindowRules,
        now: Int
    ) -> PlannedNeed.Clock {
        let sought = SoughtCodes(context, profile: profile, windows: windows, now: now)
        if sought.passed != nil { return .over(instead: sought.targets.map(\.code)) }
        if sought.isTimeUnknown { return .unknown }
        guard let told = sought.targets.first?.told else { return .noCutOff }
        guard now <= told else { return .keptOpen }
        return .open(until: Milliseconds.date(told), secondsLeft: (told - now) / 1000)
    }

    /// Judges every service for the need; nothing is listed where a gate blocks it or its time is over.
    mutating func judge(_ index: ServiceIndex, windows: WindowRules, parameters: MatchParameters, now: Int) {
        let findings = Gates.findings(context, profile: profile, now: now)
        gates = findings.gates
        if findings.blocksListing { return }
        if case .over = clock { return }
        let query = Query(
            context,
            index: index,
            profile: profile,
            windows: windows,
            parameters: parameters,
            now: now
        )
        let judged = query.judged()
        first = judged.candidates.first.map { index.ids[$0.rank.row] }
        for candidate in judged.candidates { candidates[candidate.rank.row] = candidate }
        for entry in judged.excluded { broken[Int(entry.row)] = entry.broken }
        self.query = query
    }

    var planned: PlannedNeed {
        PlannedNeed(
            code: need.sought.code,
            jurisdiction: need.sought.jurisdiction,
            urgency: need.sought.urgency,
            isProposed: isProposed,
            isTimeCritical: isTimeCritical,
            clock: clock,
            standsFor: standsFor,
            gates: gates,
            serviceCount: candidates.count,
            first: first
        )
    }
}
