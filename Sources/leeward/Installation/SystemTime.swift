import Casework
import Foundation

extension TimeSource {
    /// The clocks of this machine; milliseconds count from here.
    static func ofThisMachine() -> TimeSource {
        let clock = ContinuousClock()
        let started = clock.now
        return TimeSource(
            now: { Date() },
            monotonicMilliseconds: {
                let elapsed = started.duration(to: clock.now).components
                return elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000
            }
        )
    }
}
