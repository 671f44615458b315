import Foundation
import Synchronization

/// What is kept of sessions in memory: when each was last used, and which have ended although their row could not be
/// deleted yet. Idle times are not worth a durable commit for each request (DECISIONS 15).
final class Sessions: Sendable {
    let work: PasswordWork
    private let state = Mutex(State())

    private struct State {
        var lastUsed: [[UInt8]: Date] = [:]
        var ended: Set<[UInt8]> = []
    }

    init(work: PasswordWork) {
        self.work = work
    }

    /// Notes a use, and says whether the session was still live: not idle for 15 minutes. After a restart a session counts
    /// as used at the restart's first request.
    @discardableResult
    func touch(_ digest: [UInt8], at now: Date) -> Bool {
        state.withLock { state in
            if let last = state.lastUsed[digest], now.timeIntervalSince(last) >= Limits.sessionIdleSeconds {
                return false
            }
            state.lastUsed[digest] = now
            return true
        }
    }

    /// Ends a session at once, whatever becomes of its row. A token that opened none since the start is not remembered:
    /// anybody can make such tokens up.
    func end(_ digest: [UInt8]) {
        state.withLock { state in
            guard state.lastUsed.removeValue(forKey: digest) != nil else { return }
            state.ended.insert(digest)
        }
    }

    func isEnded(_ digest: [UInt8]) -> Bool { state.withLock { $0.ended.contains(digest) } }
}
