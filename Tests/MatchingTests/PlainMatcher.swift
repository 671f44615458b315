import Care
import Directory
import Foundation
import Matching

/// The rules of matching a second time, read straight from the specification and written for plainness alone: no index,
/// no bits, one service at a time. For services of which every fact is stated.
struct PlainMatcher {
    let context: CaseContext
    let travel: [ServiceID: Double]
    let profile: CountryProfile
    let windows: WindowRules
    let now: Date

    // MARK: The window

    func window(of code: ServiceCode) -> Double? {
        confirmedWindow(of: code).map { max($0, Double(profile.keptOpenHours[code] ?? 0)) }
    }

    private func confirmedWindow(of code: ServiceCode) -> Double? {
        let entry = windows.entry(for: code)
        let age = context.survivor.age!
        let isYounger = entry.younger.map { age < $0.under } ?? false
        let general = (isYounger ? entry.younger?.hours : entry.windowHours).map(Double.init)
        if code == ServiceCode("MED-FORENSIC") {
            let own = age < 13 ? profile.forensicWindowHoursUnder13 ?? profile.forensicWindowHours : nil
            return (own ?? profile.forensicWindowHours).map(Double.init) ?? general
        }
        guard let general, let own = profile.shorterWindowHours[code] else { return general }
        return min(general, Double(own))
    }

    func end(of code: ServiceCode) -> Date? {
        guard let exposure = context.lastExposure, let hours = window(of: code) else { return nil }
        return exposure.addingTimeInterval(hours * 3600)
    }

    var isPassed: Bool { end(of: context.need.code).map { $0 < now } ?? false }

    var wanted: [ServiceCode] {
        isPassed ? windows.entry(for: context.need.code).fallback : [context.need.code]
    }

    var speedFirst: Bool {
        context.need.urgency == .emergency || (!isPassed && window(of: context.need.code) != nil)
    }

    /// The last moment at one service, nil without one.
    func end(at service: Service) -> Date? {
        var latest: Date?
        for offer in service.offers where wanted.contains(offer.code) {
            let own = context.lastExposure.flatMap { exposure in
                offer.windowHours.map { exposure.addingTimeInterval(Double($0) * 3600) }
            }
            guard let end = [end(of: offer.code), own].compactMap(\.self).min() else { return nil }
            latest = max(latest ?? end, end)
        }
        return latest
    }

    // MARK: The start

    func mode(_ service: Service) -> ContactMode {
        if let wish = context.preferences.mode?.value, service.modes!.contains(wish) { return wish }
        return service.modes!.contains(.inPerson) ? .inPerson : service.modes!.first!
    }

    func travelHours(_ service: Service) -> Double { mode(service) == .inPerson ? travel[service.id]! : 0 }

    func arrival(_ service: Service) -> Date {
        guard mode(service) == .inPerson else { return now }
        return max(now, context.canLeaveAt ?? now).addingTimeInterval(travelHours(service) * 3600)
    }

    func start(_ service: Service) -> Date? {
        service.hours!.nextOpening(atOrAfter: arrival(service), within: 30)?
            .addingTimeInterval(service.leadHours! * 3600)
    }

    // MARK: The hard rules

