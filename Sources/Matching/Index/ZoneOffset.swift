import Directory
import Foundation

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
            let through = now + (OpeningTable.daysAhead + 3) * Milliseconds.day
            let start = Milliseconds.date(from)
            let change = zone.nextDaylightSavingTimeTransition(after: start).map(Milliseconds.of) ?? .max
            self.offset = zone.secondsFromGMT(for: Milliseconds.date(now)) * 1000
            self.holdsFrom = change <= now ? .max : from
            self.holdsThrough = min(change, through)
        }
    }
}
