import Directory
public import Foundation

/// Turns one need of one survivor into a ranked list of services with reasons (DOMAIN section 11).
public enum Matcher {
    /// Matches one need. A pure function: no clock, no randomness, no input or output; the same arguments give the same
    /// result. `profile` is that of the country where she is, `windows` the general table of
    /// windows; times count from `now`.
    public static func match(
        _ context: CaseContext,
        among index: ServiceIndex,
        profile: CountryProfile,
        windows: WindowRules,
        parameters: MatchParameters,
        now: Date
    ) -> MatchResult {
        let now = Milliseconds.of(now)
        let findings = Gates.findings(context, profile: profile, now: now)
        guard !findings.blocksListing else {
            return MatchResult(
                outcome: .blocked,
                gates: findings.gates,
                flags: CodeSet(bits: 0),
                options: [],
                excluded: ExcludedServices([], of: index),
                referralMayBeSent: false
            )
        }
        let query = Query(
            context,
            index: index,
            profile: profile,
            windows: windows,
            parameters: parameters,
            now: now
        )
        return query.result(findings)
    }
}

/// A service that fails no hard rule, while the match is worked out.
struct Candidate {
    let rank: Rank
    let start: EarliestStart
    let flags: UInt32
    let fits: UInt16
    let covered: [UInt32]

    /// A start without the hours, the way or the mode would be a promise that nobody can keep.
    var isTimed: Bool { start.hoursAreKnown && start.mode != nil && start.travel >= 0 }
}

extension Query {
    /// Every service judged: those that fail no rule in their order, the others with every rule they fail.
    func judged() -> (candidates: [Candidate], excluded: [ExcludedServices.Entry]) {
        var candidates: [Candidate] = []
        var excluded: [ExcludedServices.Entry] = []
        excluded.reserveCapacity(index.rows.count)
        for number in index.rows.indices {
            let row = index.rows[number]
            let offer = offers[Int(row.offers)]
            var broken = self.broken(row)
            // The clock is asked only where the answer matters: it is the dear part.
            if broken != 0, offer.target < 0 || offer.end == .max, let rest = brokenWithoutStart(row, at: number) {
                excluded.append(ExcludedServices.Entry(row: Int32(number), broken: broken | rest))
                continue
            }
            let start = earliestStart(row, at: number)
            broken |= brokenByTime(start, end: offer.target < 0 ? .max : offer.end)
            guard broken == 0 else {
                excluded.append(ExcludedServices.Entry(row: Int32(number), broken: broken))
                continue
            }
            candidates.append(candidate(row, at: number, start, told: offer.told))
        }
        candidates.sort { $0.rank < $1.rank }
        return (candidates, excluded)
    }

    func result(_ findings: GateFindings) -> MatchResult {
        let (candidates, excluded) = judged()
        let isOnly = candidates.count == 1
        let options = candidates.enumerated().map { option($0.element, rank: $0.offset + 1, isOnly: isOnly) }
        return MatchResult(
            outcome: options.isEmpty ? .noEligibleService : .options,
            gates: findings.gates,
            flags: caseFlags(findings, isUnmet: options.isEmpty),
            options: options,
            excluded: ExcludedServices(excluded, of: index),
            referralMayBeSent: mayBeSent(findings, to: candidates.first)
        )
    }

    private func candidate(_ row: ServiceRow, at number: Int, _ start: EarliestStart, told: Int) -> Candidate {
        let flags = flags(row, start, told: told)
        let fits = fits(row, start)
        let covered = covered(row, at: start.start ?? .max)
        return Candidate(
            rank: rank(start, flags: flags, fits: fits, covered: covered.count, row: number),
            start: start,
            flags: flags,
            fits: fits,
            covered: covered
        )
    }

    func option(_ candidate: Candidate, rank: Int, isOnly: Bool) -> MatchedOption {
        let row = index.rows[candidate.rank.row]
        let offer = offers[Int(row.offers)]
        let start = candidate.start
        let moment = candidate.isTimed ? start.start.map { shown($0, row, start) } : nil
        return MatchedOption(
            service: index.ids[candidate.rank.row],
            rank: rank,
            flags: CodeSet(bits: candidate.flags),
            softPoints: Fit.softPoints(candidate.fits),
            earliestStart: moment.map(Milliseconds.date),
            zone: row.hours == ServiceRow.none ? nil : index.openings.zones[index.openings.plans[Int(row.hours)].zone],
            mode: start.mode,
            matchedCode: sought.targets[Int(offer.target)].code,
            coveredNeeds: candidate.covered.map { index.codes[Int($0)] },
            secondsToSpare: row.lead < 0 ? nil : moment.flatMap { secondsToSpare(from: $0, told: offer.told) },
            fits: candidate.fits,
            isFallback: sought.passed != nil,
            isOnlyOption: isOnly
        )
    }

    /// Seconds to the end that may be told; nil without one, and past it where the service is kept open by a window that
    /// nobody has confirmed: no countdown stands on that.
    private func secondsToSpare(from moment: Int, told: Int) -> Int? {
        told < .max && moment <= told ? (told - moment) / 1000 : nil
    }

    /// The start that is shown: the next full hour where the exact one would give away the way to a hidden place (F6).
    private func shown(_ moment: Int, _ row: ServiceRow, _ start: EarliestStart) -> Int {
        guard row.confidentialLocation, start.mode == .inPerson, start.opening == start.arrival else { return moment }
        let since = moment - now
        let hours = (since + Milliseconds.hour - 1) / Milliseconds.hour
        return now + hours * Milliseconds.hour
    }

    private func caseFlags(_ findings: GateFindings, isUnmet: Bool) -> CodeSet<MatchFlag> {
        var flags: UInt32 = 0
        if sought.passed != nil { flags |= Flag.windowPassed }
        if sought.isTimeUnknown { flags |= Flag.incidentTimeUnknown }
        if findings.isVitalInterest { flags |= Flag.vitalInterest }
        if isUnmet { flags |= Flag.unmetNeed }
        return CodeSet(bits: flags)
    }

    /// Her details may cross a border only where she agreed to it (D7); danger to life goes before both (N7).
    private func mayBeSent(_ findings: GateFindings, to first: Candidate?) -> Bool {
        guard let first, findings.allowsSending else { return false }
        return findings.isVitalInterest || first.flags & Flag.crossBorder == 0
    }
}
