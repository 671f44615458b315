import Casework
import Foundation
import Synchronization

/// A clock that stands still until a test moves it.
final class TestClock: Sendable {
    static let start = Date(timeIntervalSince1970: 1_790_000_000)

    private let moment = Mutex(start)

    var now: Date { moment.withLock { $0 } }

    func advance(seconds: Double) { moment.withLock { $0 += seconds } }
    func advance(hours: Double) { advance(seconds: hours * 3600) }
    func advance(days: Double) { advance(hours: days * 24) }

    var source: TimeSource {
        TimeSource(
            now: { [self] in now },
            monotonicMilliseconds: { [self] in Int64(now.timeIntervalSince(Self.start) * 1000) }
        )
    }
}
