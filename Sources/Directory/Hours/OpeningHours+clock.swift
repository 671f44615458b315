public import Foundation

// Open means that the local clock shows a time in a slot: open <= t < close. So a slot that the clock skips in spring
// opens at the moment of the change, and one that it repeats in autumn is open both times.
extension OpeningHours {
    /// Days that ``nextOpening(atOrAfter:within:)`` looks ahead unless told: two weeks hold every weekly slot twice, and a
    /// closure longer than that is for an editor to record as a status.
    public static let daysAhead = 14

    /// Whether it is open at an instant. False when the zone is not known on this machine: what cannot be computed never
    /// reads as open.
    public func isOpen(at date: Date) -> Bool {
        if always { return true }
        guard let instant = Self.seconds(date), let clock = ZoneClock(zone) else { return false }
        return isOpen(wall: clock.wall(at: instant))
    }

    /// The first instant at or after `date` at which it is open: `date` itself when it is open then, else the start of a
    /// slot. Nil when there is none within `days` times 24 hours, or when the zone is not known on this machine.
    public func nextOpening(atOrAfter date: Date, within days: Int = daysAhead) -> Date? {
        if always { return date }
        guard let instant = Self.seconds(date), let clock = ZoneClock(zone) else { return nil }
        if isOpen(wall: clock.wall(at: instant)) { return date }
        let starts = weekly.map { ($0.days, $0.open, 0) }
        return first(after: instant, within: days, on: clock, among: starts) { isOpen(wall: $0) }
    }

    /// The first instant after `date` at which it is closed. Nil when it stays open for `days` times 24 hours, or when the
    /// zone is not known on this machine.
    public func nextClosing(after date: Date, within days: Int = daysAhead) -> Date? {
        guard !always, let instant = Self.seconds(date), let clock = ZoneClock(zone) else { return nil }
        let ends = weekly.map { ($0.days, $0.close, $0.close <= $0.open ? 1 : 0) }
        return first(after: instant, within: days, on: clock, among: ends) { !isOpen(wall: $0) }
    }

    /// The first instant after `start` that fits and at which the clock shows one of the moments (days of the week, minute,
    /// days to add) or is changed. Whether the answer to "is it open" turns elsewhere is decided by nothing else.
    private func first(
        after start: Int,
        within days: Int,
        on clock: ZoneClock,
        among moments: [(days: Set<Weekday>, minute: Int, later: Int)],
        where fits: (_ wall: Int) -> Bool
    ) -> Date? {
        let end = start + max(0, days) * LocalDay.seconds
        let firstDay = LocalDay.number(of: clock.wall(at: start)) - 1
        let lastDay = LocalDay.number(of: clock.wall(at: end))
        var best = clock.changes(after: start, through: end).first { fits(clock.wall(at: $0)) }
        for day in firstDay...max(firstDay, lastDay) {
            let weekday = LocalDay.weekday(day)
            for moment in moments where moment.days.contains(weekday) {
                let wall = (day + moment.later) * LocalDay.seconds + moment.minute * 60
                guard fits(wall) else { continue }
                for instant in clock.instants(showing: wall) where instant > start && instant <= end {
                    if best.map({ instant < $0 }) ?? true { best = instant }
                }
            }
            // A later day begins after all of this one, its slots past midnight included.
            if let best, LocalDay.number(of: clock.wall(at: best)) <= day { break }
        }
        return best.map { Date(timeIntervalSince1970: Double($0)) }
    }

    private func isOpen(wall: Int) -> Bool {
        let today = LocalDay.number(of: wall)
        let minute = (wall - today * LocalDay.seconds) / 60
        let weekday = LocalDay.weekday(today)
        let yesterday = LocalDay.weekday(today - 1)
        return weekly.contains { slot in
            if slot.open < slot.close {
                return slot.open <= minute && minute < slot.close && slot.days.contains(weekday) && !isClosed(today)
            }
            if slot.open <= minute, slot.days.contains(weekday), !isClosed(today) { return true }
            return minute < slot.close && slot.days.contains(yesterday) && !isClosed(today - 1)
        }
    }

    private func isClosed(_ day: Int) -> Bool {
        guard !closedDates.isEmpty, let day = CalendarDay(daysSince1970: day) else { return false }
        return closedDates.contains(day)
    }

    /// Whole seconds since 1970; nil for an instant that no calendar of use reaches.
    private static func seconds(_ date: Date) -> Int? {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        guard abs(seconds) < 1e11 else { return nil }
        return Int(seconds)
    }
}
