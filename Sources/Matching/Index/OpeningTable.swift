import Directory
import Foundation

/// The opening hours of a directory as numbers in flat tables, for matching thousands of services at once. Until the
/// clock is next changed a local time is an instant plus one offset, and the answer is a short walk over days; past that,
/// ``OpeningHours/nextOpening(atOrAfter:within:)`` decides. A test holds the two together.
struct OpeningTable: Sendable {
    /// Days to look ahead: a service that opens on none of them is never open (M2).
    static let daysAhead = 30

    /// Whether a service opens at all, as far as that can be said without a moment.
    enum Prospect {
        case always
        case surely
        case never
        case ask
    }

    /// One of the different hours of the directory.
    struct Plan {
        let zone: Int
        let prospect: Prospect
        let closed: Range<Int>
    }

    private struct DaySlot {
        /// Milliseconds after local midnight.
        let open: Int
        /// After ``open``; past 24 hours when the slot runs past midnight.
        let close: Int
    }

    private(set) var plans: [Plan] = []
    private(set) var zones: [OpeningHours.Zone] = []
    private var slots: [DaySlot] = []
    /// Where the slots of each day of each plan begin, and at last where they end.
    private var dayStarts = [0]
    private var closedDays: [Int] = []
    private var hours: [OpeningHours] = []
    private var zoneNumbers = Interner<OpeningHours.Zone>()

    /// Takes in hours; they get the next number.
    mutating func append(_ stated: OpeningHours) {
        let hours = Self.withClosedDays(stated)
        self.hours.append(hours)
        let zone = Int(zoneNumbers.number(of: hours.zone))
        zones = zoneNumbers.values
        let firstSlot = slots.count
        for day in OpeningHours.Weekday.allCases {
            for slot in hours.weekly where slot.days.contains(day) {
                let length = slot.close > slot.open ? slot.close - slot.open : slot.close - slot.open + 1440
                let open = slot.open * Milliseconds.minute
                slots.append(DaySlot(open: open, close: open + length * Milliseconds.minute))
            }
            dayStarts.append(slots.count)
        }
        let firstClosed = closedDays.count
        closedDays += hours.closedDates.map(\.daysSince1970).sorted()
        let prospect: Prospect
        if hours.always {
            prospect = .always
        } else if slots.count == firstSlot {
            prospect = .never
        } else {
            prospect = closedDays.count == firstClosed ? .surely : .ask
        }
        plans.append(Plan(zone: zone, prospect: prospect, closed: firstClosed..<closedDays.count))
    }

    /// Closed days hold for a house that is open day and night, too.
    private static func withClosedDays(_ stated: OpeningHours) -> OpeningHours {
        guard stated.always, !stated.closedDates.isEmpty else { return stated }
        return OpeningHours(
            zone: stated.zone,
            always: false,
            weekly: [OpeningHours.Slot(days: Set(OpeningHours.Weekday.allCases), open: 0, close: 1440)],
            closedDates: stated.closedDates
        )
    }

    /// The first moment at or after `moment`, itself not before the one that `clock` is of, at which the hours of that
    /// number are open; nil when there is none within 30 days.
    func next(_ number: Int, atOrAfter moment: Int, clock: ZoneOffset) -> Int? {
        let limit = moment + Self.daysAhead * Milliseconds.day
        guard let found = walk(number, local: moment + clock.offset) else {
            return clock.holdsThrough - Milliseconds.day >= limit ? nil : slowNext(number, atOrAfter: moment)
        }
        guard found - clock.offset < clock.holdsThrough else { return slowNext(number, atOrAfter: moment) }
        return found - clock.offset <= limit ? found - clock.offset : nil
    }

    private func walk(_ number: Int, local: Int) -> Int? {
        let closed = plans[number].closed
        let today = Milliseconds.wholeDays(local)
        for day in (today - 1)...(today + Self.daysAhead) {
            // Day 0 was a Thursday.
            let place = number * 7 + ((day + 3) % 7 + 7) % 7
            let midnight = day * Milliseconds.day
            var best = Int.max
            for slot in dayStarts[place]..<dayStarts[place + 1] where local < midnight + slots[slot].close {
                best = min(best, max(local, midnight + slots[slot].open))
            }
            // A later day's slots open later.
            if best < Int.max, !isClosed(day, closed) { return best }
        }
        return nil
    }

    private func isClosed(_ day: Int, _ closed: Range<Int>) -> Bool {
        for place in closed where closedDays[place] == day { return true }
        return false
    }

    private func slowNext(_ number: Int, atOrAfter moment: Int) -> Int? {
        hours[number].nextOpening(atOrAfter: Milliseconds.date(moment), within: Self.daysAhead).map(Milliseconds.of)
    }
}
