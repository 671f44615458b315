import Directory

// What is said of a service that fails no hard rule: its flags (M7), what suits her (M5), and its place in the order (M4).
extension Query {
    /// Bits of ``Flag`` for a listed service.
    func flags(_ row: ServiceRow, _ start: EarliestStart, told: Int) -> UInt32 {
        var flags = organizations[Int(row.organization)].flags | jurisdictions[Int(row.jurisdictions)].flags
        flags |= languages[Int(row.languages)].flags | accessible[Int(row.accessible)].flags
        flags |= timeFlags(row, start, told: told) | unstatedFlags(row)
        switch row.capacity {
        case .waitlist: flags |= Flag.waitlist
        case .unknown: flags |= Flag.capacityUnknown
        case .available, .full: break
        }
        if isStale(row) { flags |= Flag.verify }
        if row.verifiedDay == ServiceRow.none { flags |= Flag.notVerified }
        if row.mandatedReporter == true { flags |= Flag.mandatedReporter }
        if row.confidentialLocation { flags |= Flag.confidential }
        if !countryIsHers[Int(row.country)] && !context.consent.allowsCrossBorder { flags |= Flag.crossBorder }
        return flags
    }

    private func timeFlags(_ row: ServiceRow, _ start: EarliestStart, told: Int) -> UInt32 {
        var flags: UInt32 = 0
        if !start.hoursAreKnown { flags |= Flag.hoursUnknown }
        if start.travel < 0 { flags |= Flag.travelUnknown }
        if row.lead < 0 { flags |= Flag.waitUnknown }
        if start.mode == nil { flags |= Flag.modeUnknown }
        guard let moment = start.start else { return flags }
        // The soonest it could be is too late already, whatever is not known.
        if moment > responseEnd { flags |= Flag.responseMissed }
        if told < .max, told - moment < parameters.tightWindowHours * Milliseconds.hour { flags |= Flag.windowTight }
        return flags
    }

    private func unstatedFlags(_ row: ServiceRow) -> UInt32 {
        var flags: UInt32 = 0
        let agesAreOpen = !row.statesAges || (age == nil && (row.youngest > 0 || row.oldest < 120))
        let gendersAreOpen =
            !row.genders.isStated || (genderBits == nil && !everyGender.isSubset(of: row.genders))
        if agesAreOpen || gendersAreOpen { flags |= Flag.eligibilityUnknown }
        if row.cost == nil { flags |= Flag.costUnknown }
        if !row.requires.isStated { flags |= Flag.requirementsUnknown }
        if !row.intake.isStated || safeRoutes == nil { flags |= Flag.routeUnknown }
        if !row.staffGenders.isStated && wishedStaff != nil { flags |= Flag.staffGenderUnknown }
        if row.mandatedReporter == nil { flags |= Flag.reportingUnknown }
        if row.interpreter == nil && languages[Int(row.languages)].flags & Flag.interpreter != 0 {
            flags |= Flag.languagesUnknown
        }
        return flags
    }

    /// Verified more days ago than the parameters allow, by the calendar of the service's zone, or by nobody yet.
    private func isStale(_ row: ServiceRow) -> Bool {
        guard row.verifiedDay != ServiceRow.none else { return true }
        let offset = row.hours == ServiceRow.none ? nil : clocks[index.openings.plans[Int(row.hours)].zone]?.offset
        let today = Milliseconds.wholeDays(now + (offset ?? 0))
        return today - Int(row.verifiedDay) > parameters.staleAfterDays
    }

    /// Bits of ``Fit``.
    func fits(_ row: ServiceRow, _ start: EarliestStart) -> UInt16 {
        var fits = organizations[Int(row.organization)].fits | languages[Int(row.languages)].fits
        if let wishedStaff, row.staffGenders.overlaps(wishedStaff) { fits |= Fit.wishedStaff }
        if let wishedMode, row.modes.overlaps(wishedMode) { fits |= Fit.wishedMode }
        if row.childSpecialised == true, let age, age < Self.childUnder {
            fits |= Fit.childSpecialised
        }
        if let maxTravel, start.mode != nil, start.travel >= 0, start.travel <= maxTravel { fits |= Fit.withinTravel }
        if row.cost == .free { fits |= Fit.free }
        if row.mandatedReporter == true && context.preferences.noReportToAuthorities { fits |= Fit.reportsAgainstWish }
        return fits
    }

    /// A child is under 18, whatever the local age of consent (T1).
    private static let childUnder = 18

    /// Places in `offers` of the other needs that the same visit covers, each code once.
    func covered(_ row: ServiceRow, at start: Int) -> [UInt32] {
        guard !context.otherNeeds.isEmpty else { return [] }
        var codes: [UInt32] = []
        let list = Int(row.offers)
        for offer in index.offers[index.offerStarts[list]..<index.offerStarts[list + 1]]
        where covers(offer, at: start) && !codes.contains(offer.code) {
            codes.append(offer.code)
        }
        return codes
    }

    /// Where the service stands in the list (M4).
    func rank(_ start: EarliestStart, flags: UInt32, fits: UInt16, covered: Int, row: Int) -> Rank {
        let moment = start.start ?? .max
        let unknowns = UInt64((flags & openQuestions).nonzeroBitCount)
        let isUntimed = flags & Flag.hoursUnknown != 0
        let capacity: UInt64 = flags & Flag.waitlist != 0 ? 2 : flags & Flag.capacityUnknown != 0 ? 1 : 0
        let stale: UInt64 = flags & Flag.verify != 0 ? 1 : 0
        let soft = UInt64(64 - Fit.softPoints(fits))
        let others = UInt64(1023 - min(covered, 1023))
        let keys: UInt64
        if speedFirst {
            let band = isUntimed ? parameters.timeBandHours.count + 1 : band(of: moment)
            keys = UInt64(min(band, 1023)) << 38 | unknowns << 32 | capacity << 24 | stale << 20 | others << 8 | soft
        } else {
            let response: UInt64 = flags & Flag.responseMissed != 0 ? 2 : isUntimed ? 1 : 0
            keys = unknowns << 38 | capacity << 32 | response << 28 | soft << 20 | others << 8 | stale
        }
        return Rank(keys: keys, start: moment, travel: start.travel < 0 ? .max : start.travel, row: row)
    }

    /// Number of the time band, counted from now; the last one for what starts later than all of them.
    func band(of moment: Int) -> Int {
        parameters.timeBandHours.firstIndex { moment <= now + $0 * Milliseconds.hour } ?? parameters.timeBandHours.count
    }
}

/// The place of a service in the order (M4): compared key by key, and rows are sorted by identifier, so no two are equal.
struct Rank: Comparable {
    /// The whole keys from the first to the last, the better the smaller.
    let keys: UInt64
    let start: Int
    let travel: Int
    let row: Int

    static func < (left: Rank, right: Rank) -> Bool {
        if left.keys != right.keys { return left.keys < right.keys }
        if left.start != right.start { return left.start < right.start }
        if left.travel != right.travel { return left.travel < right.travel }
        return left.row < right.row
    }
}
