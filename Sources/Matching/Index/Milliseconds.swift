import Foundation

/// Matching counts in whole milliseconds since 1970: exact where fractions of seconds as floating point are not, so that
/// the end of a window is the same instant on every machine.
enum Milliseconds {
    static let hour = 3_600_000
    static let minute = 60_000
    static let day = 86_400_000
    /// About the year 5138 and as far back: beyond it no date is meant.
    private static let farthest = 1e14
    /// More hours than any travel or wait.
    private static let mostHours = 1e6

    static func of(_ date: Date) -> Int {
        let value = (date.timeIntervalSince1970 * 1000).rounded()
        guard value.isFinite else { return Int(value > 0 ? farthest : -farthest) }
        return Int(min(max(value, -farthest), farthest))
    }

    static func date(_ instant: Int) -> Date { Date(timeIntervalSince1970: Double(instant) / 1000) }

    /// Whole days of a local time, downwards also before 1970.
    static func wholeDays(_ local: Int) -> Int { local >= 0 ? local / day : -((day - 1 - local) / day) }

    /// Nil for what is no length of time: negative, infinite, not a number.
    static func fromHours(_ hours: Double) -> Int? {
        guard hours.isFinite, hours >= 0 else { return nil }
        return Int((min(hours, mostHours) * Double(hour)).rounded())
    }
}
