import Care
import Directory
import Foundation
import Matching
import Testing

struct EarliestStartTests {
    private func start(
        _ hours: OpeningHours?,
        now: String,
        travel: Double = 0,
        _ change: (inout Service) -> Void = { _ in },
        context: (inout CaseContext) -> Void = { _ in }
    ) throws -> Date? {
        let service = Sample.service("a") {
            $0.hours = hours
            change(&$0)
        }
        let result = try Sample.match(
            Sample.context("PSY-PSS", .routine, context),
            [service],
            travel: ["a": travel],
            now: Sample.moment(now)
        )
        return result.option("a")?.earliestStart
    }

    @Test(arguments: [
        ("2026-03-13T07:59:59+07:00", "2026-03-13T08:00:00+07:00"),
        ("2026-03-13T08:00:00+07:00", "2026-03-13T08:00:00+07:00"),
        ("2026-03-13T16:59:59+07:00", "2026-03-13T16:59:59+07:00"),
        ("2026-03-13T17:00:00+07:00", "2026-03-16T08:00:00+07:00"),
    ])
    func `open means from the first second to the last`(_ now: String, _ expected: String) throws {
        let hours = Sample.weekly([.mon, .tue, .wed, .thu, .fri], 8, 17)
        #expect(try start(hours, now: now) == Sample.moment(expected))
    }

    @Test func `a night slot belongs to the day it opens`() throws {
        let hours = Sample.weekly([.fri], 20, 2)
        #expect(try start(hours, now: "2026-03-14T01:59:59+07:00") == Sample.moment("2026-03-14T01:59:59+07:00"))
        #expect(try start(hours, now: "2026-03-14T02:00:00+07:00") == Sample.moment("2026-03-20T20:00:00+07:00"))
        #expect(try start(hours, now: "2026-03-13T01:00:00+07:00") == Sample.moment("2026-03-13T20:00:00+07:00"))
    }

    @Test func `a closed day shuts the slots that open on it, past midnight too`() throws {
        let hours = Sample.weekly([.thu, .fri, .sat], 20, 2, closed: [CalendarDay("2026-03-13")!])
        #expect(try start(hours, now: "2026-03-13T01:00:00+07:00") == Sample.moment("2026-03-13T01:00:00+07:00"))
        #expect(try start(hours, now: "2026-03-13T20:00:00+07:00") == Sample.moment("2026-03-14T20:00:00+07:00"))
        #expect(try start(hours, now: "2026-03-14T01:00:00+07:00") == Sample.moment("2026-03-14T20:00:00+07:00"))
    }

    @Test func `a closed day shuts a house that is otherwise always open`() throws {
        let hours = OpeningHours(
            zone: .fixed(secondsFromGMT: 7 * 3600),
            always: true,
            closedDates: [CalendarDay("2026-03-13")!, CalendarDay("2026-03-14")!]
        )
        #expect(try start(hours, now: "2026-03-12T23:59:00+07:00") == Sample.moment("2026-03-12T23:59:00+07:00"))
        #expect(try start(hours, now: "2026-03-13T00:00:00+07:00") == Sample.moment("2026-03-15T00:00:00+07:00"))
    }

    @Test func `closed on every day of a month is never open`() throws {
        var closed: Set<CalendarDay> = []
        for day in 13...31 { closed.insert(CalendarDay("2026-03-\(day)")!) }
        for day in 1...14 { closed.insert(CalendarDay("2026-04-\(day < 10 ? "0" : "")\(day)")!) }
        let service = Sample.service("a") {
            $0.hours = Sample.weekly(Set(OpeningHours.Weekday.allCases), 8, 17, closed: closed)
        }
        #expect(try Sample.match(Sample.context(), [service]).reasons("a") == [.neverOpen])
        closed.remove(CalendarDay("2026-04-12")!)
        let open = Sample.service("a") {
            $0.hours = Sample.weekly(Set(OpeningHours.Weekday.allCases), 8, 17, closed: closed)
        }
        #expect(try Sample.match(Sample.context(), [open]).listed == ["a"])
        // Excluded for something else too, it is still never open.
        let other = Sample.service("a", offers: ["PSY-GROUP"]) { $0.hours = service.hours }
        #expect(try Sample.match(Sample.context(), [other]).reasons("a") == [.capabilityMissing, .neverOpen])
    }

