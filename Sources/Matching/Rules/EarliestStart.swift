import Directory

/// When one service could begin to help her (H2).
struct EarliestStart {
    /// Nil when the mode is not known.
    let mode: ContactMode?
    /// Milliseconds of travel to it: 0 for help from a distance, -1 when not known.
    let travel: Int
    /// When she is there or on the line.
    let arrival: Int
    /// First opening at or after the arrival; nil when it does not open within 30 days. For unstated hours the arrival.
    let opening: Int?
    /// First opening and wait: the start when all is known, else the soonest it could be.
    let start: Int?
    let hoursAreKnown: Bool
}

extension Query {
    /// The mode that is used: the wished one where it is offered, else in person, else the first that the service names.
    func mode(of row: ServiceRow) -> ContactMode? {
        if let wishedMode, row.modes.overlaps(wishedMode) { return context.preferences.mode?.value }
        return row.modes.overlaps(inPerson) ? .inPerson : row.firstMode
    }

    /// The earliest start at the service of one row.
    func earliestStart(_ row: ServiceRow, at number: Int) -> EarliestStart {
        let mode = mode(of: row)
        let isRemote = mode.map { $0 != .inPerson } ?? false
        let travel = isRemote ? 0 : self.travel[number]
        let arrival = isRemote ? now : departure + max(travel, 0)
        let opening = opening(row, atOrAfter: arrival)
        return EarliestStart(
            mode: mode,
            travel: travel,
            arrival: arrival,
            opening: opening.moment,
            start: opening.moment.map { $0 + max(row.lead, 0) },
            hoursAreKnown: opening.isKnown
        )
    }

    private func opening(_ row: ServiceRow, atOrAfter arrival: Int) -> (moment: Int?, isKnown: Bool) {
        guard row.hours != ServiceRow.none else { return (arrival, false) }
        let plan = index.openings.plans[Int(row.hours)]
        switch plan.prospect {
        case .always: return (arrival, true)
        case .never: return (nil, true)
        case .surely, .ask:
            // A zone that this machine does not know tells no time: as good as not stated.
            guard let clock = clocks[plan.zone] else { return (arrival, false) }
            return (index.openings.next(Int(row.hours), atOrAfter: arrival, clock: clock), true)
        }
    }

    /// The rules that need the clock: window reachable, strict travel limit, opens at all.
    func brokenByTime(_ start: EarliestStart, end: Int) -> UInt32 {
        let broken = travel(start.travel, mode: start.mode)
        guard let moment = start.start else {
            // Nothing opens before the end either, as far as has been looked.
            let looked = start.arrival + OpeningTable.daysAhead * Milliseconds.day
            return broken | Rule.opening | (end <= looked ? Rule.deadline : 0)
        }
        // Without a known mode it may be a telephone line: travel then proves nothing.
        return moment > end && start.mode != nil ? broken | Rule.deadline : broken
    }

    /// The rules that need the clock, for a service whose earliest start decides nothing: no window to reach, and already
    /// excluded. Nil when only the clock can tell whether it opens at all.
    func brokenWithoutStart(_ row: ServiceRow, at number: Int) -> UInt32? {
        let broken = strictTravel == nil ? 0 : travel(travel[number], mode: mode(of: row))
        guard row.hours != ServiceRow.none else { return broken }
        switch index.openings.plans[Int(row.hours)].prospect {
        case .always, .surely: return broken
        case .never: return broken | Rule.opening
        case .ask: return nil
        }
    }

    /// The strict travel limit; help from a distance needs no travel.
    private func travel(_ span: Int, mode: ContactMode?) -> UInt32 {
        guard let strictTravel, mode == .inPerson else { return 0 }
        return span > strictTravel ? Rule.travel : 0
    }
}
