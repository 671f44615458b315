public import Foundation

/// Whether a service can be reached at a moment.
public enum OpeningState: Hashable, Sendable {
    /// Open; until when, nil when it does not close within two weeks.
    case open(until: Date?)
    /// Closed; when it opens, nil when not within two weeks.
    case closed(until: Date?)
    /// No source states hours that can be computed. It never reads as open.
    case unknown
}

extension Service {
    /// Whether it can be reached at a moment, by the clock of its own zone.
    public func opening(at date: Date) -> OpeningState {
        guard let hours else { return .unknown }
        if hours.isOpen(at: date) { return .open(until: hours.nextClosing(after: date)) }
        return .closed(until: hours.nextOpening(atOrAfter: date))
    }
}
