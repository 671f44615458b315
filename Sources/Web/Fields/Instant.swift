import Directory
import Foundation

/// Times as they cross the edge: RFC 3339, in UTC, written `2026-03-01T08:30:00Z` with or without milliseconds. One
/// form only, so that no reader can shift a time by a zone.
enum Instant {
    /// The time that this text names, or nil when it is written another way or no such day exists.
    static func date(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 || bytes.count == 24, bytes.last == UInt8(ascii: "Z") else { return nil }
        for (index, mark) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")] as [(Int, Unicode.Scalar)] {
            guard bytes[index] == UInt8(ascii: mark) else { return nil }
        }
        guard
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            (1900...2199).contains(year), (1...12).contains(month), day >= 1, day <= days(in: month, of: year),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var milliseconds = 0
        if bytes.count == 24 {
            guard bytes[19] == UInt8(ascii: "."), let fraction = number(bytes[20..<23]) else { return nil }
            milliseconds = fraction
        }
        let seconds = daysSince1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
        return Date(timeIntervalSince1970: Double(seconds) + Double(milliseconds) / 1_000)
    }

    /// The text of a time, to the second, in UTC.
    static func text(_ date: Date) -> String { local(Int(date.timeIntervalSince1970.rounded(.down))) + "Z" }

    /// The text of a time, to the millisecond, in UTC.
    static func precise(_ date: Date) -> String {
        let milliseconds = Int((date.timeIntervalSince1970 * 1_000).rounded())
        let fraction = ((milliseconds % 1_000) + 1_000) % 1_000
        return "\(local((milliseconds - fraction) / 1_000)).\(padded(fraction, 3))Z"
    }

    /// The text of a time as the clock of a zone shows it, with the zone's offset: `2026-03-01T14:00:00+05:30`.
    static func text(_ date: Date, in zone: OpeningHours.Zone?) -> String {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let offset: Int? =
            switch zone {
            case .fixed(let seconds): seconds
            case .named(let name): TimeZone(identifier: name)?.secondsFromGMT(for: date)
            case nil: nil
            }
        // RFC 3339 writes offsets in whole minutes; no zone in use has others.
        guard let offset, offset % 60 == 0 else { return text(date) }
        let minutes = abs(offset) / 60
        return local(seconds + offset)
            + "\(offset < 0 ? "-" : "+")\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    }

    private static func local(_ seconds: Int) -> String {
        let clock = ((seconds % 86_400) + 86_400) % 86_400
        let (year, month, day) = calendarDay((seconds - clock) / 86_400)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
            + "T\(padded(clock / 3_600, 2)):\(padded(clock / 60 % 60, 2)):\(padded(clock % 60, 2))"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        return number
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // The Gregorian calendar counted in 400-year eras of 146,097 days whose years begin in March, so that the leap day
    // is the last of a year. Foundation's formatters follow the locale's calendar, in which a year may be 2569.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func calendarDay(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
