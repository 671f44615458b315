import Foundation

/// The local clock of a zone, in whole seconds: what it shows at an instant, and at which instants it shows a time.
/// A wall time counts the seconds from 1970-01-01 00:00 as the local clock shows them.
struct ZoneClock {
    private enum Kind {
        case fixed(Int)
        case named(TimeZone)
    }

    private let kind: Kind

    /// Nil when the zone's name is not known on this machine.
    init?(_ zone: OpeningHours.Zone) {
        switch zone {
        case .fixed(let seconds):
            kind = .fixed(seconds)
        case .named(let name):
            guard let zone = TimeZone(identifier: name) else { return nil }
            kind = .named(zone)
        }
    }

    /// Seconds east of UTC at an instant.
    func offset(at instant: Int) -> Int {
        switch kind {
        case .fixed(let seconds): seconds
        case .named(let zone): zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
        }
    }

    /// What the local clock shows at an instant.
    func wall(at instant: Int) -> Int { instant + offset(at: instant) }

    /// The instants at which the local clock shows a wall time: one as a rule, two when the clock was put back over it,
    /// none when it was put forward over it.
    func instants(showing wall: Int) -> [Int] {
        guard case .named = kind else { return [wall - offset(at: wall)] }
        // No zone is further than 14 hours from UTC, so the offset in force is one of the two a day to either side.
        let offsets = Set([offset(at: wall - LocalDay.seconds), offset(at: wall + LocalDay.seconds)])
        return offsets.map { wall - $0 }.filter { self.wall(at: $0) == wall }.sorted()
    }

    /// The instants in a span at which the clock is put forward or back.
    func changes(after start: Int, through end: Int) -> [Int] {
        guard case .named(let zone) = kind else { return [] }
        var changes: [Int] = []
        var from = start
        while let next = zone.nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: Double(from))) {
            let instant = Int(next.timeIntervalSince1970.rounded(.down))
            guard instant > from, instant <= end else { break }
            changes.append(instant)
            from = instant
        }
        return changes
    }
}

/// Days counted from 1970-01-01, the Thursday of day 0.
enum LocalDay {
    /// Seconds of a day on the wall clock; a day on which the clock changes is longer or shorter in fact.
    static let seconds = 86_400

    /// The day of a wall time.
    static func number(of wall: Int) -> Int { Int((Double(wall) / Double(seconds)).rounded(.down)) }

    /// The day of the week.
    static func weekday(_ day: Int) -> OpeningHours.Weekday {
        let index = ((day + 3) % 7 + 7) % 7
        return OpeningHours.Weekday.allCases[index]
    }
}
