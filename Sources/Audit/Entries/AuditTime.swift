public import Foundation

/// A moment in UTC to the millisecond, from 1970 to 9999, written as RFC 3339: `2026-05-04T03:02:01.000Z`.
public struct AuditTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
    public let milliseconds: Int

    /// 9999-12-31T23:59:59.999Z, the last moment that RFC 3339 can write.
    private static let last = 253_402_300_799_999

    /// The moment so many milliseconds after the start of 1970; nil before it and after 9999.
    public init?(milliseconds: Int) {
        guard (0...Self.last).contains(milliseconds) else { return nil }
        self.milliseconds = milliseconds
    }

    /// The moment of a date, cut to the millisecond; nil outside 1970 to 9999.
    public init?(_ date: Date) {
        let scaled = (date.timeIntervalSince1970 * 1000).rounded(.down)
        guard scaled >= 0, scaled <= Double(Self.last) else { return nil }
        milliseconds = Int(scaled)
    }

    /// The moment that the 24 characters name, nil for any other form and for a day that does not exist.
    public init?(_ text: String) {
        self.init(Array(text.utf8)[...])
    }

    init?(_ text: ArraySlice<UInt8>) {
        guard text.count == 24 else { return nil }
        let start = text.startIndex
        func number(_ from: Int, _ count: Int) -> Int? {
            var value = 0
            for byte in text[(start + from)..<(start + from + count)] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        guard text[start + 4] == 0x2D, text[start + 7] == 0x2D, text[start + 10] == 0x54, text[start + 13] == 0x3A,
            text[start + 16] == 0x3A, text[start + 19] == 0x2E, text[start + 23] == 0x5A
        else { return nil }
        guard
            let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
            let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2), let rest = number(20, 3),
            (1...12).contains(month), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        // A day that the month does not have comes back as another one.
        guard Self.civil(days) == (year, month, day) else { return nil }
        self.init(milliseconds: (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + rest)
    }

    /// The RFC 3339 form, always 24 characters.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The earlier moment is less.
    public static func < (one: AuditTime, other: AuditTime) -> Bool {
        one.milliseconds < other.milliseconds
    }

    /// Adds the 24 characters to the bytes.
    func append(to out: inout [UInt8]) {
        let (days, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        let (year, month, day) = Self.civil(days)
        func put(_ number: Int, _ digits: Int, _ mark: UInt8) {
            if digits > 3 { out.append(0x30 + UInt8(number / 1000 % 10)) }
            if digits > 2 { out.append(0x30 + UInt8(number / 100 % 10)) }
            out.append(0x30 + UInt8(number / 10 % 10))
            out.append(0x30 + UInt8(number % 10))
            out.append(mark)
        }
        put(year, 4, 0x2D)
        put(month, 2, 0x2D)
        put(day, 2, 0x54)
        put(rest / 3_600_000, 2, 0x3A)
        put(rest / 60_000 % 60, 2, 0x3A)
        put(rest / 1000 % 60, 2, 0x2E)
        put(rest % 1000, 3, 0x5A)
    }

    // The proleptic Gregorian calendar counted from 1 March, so that the leap day is a year's last: an era has 400 years
    // and 146,097 days, and 719,468 days lie between 0000-03-01 and 1970-01-01.

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * fromMarch + 2) / 5 + 1)
    }
}
