import Foundation
import Testing

@testable import Web

@Suite struct InstantTests {
    @Test func `a time of every thirteenth hour for a century is read and written as Foundation does`() throws {
        let format = Date.ISO8601FormatStyle()
        var seconds = -2_208_988_800.0
        while seconds < 4_102_444_800 {
            let date = Date(timeIntervalSince1970: seconds)
            let text = format.format(date)
            try #require(Instant.text(date) == text)
            try #require(Instant.date(text) == date)
            seconds += 13 * 3_600 * 41 + 61
        }
    }

    @Test func `milliseconds are read`() {
        #expect(Instant.date("2026-03-01T08:30:00.250Z") == Date(timeIntervalSince1970: 1_772_353_800.25))
    }

    @Test(arguments: [
        "", "2026-03-01", "2026-03-01T08:30:00", "2026-03-01T08:30:00+00:00", "2026-03-01 08:30:00Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-04-31T00:00:00Z", "2026-03-01T24:00:00Z",
        "2026-03-01T08:60:00Z", "2026-03-01T08:30:60Z", "2569-03-01T08:30:00Z", "1405-03-01T08:30:00Z",
        "2026-03-01T08:30:00.25Z", "2026-03-01T08:30:00,250Z", "2026-3-1T08:30:00Z", "２026-03-01T08:30:00Z",
        "-026-03-01T08:30:00Z",
    ])
    func `a time written any other way is refused, a Buddhist year too`(text: String) {
        #expect(Instant.date(text) == nil)
    }

    @Test func `a leap day is a day`() {
        #expect(Instant.date("2024-02-29T00:00:00Z") != nil)
        #expect(Instant.date("2000-02-29T00:00:00Z") != nil)
        #expect(Instant.date("2100-02-29T00:00:00Z") == nil)
    }
}
