import Foundation
import Synchronization

/// The sessions that are live. They are in memory, because idle times are not worth a durable commit for each request
/// (DECISIONS 15), and because a session must be known while the store answers nothing: emergency lines are served then
/// too (DECISIONS 7). A session that is not here has ended, whatever row of it is left.
final class Sessions: Sendable {
    /// A live session.
    struct Live: Sendable {
        let worker: Worker
        let startedAt: Date
        /// The keyring, sealed under the bearer token: worth nothing without it.
        let keyring: [UInt8]
        fileprivate(set) var lastUsedAt: Date
        fileprivate(set) var confirmedAt: Date?
    }

    let work: PasswordWork
    private let live = Mutex<[[UInt8]: Live]>([:])

    init(work: PasswordWork) {
        self.work = work
    }

    /// Begins a session. Those that have run out meanwhile are forgotten, so that their number stays in bounds.
    func begin(_ digest: [UInt8], of worker: Worker, keyring: [UInt8], at now: Date) {
        live.withLock { live in
            live = live.filter { Self.isLive($0.value, at: now) }
            live[digest] = Live(worker: worker, startedAt: now, keyring: keyring, lastUsedAt: now)
        }
    }

    /// Notes a use of a session; nil when there is none, it was idle for 15 minutes, or its 10 hours are over.
    func use(_ digest: [UInt8], at now: Date) -> Live? {
        live.withLock { live in
            guard var session = live[digest] else { return nil }
            guard Self.isLive(session, at: now) else {
                live[digest] = nil
                return nil
            }
            // A clock that is set back makes no session last longer.
            session.lastUsedAt = max(session.lastUsedAt, now)
            live[digest] = session
            return session
        }
    }

    /// Notes that a session was confirmed; nothing where it has ended meanwhile.
    func confirm(_ digest: [UInt8], at now: Date) {
        live.withLock { $0[digest]?.confirmedAt = now }
    }

    /// Ends a session at once, whatever becomes of its row. Says whether there was one.
    @discardableResult
    func end(_ digest: [UInt8]) -> Bool { live.withLock { $0.removeValue(forKey: digest) != nil } }

    /// Whether a session is known, live or not.
    func knows(_ digest: [UInt8]) -> Bool { live.withLock { $0[digest] != nil } }

    var count: Int { live.withLock { $0.count } }

    private static func isLive(_ session: Live, at now: Date) -> Bool {
        now.timeIntervalSince(session.startedAt) < Limits.sessionSeconds
            && now.timeIntervalSince(session.lastUsedAt) < Limits.sessionIdleSeconds
    }
}
