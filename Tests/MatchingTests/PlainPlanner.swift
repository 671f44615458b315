import Care
import Directory
import Foundation
import Matching

/// The rules of a plan a second time, read from the specification and written for plainness alone, on top of
/// ``PlainMatcher``. For services of which every fact is stated.
struct PlainPlanner {
    struct Need: Equatable {
        let code: ServiceCode
        let jurisdiction: CountryCode?
        let urgency: Urgency
        let isInDanger: Bool
        let isProposed: Bool
        var isCritical: Bool
    }

    let whole: WholeCase
    let rules: BundleRules
    let travel: [ServiceID: Double]
    let profile: CountryProfile
    let windows: WindowRules
    let now: Date

    private static let pressing: [Urgency] = [.emergency, .urgent, .routine]

    private func more(_ left: Urgency, _ right: Urgency) -> Urgency {
        Self.pressing.first { $0 == left || $0 == right }!
    }

    /// What is on file, each code and court once.
    private var recorded: [Need] {
        let places = Set(whole.openNeeds.map { [$0.sought.code.text, $0.sought.jurisdiction?.text ?? ""] })
        return places.sorted { $0.lexicographicallyPrecedes($1) }.map { place in
            let alike = whole.openNeeds.filter {
                [$0.sought.code.text, $0.sought.jurisdiction?.text ?? ""] == place
            }
            return Need(
                code: Sample.code(place[0]),
                jurisdiction: CountryCode(place[1]),
                urgency: alike.map(\.sought.urgency).reduce(.routine, more),
                isInDanger: alike.contains(where: \.isLifeThreatening),
                isProposed: false,
                isCritical: false
            )
        }
    }

    private func mayBeProposed(_ code: ServiceCode) -> Bool {
        !whole.settled.contains(code) && whole.consents[code]?.status != .refused
    }

    var needs: [Need] {
        let starters = recorded.filter { rules.startedBy.contains($0.code) }
        let isYoung = whole.facts.lastExposure.map { now.timeIntervalSince($0) < Double(rules.withinHours) * 3600 }
        var needs = recorded
        if !starters.isEmpty, isYoung ?? true {
            let urgency = starters.map(\.urgency).reduce(.routine, more)
            for code in rules.needs where !recorded.contains(where: { $0.code == code }) && mayBeProposed(code) {
                needs.append(new(code, urgency, isCritical: true))
            }
            for place in needs.indices where rules.needs.contains(needs[place].code) { needs[place].isCritical = true }
        }
        let order = rules.needs.map(\.text)
        needs.sort { left, right in
            func key(_ need: Need) -> (Int, Int, String, String) {
                let place = need.isCritical ? order.firstIndex(of: need.code.text)! : 0
                return (need.isCritical ? 0 : 1, place, need.code.text, need.jurisdiction?.text ?? "")
            }
            return key(left) < key(right)
        }
        let over = needs.filter { plain($0).isPassed }
        for need in over {
            for code in instead(of: need) {
                let isKnown = needs.contains { $0.code == code }
                if !isKnown, mayBeProposed(code) { needs.append(new(code, need.urgency, isCritical: need.isCritical)) }
                for place in needs.indices where needs[place].code == code {
                    if need.isCritical { needs[place].isCritical = true }
                    if needs[place].isProposed, !isOfTheBundle(needs[place]) {
                        needs[place] = with(needs[place], more(needs[place].urgency, need.urgency))
                    }
                }
            }
        }
        return needs.filter(\.isCritical) + needs.filter { !$0.isCritical }
    }

    /// Of the bundle itself: its urgency is that of what started it.
    private func isOfTheBundle(_ need: Need) -> Bool { rules.needs.contains(need.code) }

    private func new(_ code: ServiceCode, _ urgency: Urgency, isCritical: Bool) -> Need {
        Need(
            code: code,
            jurisdiction: nil,
            urgency: urgency,
            isInDanger: false,
            isProposed: true,
            isCritical: isCritical
        )
    }

    private func with(_ need: Need, _ urgency: Urgency) -> Need { new(need.code, urgency, isCritical: need.isCritical) }

    /// Fallbacks of what is over that can still be given.
    func instead(of need: Need) -> [ServiceCode] {
        let matcher = plain(need)
        return windows.entry(for: need.code).fallback.filter { code in matcher.end(of: code).map { now <= $0 } ?? true }
    }

    func plain(_ need: Need) -> PlainMatcher {
        var context = whole.facts
        context.need = SoughtNeed(code: need.code, urgency: need.urgency, jurisdiction: need.jurisdiction)
        context.otherNeeds = []
        context.isLifeThreatening = need.isInDanger
        return PlainMatcher(context: context, travel: travel, profile: profile, windows: windows, now: now)
    }

    private func isBlocked(_ need: Need) -> Bool {
        guard let consent = whole.consents[need.code], consent.status == .refused else { return false }
        return !(consent.giver == .caregiver && whole.facts.caregiverIsAllegedPerpetrator)
    }

    /// The places in ``needs`` that one service covers.
    func covered(_ service: Service, _ needs: [Need]) -> [Int] {
        needs.indices.filter { place in
            let matcher = plain(needs[place])
            return !matcher.isPassed && !isBlocked(needs[place]) && matcher.reasons(service).isEmpty
        }
    }

    /// The identifiers of the visits in their order, each with the places it covers.
    func visits(_ services: [Service]) -> [(id: String, covered: [Int])] {
        let needs = needs
        let found = services.map { ($0, covered($0, needs)) }.filter { !$0.1.isEmpty }
        let keyed = found.map { service, covered in
            let matcher = plain(needs[covered[0]])
            let start = matcher.start(service)!
            let hours = start.timeIntervalSince(now) / 3600
            let critical = covered.count { needs[$0].isCritical }
            let band = Double([6.0, 24, 72, 168].firstIndex { hours <= $0 } ?? 4)
            let capacity = Double([Capacity.available, .unknown, .waitlist].firstIndex(of: service.capacity)!)
            let keys = [
                -Double(critical), -Double(covered.count - critical), band, capacity,
                matcher.isStale(service) ? 1 : 0, -Double(matcher.softPoints(service)), start.timeIntervalSince1970,
                matcher.travelHours(service),
            ]
            return (id: service.id.text, covered: covered, keys: keys)
        }
        return keyed.sorted { left, right in
            left.keys == right.keys ? left.id < right.id : left.keys.lexicographicallyPrecedes(right.keys)
        }.map { ($0.id, $0.covered) }
    }
}
