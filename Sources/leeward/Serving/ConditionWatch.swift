import Foundation
import Store

/// Tells from one look at the server to the next what an operator has to be told: each thing once, when it begins.
struct ConditionWatch: Sendable {
    /// One look.
    struct Look: Sendable {
        let store: Store.Condition
        /// The wall clock.
        let now: Date
        /// Milliseconds on the clock that never goes back.
        let milliseconds: Int64
        /// When the TLS certificate ends; nil without TLS.
        let certificateEnds: Date?
    }

    /// Something to say.
    struct Notice: Equatable, Sendable {
        let event: ServerEvent
        var values: [String: String] = [:]
    }

    /// Steps of time synchronisation are smaller; a session lives 15 minutes.
    private static let clockToleranceSeconds = 2.0
    /// Renewal by hand takes days.
    private static let certificateWarningSeconds = 14.0 * 86_400

    private var store = Store.Condition.working
    private var clock: (now: Date, milliseconds: Int64)?
    private var toldOfCertificate: (ends: Date, event: ServerEvent)?

    /// `lastRecorded` is the time of the newest entry of the log, which a sound clock has passed.
    init(lastRecorded: Date?, milliseconds: Int64) {
        self.clock = lastRecorded.map { ($0, milliseconds) }
    }

    /// What is new since the look before.
    mutating func notices(at look: Look) -> [Notice] {
        storeNotices(look) + clockNotices(look) + certificateNotices(look)
    }

    private mutating func storeNotices(_ look: Look) -> [Notice] {
        defer { store = look.store }
        guard look.store != store else { return [] }
        switch look.store {
        case .working: return [Notice(event: .diskHasRoom)]
        case .full: return [Notice(event: .diskFull)]
        case .stopped(let cause?): return [Notice(event: .storeStopped, values: ["cause": "\(cause)"])]
        // Closed: the server is stopping.
        case .stopped(nil): return []
        }
    }

    private mutating func clockNotices(_ look: Look) -> [Notice] {
        defer { clock = (look.now, look.milliseconds) }
        guard let clock else { return [] }
        let expected = clock.now.addingTimeInterval(Double(look.milliseconds - clock.milliseconds) / 1000)
        let behind = expected.timeIntervalSince(look.now)
        guard behind > Self.clockToleranceSeconds else { return [] }
        return [Notice(event: .clockWentBack, values: ["seconds": "\(Int(min(behind, 1e15).rounded()))"])]
    }

    private mutating func certificateNotices(_ look: Look) -> [Notice] {
        guard let ends = look.certificateEnds else { return [] }
        let left = ends.timeIntervalSince(look.now)
        guard left <= Self.certificateWarningSeconds else { return [] }
        let event = left <= 0 ? ServerEvent.certificateEnded : .certificateEnding
        if let told = toldOfCertificate, told.ends == ends, told.event == event { return [] }
        toldOfCertificate = (ends, event)
        return [Notice(event: event, values: ["ends": ends.formatted(.iso8601)])]
    }
}