    @Test func `travel and departure count in person, the wait always`() throws {
        let always = OpeningHours(zone: .fixed(secondsFromGMT: 0), always: true)
        let leaving: (inout CaseContext) -> Void = { $0.canLeaveAt = Sample.moment("2026-03-13T12:00:00+07:00") }
        let wait: (inout Service) -> Void = { $0.leadHours = 0.5 }
        let remote: (inout Service) -> Void = {
            $0.leadHours = 0.5
            $0.modes = [.phone]
        }
        #expect(
            try start(always, now: "2026-03-13T10:00:00+07:00", travel: 2, wait, context: leaving)
                == Sample.moment("2026-03-13T14:30:00+07:00")
        )
        #expect(
            try start(always, now: "2026-03-13T10:00:00+07:00", travel: 2, remote, context: leaving)
                == Sample.moment("2026-03-13T10:30:00+07:00")
        )
        #expect(
            try start(always, now: "2026-03-13T13:00:00+07:00", travel: 2, wait, context: leaving)
                == Sample.moment("2026-03-13T15:30:00+07:00"),
            "a departure that has passed is now"
        )
    }

    @Test(arguments: [
        (ContactMode?.none, [ContactMode.phone, .inPerson], ContactMode.inPerson),
        (.phone, [.inPerson, .phone], .phone), (.chat, [.video, .inPerson], .inPerson),
        (.chat, [.video, .phone], .video),
        (nil, [.video, .phone], .video),
    ])
    func `the mode is the wished one, else in person, else the first named`(
        _ wish: ContactMode?,
        _ modes: [ContactMode],
        _ used: ContactMode
    ) throws {
        let context = Sample.context { $0.preferences.mode = wish.map { Preference($0) } }
        let result = try Sample.match(context, [Sample.service("a") { $0.modes = modes }])
        #expect(result.option("a")?.mode == used)
    }

    @Test(arguments: [
        // London's clocks go forward on 29 March 2026 at 01:00, back on 25 October at 02:00.
        ("2026-03-28T18:00:00+00:00", "2026-03-29T09:00:00+01:00"),
        ("2026-03-29T00:59:59+00:00", "2026-03-29T09:00:00+01:00"),
        ("2026-10-24T18:00:00+01:00", "2026-10-25T09:00:00+00:00"),
        ("2026-03-26T18:00:00+00:00", "2026-03-27T09:00:00+00:00"),
    ])
    func `hours are read by the service's own clock across a change`(_ now: String, _ expected: String) throws {
        let hours = Sample.weekly(Set(OpeningHours.Weekday.allCases), 9, 17, zone: .named("Europe/London"))
        #expect(try start(hours, now: now) == Sample.moment(expected))
    }

    @Test func `a window is counted in true hours across a change of clocks`() throws {
        let service = Sample.service("a", offers: ["MED-HIVPEP"]) {
            $0.hours = Sample.weekly(Set(OpeningHours.Weekday.allCases), 9, 17, zone: .named("Europe/London"))
        }
        // 72 hours after 10:00 GMT on 26 March is 11:00 summer time on the 29th.
        let context = Sample.context("MED-HIVPEP", .emergency) {
            $0.lastExposure = Sample.moment("2026-03-26T10:00:00+00:00")
        }
        let result = try Sample.match(
            context,
            [service],
            now: Sample.moment("2026-03-28T20:00:00+00:00")
        )
        #expect(result.option("a")?.earliestStart == Sample.moment("2026-03-29T08:00:00+00:00"))
        #expect(result.option("a")?.secondsToSpare == 2 * 3600)
    }

    @Test func `the way to a hidden place is not given away by the minute`() throws {
        let always = OpeningHours(zone: .fixed(secondsFromGMT: 7 * 3600), always: true)
        let hidden: (inout Service) -> Void = { $0.confidentialLocation = true }
        let now = "2026-03-13T10:00:00+07:00"
        #expect(try start(always, now: now, travel: 1.2, hidden) == Sample.moment("2026-03-13T12:00:00+07:00"))
        #expect(try start(always, now: now, travel: 1.9, hidden) == Sample.moment("2026-03-13T12:00:00+07:00"))
        #expect(try start(always, now: now, travel: 2, hidden) == Sample.moment("2026-03-13T12:00:00+07:00"))
        #expect(try start(always, now: now, travel: 1.2) == Sample.moment("2026-03-13T11:12:00+07:00"))
    }

    /// Hours of every kind, in zones with and without changes of clocks, asked at moments around such changes: matching's
    /// own walk over the days agrees with that of the directory.
    @Test(arguments: 0..<40)
    func `the earliest start is the directory's next opening`(_ seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let zones: [OpeningHours.Zone] = [
            .named("Europe/London"), .named("Asia/Bangkok"), .named("America/New_York"), .named("Australia/Lord_Howe"),
            .named("Africa/Casablanca"), .fixed(secondsFromGMT: -12600), .fixed(secondsFromGMT: 20700),
        ]
        for _ in 0..<60 {
            let year = Sample.moment("2026-01-01T00:00:00+00:00")
            let now = year.addingTimeInterval(Double(Int.random(in: 0..<(365 * 1440), using: &dice)) * 60)
            let slots = (0..<Int.random(in: 1...3, using: &dice)).map { _ in
                OpeningHours.Slot(
                    days: dice.some(OpeningHours.Weekday.allCases),
                    open: Int.random(in: 0..<96, using: &dice) * 15,
                    close: Int.random(in: 0...96, using: &dice) * 15
                )
            }
            var closed: Set<CalendarDay> = []
            if dice.oneIn(3) {
                let today = Int(now.timeIntervalSince1970 / 86_400)
                for _ in 0..<10 {
                    closed.insert(CalendarDay(daysSince1970: today + Int.random(in: -2..<12, using: &dice))!)
                }
            }
            let hours = OpeningHours(zone: dice.pick(zones), always: false, weekly: slots, closedDates: closed)
            let travel = Double(Int.random(in: 0..<400, using: &dice)) / 4
            let result = try Sample.match(
                Sample.context(),
                [Sample.service("a") { $0.hours = hours }],
                travel: ["a": travel],
                now: now
            )
            let expected = hours.nextOpening(atOrAfter: now.addingTimeInterval(travel * 3600), within: 30)
            #expect(result.option("a")?.earliestStart == expected, "\(hours) at \(now) after \(travel) h")
            #expect(result.reasons("a") == (expected == nil ? [.neverOpen] : []))
        }
    }
}
