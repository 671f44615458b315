import Care
import Directory
import Foundation
import Matching
import Testing

/// Each window at one second before its end, at its end and one second after, where the clocks change between now and the
/// opening that decides. The moments are written out.
struct WindowGoldenTests {
    /// A place, the Saturday evening from which is looked, and the Monday 09:00 at which it opens next.
    struct Place: CustomTestStringConvertible {
        let zone: String
        let now: String
        let opening: String

        var testDescription: String { zone }
    }

    /// Clocks go forward an hour on Sunday 29 March, back an hour on Sunday 1 November, back half an hour on Sunday 5 April.
    static let places = [
        Place(zone: "Europe/Berlin", now: "2026-03-28T19:00:00Z", opening: "2026-03-30T07:00:00Z"),
        Place(zone: "America/New_York", now: "2026-11-01T00:00:00Z", opening: "2026-11-02T14:00:00Z"),
        Place(zone: "Australia/Lord_Howe", now: "2026-04-04T09:00:00Z", opening: "2026-04-05T22:30:00Z"),
    ]

    /// The windows of Policies/windows.yaml; a test of the data holds that they are.
    static let windows = [
        Window(code: "MED-HIVPEP", hours: 72), Window(code: "MED-EC", hours: 120), Window(code: "MED-HEPB", hours: 336),
        Window(code: "MED-FORENSIC", hours: 120), Window(code: "MED-TOX", hours: 120),
    ]

    struct Window: CustomTestStringConvertible {
        let code: String
        let hours: Double

        var testDescription: String { code }
    }

    /// Seconds by which the moment is past the end of the window, and what is told to be left; nil: too late.
    private static let seconds: [(Double, Int?)] = [(-1, 1), (0, 0), (1, nil)]

    private func match(_ need: String, _ exposure: Date, _ hours: OpeningHours, now: Date) throws -> MatchResult {
        let service = Sample.service("a", offers: [need]) { $0.hours = hours }
        let context = Sample.context(need, .urgent) { $0.lastExposure = exposure }
        return try Sample.match(
            context,
            [service],
            profile: CountryProfile(ownConsentFromAge: 15),
            now: now
        )
    }

    @Test(arguments: windows, places)
    func `an opening after the clocks changed is in time to the second`(
        _ window: Window,
        _ place: Place
    ) throws {
        let opening = Sample.moment(place.opening)
        let hours = Sample.weekly([.mon, .tue, .wed, .thu, .fri], 9, 17, zone: .named(place.zone))
        for (late, spare) in Self.seconds {
            // A later exposure moves the end of the window as far behind the opening.
            let exposure = Sample.hours(-window.hours, after: opening).addingTimeInterval(-late)
            let result = try match(window.code, exposure, hours, now: Sample.moment(place.now))
            #expect(result.listed == (spare == nil ? [] : ["a"]), "\(late)")
            #expect(result.option("a")?.secondsToSpare == spare)
            #expect(result.option("a")?.earliestStart == (spare == nil ? nil : opening))
            #expect(result.reasons("a") == (spare == nil ? [.deadlineCannotBeMet] : []))
            #expect(!result.flags.contains(.windowPassed))
        }
    }

    @Test(arguments: windows, places)
    func `a window that ran over the change of the clocks is its hours long, no more and no less`(
        _ window: Window,
        _ place: Place
    ) throws {
        let now = Sample.moment(place.opening)
        let always = OpeningHours(zone: .named(place.zone), always: true)
        for (late, spare) in Self.seconds {
            let isOpen = spare != nil
            let exposure = Sample.hours(-window.hours, after: now).addingTimeInterval(-late)
            let result = try match(window.code, exposure, always, now: now)
            #expect(result.listed == (isOpen ? ["a"] : []), "\(late)")
            #expect(result.reasons("a") == (isOpen ? [] : [.windowPassed]))
            #expect(result.flags.contains(.windowPassed) == !isOpen)
        }
    }
}
