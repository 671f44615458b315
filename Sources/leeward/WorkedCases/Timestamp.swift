import Directory
import Foundation
import Matching

/// A moment of RFC 3339 with the offset it was written in.
struct Timestamp {
    /// Whole milliseconds; finer digits are dropped.
    let date: Date
    let offsetSeconds: Int

    /// Reads `2026-03-13T18:00:00+07:00`; seconds may be left out and may have a fraction, and `Z` stands for `+00:00`. An
    /// offset must be there: without one a text names no moment.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 17, bytes[10] == UInt8(ascii: "T"),
            let day = CalendarDay(String(decoding: bytes[..<10], as: UTF8.self)),
            let hour = Self.twoDigits(bytes, 11), hour < 24, bytes[13] == UInt8(ascii: ":"),
            let minute = Self.twoDigits(bytes, 14), minute < 60
        else { return nil }
        var rest = bytes[16...]
        var milliseconds = 0
        if rest.first == UInt8(ascii: ":") {
            guard rest.count >= 3, let second = Self.twoDigits(bytes, 17), second < 60 else { return nil }
            milliseconds = second * 1000
            rest = rest.dropFirst(3)
            if rest.first == UInt8(ascii: ".") {
                let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
                guard !digits.isEmpty else { return nil }
                let three = digits.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
                milliseconds += three * [100, 10, 1][min(digits.count, 3) - 1]
                rest = rest.dropFirst(1 + digits.count)
            }
        }
        guard let offset = Self.offsetSeconds(String(decoding: rest, as: UTF8.self)) else { return nil }
        let local = day.daysSince1970 * 86_400 + hour * 3600 + minute * 60
        self.date = Date(timeIntervalSince1970: Double((local - offset) * 1000 + milliseconds) / 1000)
        self.offsetSeconds = offset
    }

    /// Reads `+07:00`, `-03:30` or `Z`; nil beyond 18 hours.
    static func offsetSeconds(_ text: String) -> Int? {
        if text == "Z" { return 0 }
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = twoDigits(bytes, 1),
            let minutes = twoDigits(bytes, 4), minutes < 60, hours * 60 + minutes <= 18 * 60
        else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
        default: return nil
        }
    }

    /// The first moment after `day`, by a clock of that offset.
    static func end(of day: CalendarDay, offsetSeconds: Int) -> Date {
        Date(timeIntervalSince1970: Double((day.daysSince1970 + 1) * 86_400 - offsetSeconds))
    }

    /// A moment as RFC 3339 by the clock of a zone, in whole seconds, never before the moment itself. UTC when there is no
    /// zone.
    static func text(_ date: Date, zone: OpeningHours.Zone?) -> String {
        let seconds = Int((date.timeIntervalSince1970 * 1000).rounded()) + 999
        let instant = seconds >= 0 ? seconds / 1000 : (seconds - 999) / 1000
        let offset: Int
        switch zone {
        case .fixed(let fixed): offset = fixed
        case .named(let name): offset = TimeZone(identifier: name)?.secondsFromGMT(for: date) ?? 0
        case nil: offset = 0
        }
        let local = instant + offset
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let clock = local - day * 86_400
        let date = CalendarDay(daysSince1970: day)?.description ?? "9999-12-31"
        let size = abs(offset) / 60
        return date + "T" + two(clock / 3600) + ":" + two(clock / 60 % 60) + ":" + two(clock % 60)
            + (offset < 0 ? "-" : "+") + two(size / 60) + ":" + two(size % 60)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func twoDigits(_ bytes: [UInt8], _ at: Int) -> Int? {
        guard bytes.count >= at + 2 else { return nil }
        let tens = bytes[at], ones = bytes[at + 1]
        guard (0x30...0x39).contains(tens), (0x30...0x39).contains(ones) else { return nil }
        return Int(tens - 0x30) * 10 + Int(ones - 0x30)
    }
}