    func reasons(_ service: Service) -> Set<ExclusionReason> {
        var reasons: Set<ExclusionReason> = []
        let survivor = context.survivor
        let preferences = context.preferences
        let codes = service.offers.map(\.code)
        let sharesLanguage = !Set(service.languages!).isDisjoint(with: survivor.languages!)
        let isUrgentMedical =
            context.need.code.sector == .medical
            && (context.need.urgency == .emergency || context.isLifeThreatening
                || (!isPassed && window(of: context.need.code) != nil))

        if service.status != .active { reasons.insert(.statusNotActive) }
        if !codes.contains(where: wanted.contains) {
            reasons.insert(isPassed && codes.contains(context.need.code) ? .windowPassed : .capabilityMissing)
        } else if let end = end(at: service) {
            if end < now { reasons.insert(.windowPassed) }
            if start(service).map({ $0 > end }) ?? true { reasons.insert(.deadlineCannotBeMet) }
        }
        switch service.coverage {
        case .worldwide: break
        case .countries(let countries):
            if !countries.contains(survivor.currentCountry) { reasons.insert(.countryNotServed) }
        }
        if context.need.code.text.hasPrefix("LEG-"), let court = context.need.jurisdiction,
            !service.jurisdictions!.contains(court)
        {
            reasons.insert(.jurisdictionNotCovered)
        }
        if survivor.age! < service.ages!.from || survivor.age! > service.ages!.through {
            reasons.insert(.ageOutOfRange)
        }
        if !service.genders!.contains(survivor.gender!) { reasons.insert(.genderNotServed) }
        for accused in context.conflicts {
            if accused.organizations.contains(service.organization)
                || accused.party.map(service.linkedParties.contains) ?? false
                || !accused.places.isDisjoint(with: service.places)
            {
                reasons.insert(.conflictAllegedPerpetrator)
            }
        }
        if let state = service.consularOf, context.fearedStates.contains(state) {
            reasons.insert(.conflictFearedAuthority)
        }
        if context.avoidedOrganizations.contains(service.organization)
            || !context.avoidedPlaces.isDisjoint(with: service.places)
        {
            reasons.insert(.excludedBySurvivor)
        }
        if !service.requires!.subtracting(survivor.has).isEmpty { reasons.insert(.prerequisiteNotMet) }
        if service.cost == .fee, !survivor.has.contains(.payment) { reasons.insert(.costBarrier) }
        if service.capacity == .full { reasons.insert(.noCapacity) }
        if !survivor.accessibilityNeeds.subtracting(service.accessible!).isEmpty {
            reasons.insert(.accessibilityNotMet)
        }
        if !sharesLanguage, service.interpreter == false, !isUrgentMedical { reasons.insert(.languageNoAccess) }
        if context.safeRoutes!.isDisjoint(with: service.intake!) { reasons.insert(.noSafeContactRoute) }
        if let wish = preferences.staffGender, wish.isStrict, !service.staffGenders!.contains(wish.value) {
            reasons.insert(.staffGenderUnavailable)
        }
        if let wish = preferences.mode, wish.isStrict, !service.modes!.contains(wish.value) {
            reasons.insert(.modeNotPossible)
        }
        if let wish = preferences.maxTravelHours, wish.isStrict, travelHours(service) > wish.value {
            reasons.insert(.tooFar)
        }
        if start(service) == nil { reasons.insert(.neverOpen) }
        return reasons
    }

    // MARK: The order

    func softPoints(_ service: Service) -> Int {
        let preferences = context.preferences
        var points = 0
        if let wish = preferences.staffGender, service.staffGenders!.contains(wish.value) { points += 3 }
        if !Set(service.languages!).isDisjoint(with: context.survivor.languages!) { points += 3 }
        if let wish = preferences.mode, service.modes!.contains(wish.value) { points += 2 }
        if service.childSpecialised!, context.survivor.age! < 18 { points += 2 }
        if let wish = preferences.maxTravelHours, travelHours(service) <= wish.value { points += 2 }
        if context.currentProviders.contains(service.organization) { points += 2 }
        if service.cost == .free { points += 1 }
        if service.mandatedReporter!, preferences.noReportToAuthorities { points -= 2 }
        return points
    }

    func otherNeeds(_ service: Service) -> Int {
        let start = start(service)!
        return Set(
            service.offers.filter { offer in
                guard context.otherNeeds.contains(offer.code), offer.code != context.need.code else { return false }
                let own = context.lastExposure.flatMap { exposure in
                    offer.windowHours.map { exposure.addingTimeInterval(Double($0) * 3600) }
                }
                let ends = [end(of: offer.code), own].compactMap(\.self)
                return ends.allSatisfy { start <= $0 }
            }
            .map(\.code)
        ).count
    }

    func isStale(_ service: Service) -> Bool {
        var calendar = Calendar(identifier: .gregorian)
        guard case .fixed(let offset) = service.hours!.zone else { return false }
        calendar.timeZone = TimeZone(secondsFromGMT: offset)!
        let today = calendar.dateComponents([.year, .month, .day], from: now)
        let verified = service.verification!.on
        let from = DateComponents(year: verified.year, month: verified.month, day: verified.day)
        return calendar.dateComponents([.day], from: from, to: today).day! > 180
    }

    /// The keys of the order, each the better the smaller.
    func keys(_ service: Service) -> [Double] {
        let start = start(service)!
        let hours = start.timeIntervalSince(now) / 3600
        let band = Double([6.0, 24, 72, 168].firstIndex { hours <= $0 } ?? 4)
        let capacity = Double([Capacity.available, .unknown, .waitlist].firstIndex(of: service.capacity)!)
        let stale = isStale(service) ? 1.0 : 0
        let others = -Double(otherNeeds(service))
        let soft = -Double(softPoints(service))
        let asked = [Urgency.emergency: 24.0, .urgent: 72, .routine: 336][context.need.urgency]!
        let missed = hours > asked ? 1.0 : 0
        let last = [start.timeIntervalSince1970, travelHours(service)]
        return speedFirst
            ? [band, capacity, stale, others, soft] + last : [capacity, missed, soft, others, stale] + last
    }

    /// The identifiers of what is listed, in their order.
    func listed(_ services: [Service]) -> [String] {
        services.filter { reasons($0).isEmpty }
            .sorted { left, right in
                let (mine, other) = (keys(left), keys(right))
                return mine == other ? left.id.text < right.id.text : mine.lexicographicallyPrecedes(other)
            }
            .map(\.id.text)
    }
}
