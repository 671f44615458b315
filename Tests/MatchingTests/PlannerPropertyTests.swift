import Care
import Directory
import Foundation
import Matching
import Testing

/// What must hold for the plan of any case; each seed is a case of its own.
struct PlannerPropertyTests {
    /// One case drawn, with the services and the way to each.
    private struct Drawn {
        var draw: Draw
        let services: [Service]
        let travel: [ServiceID: Double]
        var whole: WholeCase

        init(seed: UInt64, services count: Int = 30) {
            var draw = Draw(seed: seed)
            services = draw.services(count)
            travel = draw.travel(to: services)
            var facts = draw.context()
            facts.travel = TravelTimes(travel)
            whole = draw.whole(facts)
            self.draw = draw
        }
    }

    static let rules = BundleRules(
        withinHours: 120,
        startedBy: [Sample.code("MED-HIVPEP"), Sample.code("MED-CMR")],
        needs: [Sample.code("MED-HIVPEP"), Sample.code("MED-EC"), Sample.code("MED-FORENSIC")]
    )

    private func plan(_ drawn: Drawn, _ whole: WholeCase? = nil, among services: [Service]? = nil) throws -> CasePlan {
        Planner.plan(
            whole ?? drawn.whole,
            among: try ServiceIndex(services ?? drawn.services),
            bundle: Self.rules,
            profile: { _ in Sample.profile },
            windows: Sample.windows,
            parameters: Sample.parameters,
            now: drawn.draw.now
        )
    }

    private func plain(_ drawn: Drawn) -> PlainPlanner {
        PlainPlanner(
            whole: drawn.whole,
            rules: Self.rules,
            travel: drawn.travel,
            profile: Sample.profile,
            windows: Sample.windows,
            now: drawn.draw.now
        )
    }

