import Audit
import Foundation
import Testing

@Suite struct AuditTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ])
    func `a moment is written and read as RFC 3339`(_ milliseconds: Int, _ text: String) {
        #expect(AuditTime(milliseconds: milliseconds)?.description == text)
        #expect(AuditTime(text)?.milliseconds == milliseconds)
    }

    /// A second opinion: Foundation's calendar, every 97 days and some hours from 1970 to 9999.
    @Test func `the calendar is Foundation's`() throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        var milliseconds = 0
        var count = 0
        while let time = AuditTime(milliseconds: milliseconds) {
            let date = Date(timeIntervalSince1970: Double(milliseconds / 1000))
            #expect(time.description == date.formatted(style))
            #expect(AuditTime(date) == time)
            #expect(AuditTime(time.description) == time)
            milliseconds += 8_395_429_000
            count += 1
        }
        #expect(count > 30_000)
    }

    @Test(arguments: [
        "", "2026-02-29T00:00:00.000Z", "2026-04-31T00:00:00.000Z", "2026-00-01T00:00:00.000Z",
        "2026-13-01T00:00:00.000Z", "2026-01-00T00:00:00.000Z", "2026-01-01T24:00:00.000Z", "2026-01-01T00:60:00.000Z",
        "2026-01-01T00:00:60.000Z", "2026-01-01t00:00:00.000Z", "2026-01-01T00:00:00.000z", "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.0000Z", "2026-01-01T00:00:00.000+00:00", "1969-12-31T23:59:59.999Z",
        "2026-1-01T00:00:00.0000Z", "２026-01-01T00:00:00.0Z",
    ])
    func `what is not that form is no moment`(_ text: String) {
        #expect(AuditTime(text) == nil)
    }

    @Test func `moments outside the form are none`() {
        #expect(AuditTime(milliseconds: -1) == nil)
        #expect(AuditTime(milliseconds: 253_402_300_800_000) == nil)
        #expect(AuditTime(Date(timeIntervalSince1970: -0.001)) == nil)
        #expect(AuditTime(Date.distantFuture.addingTimeInterval(1e12)) == nil)
        #expect(AuditTime(Date(timeIntervalSince1970: .nan)) == nil)
    }
}
