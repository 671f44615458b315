import Directory
import Testing

struct CalendarDayTests {
    @Test(arguments: [
        (0, "1970-01-01"), (-1, "1969-12-31"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_779, "2026-11-22"),
        (-719_162, "0001-01-01"), (2_932_896, "9999-12-31"),
    ])
    func `days since 1970 are days of the calendar`(days: Int, text: String) {
        #expect(CalendarDay(daysSince1970: days) == CalendarDay(text))
        #expect(CalendarDay(daysSince1970: days) != nil)
    }

    @Test func `each day of four centuries follows the one before`() {
        var last = CalendarDay(daysSince1970: -80_000)
        for days in -79_999...66_097 {
            let day = CalendarDay(daysSince1970: days)
            if let last, let day { #expect(last < day) } else { Issue.record("no day \(days)") }
            last = day
        }
        #expect(last == CalendarDay("2150-12-20"))
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01T", "١٢٣٤-01-01", "0000-01-01", "",
    ])
    func `what is no day is refused`(text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test func `nothing beyond the years one to 9999`() {
        #expect(CalendarDay(daysSince1970: 2_932_897) == nil)
        #expect(CalendarDay(daysSince1970: -719_163) == nil)
        #expect(CalendarDay(daysSince1970: .max) == nil)
        #expect(CalendarDay(daysSince1970: .min + 1) == nil)
    }
}
