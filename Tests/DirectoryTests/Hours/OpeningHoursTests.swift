import Directory
import Foundation
import Testing

struct OpeningHoursTests {
    private typealias Weekday = OpeningHours.Weekday
    private static let everyDay = Set(Weekday.allCases)
    private static let workdays: Set<Weekday> = [.mon, .tue, .wed, .thu, .fri]

    private func at(_ text: String) throws -> Date {
        try #require(ISO8601DateFormatter().date(from: text))
    }

    private func hours(
        _ zone: String,
        _ days: Set<Weekday>,
        _ open: Int,
        _ close: Int,
        closed: Set<CalendarDay> = []
    ) -> OpeningHours {
        OpeningHours(
            zone: .named(zone),
            always: false,
            weekly: [OpeningHours.Slot(days: days, open: open * 60, close: close * 60)],
            closedDates: closed
        )
    }

    @Test func `a slot is open from its first minute and closed at its last`() throws {
        let office = hours("Asia/Colombo", Self.workdays, 9, 17)
        // 2026-11-20 is a Friday; Colombo is UTC+05:30.
        #expect(!office.isOpen(at: try at("2026-11-20T08:59:59+05:30")))
        #expect(office.isOpen(at: try at("2026-11-20T09:00:00+05:30")))
        #expect(office.isOpen(at: try at("2026-11-20T16:59:59+05:30")))
        #expect(!office.isOpen(at: try at("2026-11-20T17:00:00+05:30")))
        #expect(!office.isOpen(at: try at("2026-11-21T12:00:00+05:30")))
    }

    @Test func `the next opening jumps the weekend`() throws {
        let office = hours("Asia/Colombo", Self.workdays, 9, 17)
        let friday = try at("2026-11-20T17:00:00+05:30")
        #expect(office.nextOpening(atOrAfter: friday) == (try at("2026-11-23T09:00:00+05:30")))
        #expect(office.nextOpening(atOrAfter: friday, within: 2) == nil)
        #expect(office.nextOpening(atOrAfter: friday, within: 3) == (try at("2026-11-23T09:00:00+05:30")))
    }

    @Test func `what is open opens now and closes at the end of its slot`() throws {
        let office = hours("Asia/Colombo", Self.workdays, 9, 17)
        let noon = try at("2026-11-20T12:00:00+05:30")
        #expect(office.nextOpening(atOrAfter: noon) == noon)
        #expect(office.nextClosing(after: noon) == (try at("2026-11-20T17:00:00+05:30")))
    }

    @Test func `always is always open and never closes`() throws {
        let line = OpeningHours(zone: .fixed(secondsFromGMT: 0), always: true)
        let now = try at("2026-11-20T03:12:44Z")
        #expect(line.isOpen(at: now))
        #expect(line.nextOpening(atOrAfter: now) == now)
        #expect(line.nextClosing(after: now) == nil)
    }

    @Test func `a slot past midnight belongs to the day it opens on`() throws {
        let night = hours("Europe/Berlin", [.fri], 22, 6)
        #expect(!night.isOpen(at: try at("2026-11-20T05:00:00+01:00")))
        #expect(night.isOpen(at: try at("2026-11-20T23:00:00+01:00")))
        #expect(night.isOpen(at: try at("2026-11-21T05:59:59+01:00")))
        #expect(!night.isOpen(at: try at("2026-11-21T06:00:00+01:00")))
        #expect(!night.isOpen(at: try at("2026-11-21T22:30:00+01:00")))
        let friday = try at("2026-11-20T23:00:00+01:00")
        #expect(night.nextClosing(after: friday) == (try at("2026-11-21T06:00:00+01:00")))
    }

    @Test func `until twenty-four hundred is until midnight and the same minute twice is a whole day`() throws {
        let late = hours("UTC", [.mon], 20, 24)
        #expect(late.isOpen(at: try at("2026-11-23T23:59:59Z")))
        #expect(!late.isOpen(at: try at("2026-11-24T00:00:00Z")))
        let whole = hours("UTC", [.mon], 8, 8)
        #expect(whole.isOpen(at: try at("2026-11-24T07:59:00Z")))
        #expect(!whole.isOpen(at: try at("2026-11-24T08:00:00Z")))
        #expect(!whole.isOpen(at: try at("2026-11-23T07:59:00Z")))
    }

