import Directory
import Foundation

/// Opening hours as numbers, for matching thousands of services at once. While no clock change lies in the days looked
/// at, a local time is an instant plus one offset and the answer is a short walk over days; where one does, the walk of
/// ``OpeningHours/nextOpening(atOrAfter:within:)`` decides. A test holds the two together.
struct OpeningPlan {
    /// Days to look ahead: a service that opens on none of them is never open (M2).
    static let daysAhead = 30

    private struct DaySlot {
        /// Milliseconds after local midnight.
        let open: Int
        /// After ``open``; past 24 hours when the slot runs past midnight.
        let close: Int
    }

    /// Whether it opens at all, as far as that can be said without a moment.
    enum Prospect {
        case always
        case surely
        case never
        case ask
    }

    /// Number of the zone in ``ServiceIndex/zones``.
    let zone: Int
    let prospect: Prospect
    private let hours: OpeningHours
    private let slots: [[DaySlot]]
    private let closedDays: Set<Int>

    init(_ stated: OpeningHours, zone: Int) {
        self.zone = zone
        // Closed days hold for a house that is open day and night, too.
        let hours =
            stated.always && !stated.closedDates.isEmpty
            ? OpeningHours(
                zone: stated.zone,
                always: false,
                weekly: [OpeningHours.Slot(days: Set(OpeningHours.Weekday.allCases), open: 0, close: 1440)],
                closedDates: stated.closedDates
            )
            : stated
        self.hours = hours
        self.closedDays = Set(hours.closedDates.map(\.daysSince1970))
        self.slots = OpeningHours.Weekday.allCases.map { day in
            hours.weekly.filter { $0.days.contains(day) }.map { slot in
                let length = slot.close > slot.open ? slot.close - slot.open : slot.close - slot.open + 1440
                return DaySlot(
                    open: slot.open * Milliseconds.minute,
                    close: (slot.open + length) * Milliseconds.minute
                )
            }
        }
        if hours.always {
            self.prospect = .always
        } else if !slots.contains(where: { !$0.isEmpty }) {
            self.prospect = .never
        } else {
            self.prospect = closedDays.isEmpty ? .surely : .ask
        }
    }

    /// The first moment at or after `moment` at which it is open, within 30 days; nil when there is none.
    func next(atOrAfter moment: Int, clock: ZoneOffset) -> Int? {
        switch prospect {
        case .always: return moment
        case .never: return nil
        case .surely, .ask: break
        }
        let limit = moment + Self.daysAhead * Milliseconds.day
        // A slot that is open now may have opened yesterday: nothing before that is looked at.
        guard moment - 2 * Milliseconds.day >= clock.holdsFrom else { return slowNext(atOrAfter: moment) }
        guard let found = walk(local: moment + clock.offset).map({ $0 - clock.offset }) else {
            return clock.holdsThrough >= limit + Milliseconds.day ? nil : slowNext(atOrAfter: moment)
        }
        guard found < clock.holdsThrough else { return slowNext(atOrAfter: moment) }
        return found <= limit ? found : nil
    }

    private func walk(local: Int) -> Int? {
        let today = Milliseconds.wholeDays(local)
        for day in (today - 1)...(today + Self.daysAhead) where !closedDays.contains(day) {
            // Day 0 was a Thursday.
            let weekday = ((day + 3) % 7 + 7) % 7
            let midnight = day * Milliseconds.day
            var best = Int.max
            for slot in slots[weekday] where local < midnight + slot.close {
                best = min(best, max(local, midnight + slot.open))
            }
            // A later day's slots open later.
            if best < Int.max { return best }
        }
        return nil
    }

    private func slowNext(atOrAfter moment: Int) -> Int? {
        hours.nextOpening(atOrAfter: Milliseconds.date(moment), within: Self.daysAhead).map(Milliseconds.of)
    }
}

/// The offset of one zone around one moment and how far it holds.
struct ZoneOffset {
    /// Milliseconds east of UTC.
    let offset: Int
    let holdsFrom: Int
    /// Up to, not including.
    let holdsThrough: Int

    /// Nil when the zone's name is not known on this machine.
    init?(_ zone: OpeningHours.Zone, around now: Int) {
        switch zone {
        case .fixed(let seconds):
            self.offset = seconds * 1000
            self.holdsFrom = .min
            self.holdsThrough = .max
        case .named(let name):
            guard let zone = TimeZone(identifier: name) else { return nil }
            let from = now - 3 * Milliseconds.day
            let through = now + (OpeningPlan.daysAhead + 3) * Milliseconds.day
            let start = Milliseconds.date(from)
            let change = zone.nextDaylightSavingTimeTransition(after: start).map(Milliseconds.of) ?? .max
            self.offset = zone.secondsFromGMT(for: Milliseconds.date(now)) * 1000
            self.holdsFrom = change <= now ? .max : from
            self.holdsThrough = min(change, through)
        }
    }
}
