public import Directory
public import Foundation

/// Matches a whole case: proposes the open time-critical needs as one bundle (H8), and orders services by how much of the
/// plan one visit to them covers in time.
///
/// The order is lexicographic, no score: time-critical needs covered for certain, time-critical needs covered, other needs
/// covered for certain, other needs covered (each the more the better), open questions, time band of the earliest start,
/// capacity, stale entry, soft points, earliest start, travel, identifier. "For certain": hours, way, mode and wait are
/// stated (DECISIONS 1).
public enum Planner {
    /// Plans a case. A pure function, as ``Matcher/match(_:among:profile:windows:parameters:now:)`` is; each need is judged
    /// by the same rules as there. `profile` gives what the country where she is lays down for a code.
    public static func plan(
        _ whole: WholeCase,
        among index: ServiceIndex,
        bundle rules: BundleRules,
        profile: (ServiceCode) -> CountryProfile,
        windows: WindowRules,
        parameters: MatchParameters,
        now: Date
    ) -> CasePlan {
        let now = Milliseconds.of(now)
        var drafts = PlanDraft.drafts(of: whole, rules, profile: profile, windows: windows, now: now)
        for place in drafts.indices {
            drafts[place].judge(index, windows: windows, parameters: parameters, now: now)
        }
        let visits = VisitDraft.visits(drafts, of: index)
        let needs = drafts.map(\.planned)
        let covered = Set(visits.flatMap { $0.covers.map(\.need) })
        return CasePlan(
            isBundle: drafts.contains(where: \.isTimeCritical),
            isTimeUnknown: needs.contains { $0.clock == .unknown },
            needs: needs,
            visits: visits,
            proposed: Self.fewest(visits, needs),
            unmet: drafts.indices.filter { !covered.contains($0) && drafts[$0].isOpen }
        )
    }

    /// The best visit, then the best for what is left, until nothing more can be covered.
    private static func fewest(_ visits: [PlannedVisit], _ needs: [PlannedNeed]) -> [Int] {
        var left = Set(visits.flatMap { $0.covers.map(\.need) })
        var chosen: [Int] = []
        while !left.isEmpty {
            let best = visits.min { one, other in
                let (mine, theirs) = (Self.gain(of: one, left, needs), Self.gain(of: other, left, needs))
                return mine == theirs ? one.rank < other.rank : theirs.lexicographicallyPrecedes(mine)
            }
            guard let best else { break }
            chosen.append(best.rank)
            left.subtract(best.covers.map(\.need))
        }
        return chosen
    }

    /// What a visit adds: time-critical needs for certain, time-critical needs, others for certain, others.
    private static func gain(of visit: PlannedVisit, _ left: Set<Int>, _ needs: [PlannedNeed]) -> [Int] {
        let covered = visit.covers.map(\.need).filter(left.contains)
        let critical = covered.count { needs[$0].isTimeCritical }
        let others = covered.count - critical
        return [visit.isTimed ? critical : 0, critical, visit.isTimed ? others : 0, others]
    }
}