    @Test func `slots that touch close only at the end of the last`() throws {
        let evening = OpeningHours(
            zone: .named("UTC"),
            always: false,
            weekly: [
                OpeningHours.Slot(days: [.mon], open: 20 * 60, close: 1440),
                OpeningHours.Slot(days: [.tue], open: 0, close: 120),
            ]
        )
        #expect(evening.nextClosing(after: try at("2026-11-23T21:00:00Z")) == (try at("2026-11-24T02:00:00Z")))
        let weekLong = hours("UTC", Self.everyDay, 0, 24)
        #expect(weekLong.nextClosing(after: try at("2026-11-23T21:00:00Z")) == nil)
    }

    @Test func `on a closed day no slot opens but the one of the evening before runs out`() throws {
        let closed = Set([CalendarDay("2026-12-25")].compactMap { $0 })
        let night = hours("Europe/Berlin", Self.everyDay, 22, 6, closed: closed)
        #expect(night.isOpen(at: try at("2026-12-25T03:00:00+01:00")))
        #expect(!night.isOpen(at: try at("2026-12-25T23:00:00+01:00")))
        #expect(!night.isOpen(at: try at("2026-12-26T03:00:00+01:00")))
        #expect(
            night.nextOpening(atOrAfter: try at("2026-12-25T12:00:00+01:00")) == (try at("2026-12-26T22:00:00+01:00"))
        )
    }

    @Test func `a zone nobody knows never reads as open`() throws {
        let nowhere = hours("Atlantis/Capital", Self.everyDay, 0, 24)
        let now = try at("2026-11-20T12:00:00Z")
        #expect(!nowhere.isOpen(at: now))
        #expect(nowhere.nextOpening(atOrAfter: now) == nil)
    }

    @Test func `no slot never opens`() throws {
        let none = OpeningHours(zone: .named("UTC"), always: false)
        #expect(none.nextOpening(atOrAfter: try at("2026-11-20T12:00:00Z")) == nil)
    }

    /// Zone, opening hour, an instant before, the instant it opens at: either side of a change of the clock.
    @Test(arguments: [
        ("America/New_York", 9, "2026-03-07T23:00:00Z", "2026-03-08T13:00:00Z"),
        ("America/New_York", 9, "2026-10-31T23:00:00Z", "2026-11-01T14:00:00Z"),
        ("Europe/London", 9, "2026-03-28T20:00:00Z", "2026-03-29T08:00:00Z"),
        ("Europe/London", 9, "2026-10-24T20:00:00Z", "2026-10-25T09:00:00Z"),
        ("Australia/Lord_Howe", 9, "2026-10-03T12:00:00Z", "2026-10-03T22:00:00Z"),
        ("Australia/Lord_Howe", 9, "2026-04-04T12:00:00Z", "2026-04-04T22:30:00Z"),
        ("America/Santiago", 9, "2026-09-05T23:00:00Z", "2026-09-06T12:00:00Z"),
        ("Africa/Cairo", 9, "2026-04-23T20:00:00Z", "2026-04-24T06:00:00Z"),
        ("Asia/Kathmandu", 9, "2026-11-20T12:00:00Z", "2026-11-21T03:15:00Z"),
        ("Pacific/Kiritimati", 9, "2026-11-20T12:00:00Z", "2026-11-20T19:00:00Z"),
    ])
    func `an office opens by its own clock on the day the clock changes`(
        zone: String,
        open: Int,
        before: String,
        opens: String
    ) throws {
        let office = hours(zone, Self.everyDay, open, 17)
        #expect(office.nextOpening(atOrAfter: try at(before)) == (try at(opens)))
        #expect(!office.isOpen(at: try at(opens).addingTimeInterval(-1)))
        #expect(office.isOpen(at: try at(opens)))
    }

    @Test func `a slot that the clock skips opens when the clock has been put forward`() throws {
        // New York, 8 March 2026: 02:00 EST is followed by 03:00 EDT at 07:00 UTC.
        let early = hours("America/New_York", Self.everyDay, 2, 5)
        #expect(early.nextOpening(atOrAfter: try at("2026-03-08T06:00:00Z")) == (try at("2026-03-08T07:00:00Z")))
        let gone = OpeningHours(
            zone: .named("America/New_York"),
            always: false,
            weekly: [OpeningHours.Slot(days: Self.everyDay, open: 125, close: 175)]
        )
        #expect(gone.nextOpening(atOrAfter: try at("2026-03-08T06:00:00Z")) == (try at("2026-03-09T06:05:00Z")))
    }

    @Test func `midnight that a country skips opens at one`() throws {
        // Cairo, 24 April 2026: 00:00 EET is followed by 01:00 EEST at 22:00 UTC of the 23rd.
        let friday = hours("Africa/Cairo", [.fri], 0, 8)
        #expect(friday.nextOpening(atOrAfter: try at("2026-04-23T12:00:00Z")) == (try at("2026-04-23T22:00:00Z")))
    }

    @Test func `an hour that the clock repeats is open both times`() throws {
        // London, 25 October 2026: 01:00–02:00 happens in BST from 00:00 UTC and in GMT from 01:00 UTC.
        let hour = OpeningHours(
            zone: .named("Europe/London"),
            always: false,
            weekly: [OpeningHours.Slot(days: Self.everyDay, open: 75, close: 105)]
        )
        #expect(hour.isOpen(at: try at("2026-10-25T00:20:00Z")))
        #expect(!hour.isOpen(at: try at("2026-10-25T00:50:00Z")))
        #expect(hour.isOpen(at: try at("2026-10-25T01:20:00Z")))
        #expect(hour.nextOpening(atOrAfter: try at("2026-10-25T00:50:00Z")) == (try at("2026-10-25T01:15:00Z")))
        #expect(hour.nextOpening(atOrAfter: try at("2026-10-25T01:50:00Z")) == (try at("2026-10-26T01:15:00Z")))
    }

    /// The answers of the closed form against every minute of spans that hold a change of the clock.
    @Test(arguments: [
        "America/New_York", "Europe/London", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Asia/Kolkata",
    ])
    func `the next opening is the first open minute and the next closing the first closed one`(zone: String) throws {
        let slots = [
            OpeningHours.Slot(days: [.sat, .sun], open: 95, close: 150),
            OpeningHours.Slot(days: [.sun], open: 0, close: 30),
            OpeningHours.Slot(days: [.fri, .mon], open: 1380, close: 70),
        ]
        let hours = OpeningHours(zone: .named(zone), always: false, weekly: slots)
        for start in [
            "2026-03-06T12:00:00Z", "2026-03-27T12:00:00Z", "2026-10-03T00:00:00Z", "2026-10-23T12:00:00Z",
            "2026-10-30T12:00:00Z", "2026-09-04T12:00:00Z", "2026-04-22T12:00:00Z", "2026-04-03T12:00:00Z",
        ] {
            let from = try at(start)
            let minutes = (0..<(4 * 1440)).map { from.addingTimeInterval(Double($0) * 60) }
            let open = minutes.map(hours.isOpen(at:))
            for index in stride(from: 0, to: 2 * 1440, by: 41) {
                let nextOpen = open[index...].firstIndex(of: true).map { minutes[$0] }
                #expect(hours.nextOpening(atOrAfter: minutes[index], within: 3) == nextOpen)
                guard open[index] else { continue }
                let nextClosed = open[index...].firstIndex(of: false).map { minutes[$0] }
                #expect(hours.nextClosing(after: minutes[index], within: 3) == nextClosed)
            }
        }
    }

    @Test func `a fixed offset needs no zone name`() throws {
        let office = OpeningHours(
            zone: .fixed(secondsFromGMT: 7 * 3600),
            always: false,
            weekly: [OpeningHours.Slot(days: Self.workdays, open: 540, close: 1020)]
        )
        #expect(office.nextOpening(atOrAfter: try at("2026-11-20T12:00:00Z")) == (try at("2026-11-23T02:00:00Z")))
    }
}
