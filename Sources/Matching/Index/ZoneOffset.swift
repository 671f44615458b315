import Directory
import Foundation

/// The offset of one zone from one moment on, until its clock is next changed.
struct ZoneOffset {
    /// Milliseconds east of UTC.
    let offset: Int
    /// Up to, not including.
    let holdsThrough: Int

    /// Nil when the zone's name is not known on this machine.
    init?(_ zone: OpeningHours.Zone, from now: Int) {
        switch zone {
        case .fixed(let seconds):
            self.offset = seconds * 1000
            self.holdsThrough = .max
        case .named(let name):
            guard let zone = TimeZone(identifier: name) else { return nil }
            let start = Milliseconds.date(now)
            self.offset = zone.secondsFromGMT(for: start) * 1000
            self.holdsThrough = zone.nextDaylightSavingTimeTransition(after: start).map(Milliseconds.of) ?? .max
        }
    }
}
