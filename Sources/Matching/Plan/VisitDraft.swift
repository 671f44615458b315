import Directory

/// A visit to one service while the plan is worked out.
struct VisitDraft: Comparable {
    /// The keys of the order, each the better the smaller; the row comes last, so no two are equal.
    private let keys: [Int]
    private let row: Int
    private let covers: [PlannedVisit.Cover]
    private let misses: [PlannedVisit.Miss]
    private let option: MatchedOption
    private let flags: CodeSet<MatchFlag>
    private let isTimed: Bool

    /// A visit to every service that meets at least one need, in order.
    static func visits(_ drafts: [PlanDraft], of index: ServiceIndex) -> [PlannedVisit] {
        var rows: Set<Int> = []
        for draft in drafts { rows.formUnion(draft.candidates.keys) }
        return rows.compactMap { VisitDraft($0, drafts) }.sorted().enumerated().map { place, visit in
            PlannedVisit(
                service: index.ids[visit.row],
                rank: place + 1,
                covers: visit.covers,
                misses: visit.misses,
                isTimed: visit.isTimed,
                earliestStart: visit.option.earliestStart,
                zone: visit.option.zone,
                mode: visit.option.mode,
                flags: visit.flags,
                softPoints: visit.option.softPoints
            )
        }
    }

    /// Nil when the service of that row meets none of the needs.
    private init?(_ row: Int, _ drafts: [PlanDraft]) {
        let met = drafts.enumerated().compactMap { place, draft in
            draft.query.flatMap { query in draft.candidates[row].map { (place, query, $0) } }
        }
        guard let (_, query, candidate) = met.first else { return nil }
        let flags = met.reduce(UInt32(0)) { $0 | $1.2.flags }
        let unknowns = met.reduce(UInt32(0)) { $0 | ($1.2.flags & $1.1.openQuestions) }.nonzeroBitCount
        // The start is the same for each need: the same house, the same way, the same wait.
        let isTimed = candidate.isTimed && flags & Flag.waitUnknown == 0
        let critical = met.count { drafts[$0.0].isTimeCritical }
        let others = met.count - critical
        self.row = row
        self.isTimed = isTimed
        self.option = query.option(candidate, rank: 1, isOnly: false)
        self.covers = met.map { place, query, candidate in
            PlannedVisit.Cover(
                need: place,
                secondsToSpare: query.option(candidate, rank: 1, isOnly: false).secondsToSpare,
                isTight: candidate.flags & Flag.windowTight != 0
            )
        }
        self.misses = drafts.enumerated().compactMap { place, draft in
            guard draft.candidates[row] == nil else { return nil }
            return PlannedVisit.Miss(need: place, reasons: CodeSet(bits: draft.broken[row] ?? 0))
        }
        // Of a need, not of the visit: each cover says it.
        self.flags = CodeSet(bits: flags & ~Flag.windowTight)
        self.keys =
            [isTimed ? -critical : 0, -critical, isTimed ? -others : 0, -others, unknowns]
            + query.visitKeys(candidate, flags: flags)
    }

    static func < (left: VisitDraft, right: VisitDraft) -> Bool {
        left.keys.lexicographicallyPrecedes(right.keys)
    }

    static func == (left: VisitDraft, right: VisitDraft) -> Bool { left.keys == right.keys }
}

extension Query {
    /// The keys of a visit behind what it covers: time band, capacity, stale entry, soft points, start, travel, identifier.
    fileprivate func visitKeys(_ candidate: Candidate, flags: UInt32) -> [Int] {
        let moment = candidate.start.start ?? .max
        let band = flags & Flag.hoursUnknown != 0 ? parameters.timeBandHours.count + 1 : self.band(of: moment)
        let capacity = flags & Flag.waitlist != 0 ? 2 : flags & Flag.capacityUnknown != 0 ? 1 : 0
        return [
            band, capacity, flags & Flag.verify != 0 ? 1 : 0, -Fit.softPoints(candidate.fits), moment,
            candidate.rank.travel, candidate.rank.row,
        ]
    }
}