    @Test(arguments: 0..<120)
    func `the plain reading of the rules gives the same needs, the same visits and the same order`(
        _ seed: UInt64
    ) throws {
        let drawn = Drawn(seed: seed)
        let plan = try plan(drawn)
        let plain = plain(drawn)
        let needs = plain.needs
        #expect(plan.needs.map(\.code) == needs.map(\.code))
        #expect(plan.needs.map(\.jurisdiction) == needs.map(\.jurisdiction))
        #expect(plan.needs.map(\.urgency) == needs.map(\.urgency))
        #expect(plan.needs.map(\.isProposed) == needs.map(\.isProposed))
        #expect(plan.needs.map(\.isTimeCritical) == needs.map(\.isCritical))
        let visits = plain.visits(drawn.services)
        #expect(plan.visits.map(\.service.text) == visits.map(\.id))
        #expect(plan.visits.map { $0.covers.map(\.need) } == visits.map(\.covered))
        for (need, plainNeed) in zip(plan.needs, needs) {
            let matcher = plain.plain(plainNeed)
            switch need.clock {
            case .over(let instead):
                #expect(matcher.isPassed)
                #expect(instead == plain.instead(of: plainNeed))
            case .open(let until, let seconds):
                #expect(matcher.end(of: need.code) == until)
                #expect(seconds == Int(until.timeIntervalSince(drawn.draw.now)))
            case .unknown: #expect(drawn.whole.facts.lastExposure == nil && matcher.window(of: need.code) != nil)
            case .noCutOff: #expect(matcher.window(of: need.code) == nil)
            case .keptOpen, .untold: Issue.record("nothing is kept open here")
            }
        }
        for visit in plan.visits {
            let service = drawn.services.first { $0.id == visit.service }!
            for miss in visit.misses {
                let matcher = plain.plain(needs[miss.need])
                let isJudged = !miss.reasons.isEmpty
                if isJudged { #expect(Set(miss.reasons) == matcher.reasons(service)) }
                #expect(miss.reasons.allSatisfy { !$0.isKeptInsideTheCase })
            }
            for cover in visit.covers {
                let matcher = plain.plain(needs[cover.need])
                guard let end = matcher.end(at: service) else { continue }
                let start = try #require(matcher.start(service))
                #expect(start <= end)
                if !service.confidentialLocation {
                    #expect(cover.secondsToSpare == Int(end.timeIntervalSince(start)))
                    #expect(cover.isTight == (end.timeIntervalSince(start) < 6 * 3600))
                }
            }
        }
    }

    @Test
    func `the cases drawn start bundles, propose, replace, block and leave unmet often enough to prove something`()
        throws
    {
        var counts: [String: Int] = [:]
        for seed in 0..<120 {
            let plan = try plan(Drawn(seed: UInt64(seed)))
            func count(_ name: String, _ holds: Bool) { counts[name, default: 0] += holds ? 1 : 0 }
            count("bundle", plan.isBundle)
            count("none", !plan.isBundle)
            count("proposed", plan.needs.contains(where: \.isProposed))
            count("stands in", plan.needs.contains { !$0.standsFor.isEmpty && $0.isProposed })
            count("blocked", plan.needs.contains { $0.gates.contains(where: \.blocksListing) })
            count("unmet", !plan.unmet.isEmpty)
            count("unknown", plan.isTimeUnknown)
            count("several visits", plan.proposed.count > 1)
            count("covers several", plan.visits.first.map { $0.covers.count > 2 } ?? false)
            count("tight", plan.visits.contains { $0.covers.contains(where: \.isTight) })
        }
        #expect(counts.count == 10)
        for (name, count) in counts { #expect(count >= 5, "\(name)") }
    }

    @Test(arguments: 0..<40)
    func `the order of files and of needs changes nothing`(_ seed: UInt64) throws {
        var drawn = Drawn(seed: seed)
        let first = try plan(drawn)
        for _ in 0..<3 {
            var whole = drawn.whole
            whole.openNeeds.shuffle(using: &drawn.draw.dice)
            let shuffled = drawn.services.shuffled(using: &drawn.draw.dice)
            #expect(try plan(drawn, whole, among: shuffled) == first)
        }
    }

    @Test(arguments: 0..<40)
    func `a conflicted service leaves no trace in the plan, for nobody`(_ seed: UInt64) throws {
        let drawn = Drawn(seed: seed)
        let whole = try plan(drawn)
        let matcher = plain(drawn).plain(plain(drawn).needs.first ?? Self.any)
        let kept = drawn.services.filter { !matcher.reasons($0).contains(where: \.isKeptInsideTheCase) }
        #expect(try plan(drawn, among: kept) == whole)
        #expect(try plan(drawn, among: kept).answer(for: .outsideTheCase) == whole.answer(for: .outsideTheCase))
    }

    private static let any = PlainPlanner.Need(
        code: Sample.code("PSY-PSS"),
        jurisdiction: nil,
        urgency: .routine,
        isInDanger: false,
        isProposed: false,
        isCritical: false
    )

    @Test(arguments: 0..<40)
    func `another service removes no visit and turns no two round`(_ seed: UInt64) throws {
        let drawn = Drawn(seed: seed, services: 31)
        let fewer = try plan(drawn, among: Array(drawn.services.dropLast()))
        let more = try plan(drawn)
        let added = drawn.services[30].id
        let kept = more.visits.filter { $0.service != added }
        #expect(kept.map(\.service) == fewer.visits.map(\.service))
        #expect(kept.map(\.covers) == fewer.visits.map(\.covers))
    }

    @Test(arguments: 0..<40)
    func `the visits proposed cover all that any visit covers, and each adds something`(_ seed: UInt64) throws {
        let plan = try plan(Drawn(seed: seed))
        var left = Set(plan.visits.flatMap { $0.covers.map(\.need) })
        for rank in plan.proposed {
            let covered = Set(plan.visits[rank - 1].covers.map(\.need))
            #expect(!covered.isDisjoint(with: left))
            left.subtract(covered)
        }
        #expect(left.isEmpty)
        #expect(plan.proposed.first == plan.visits.first?.rank)
    }

    @Test(arguments: 0..<40)
    func `each need is met by the services that its own match lists, the first of them first`(_ seed: UInt64) throws {
        let drawn = Drawn(seed: seed)
        let plan = try plan(drawn)
        for (place, need) in plan.needs.enumerated() {
            if case .over = need.clock { continue }
            var context = drawn.whole.facts
            context.need = SoughtNeed(code: need.code, urgency: need.urgency, jurisdiction: need.jurisdiction)
            context.otherNeeds = []
            context.isLifeThreatening = drawn.whole.openNeeds.contains {
                $0.sought.code == need.code && $0.sought.jurisdiction == need.jurisdiction && $0.isLifeThreatening
            }
            context.consent = drawn.whole.consents[need.code] ?? .notAsked
            let result = Matcher.match(
                context,
                among: try ServiceIndex(drawn.services),
                profile: Sample.profile,
                windows: Sample.windows,
                parameters: Sample.parameters,
                now: drawn.draw.now
            )
            #expect(result.options.first?.service == need.first)
            #expect(result.options.count == need.serviceCount)
            #expect(result.gates == need.gates)
            let covering = plan.visits.filter { $0.covers.contains { $0.need == place } }
            #expect(Set(covering.map(\.service)) == Set(result.options.map(\.service)))
        }
    }
}

extension Draw {
    /// A whole case on these facts: some needs, some of them twice, some codes declined or settled.
    mutating func whole(_ facts: CaseContext) -> WholeCase {
        let codes = ["MED-HIVPEP", "MED-EC", "MED-CMR", "MED-FORENSIC", "PSY-PSS", "LEG-REP", "SOC-SHELTER"]
            .map(Sample.code)
        var needs: [WholeCase.OpenNeed] = []
        for code in dice.some(codes, atLeast: 1).sorted() {
            for _ in 0..<(dice.oneIn(4) ? 2 : 1) {
                let jurisdiction = dice.oneIn(2) ? CountryCode("XB") : nil
                let sought = SoughtNeed(code: code, urgency: dice.pick(Urgency.allCases), jurisdiction: jurisdiction)
                needs.append(WholeCase.OpenNeed(sought, isLifeThreatening: dice.oneIn(6)))
            }
        }
        var consents: [ServiceCode: ConsentOnFile] = [:]
        for code in dice.some(codes).sorted() where !dice.oneIn(3) {
            let status: ConsentOnFile.Status = dice.oneIn(3) ? .refused : .granted
            consents[code] = ConsentOnFile(status: status, giver: dice.pick([.survivor, .caregiver]))
        }
        let settled: Set<ServiceCode> = dice.oneIn(3) ? [dice.pick(codes)] : []
        return WholeCase(facts, openNeeds: needs, consents: consents, settled: settled)
    }
}
