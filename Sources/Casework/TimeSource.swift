public import Foundation

/// The time as the desks see it; tests give a fixed one.
public struct TimeSource: Sendable {
    /// The wall clock, UTC.
    public let now: @Sendable () -> Date
    /// Milliseconds on a clock that never steps back while the process runs.
    public let monotonicMilliseconds: @Sendable () -> Int64

    /// A time source from its two clocks.
    public init(
        now: @escaping @Sendable () -> Date,
        monotonicMilliseconds: @escaping @Sendable () -> Int64
    ) {
        self.now = now
        self.monotonicMilliseconds = monotonicMilliseconds
    }
}
