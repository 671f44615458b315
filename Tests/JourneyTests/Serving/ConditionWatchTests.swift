import Foundation
import Store
import Testing

@testable import leeward

@Suite struct ConditionWatchTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// A look `seconds` after the start, with the clock that much off.
    private func look(
        _ seconds: Double,
        _ store: Store.Condition = .working,
        clockOff: Double = 0,
        certificateEnds: Date? = nil
    ) -> ConditionWatch.Look {
        ConditionWatch.Look(
            store: store,
            now: start.addingTimeInterval(seconds + clockOff),
            milliseconds: Int64(seconds * 1000),
            certificateEnds: certificateEnds
        )
    }

    private func events(_ looks: ConditionWatch.Look..., lastRecorded: Date? = nil) -> [[ServerEvent]] {
        var watch = ConditionWatch(lastRecorded: lastRecorded, milliseconds: 0)
        return looks.map { watch.notices(at: $0).map(\.event) }
    }

    @Test func `a server that is well says nothing`() {
        #expect(events(look(0), look(5), look(3600), lastRecorded: start) == [[], [], []])
    }

    @Test func `a full disk is said once, and so is room again`() {
        #expect(
            events(look(0), look(5, .full), look(10, .full), look(15), look(20))
                == [[], [.diskFull], [], [.diskHasRoom], []]
        )
    }

    @Test func `a store that failed is said once, one that was closed is not`() {
        let failed = Store.Condition.stopped(.ioError(code: 1034))
        #expect(events(look(0), look(5, failed), look(10, failed)) == [[], [.storeStopped], []])
        #expect(events(look(0), look(5, .stopped(nil))) == [[], []])
    }

    @Test func `a clock that was set back is said, small steps and forward ones are not`() {
        #expect(events(look(0), look(5, clockOff: -60), look(10, clockOff: -60)) == [[], [.clockWentBack], []])
        #expect(events(look(0), look(5, clockOff: -1), look(10, clockOff: 600)) == [[], [], []])
        // Over a restart, by the newest entry of the log.
        #expect(events(look(0), lastRecorded: start.addingTimeInterval(3600)) == [[.clockWentBack]])
    }

    @Test func `a certificate is said before it ends and when it has ended, once each, and the next one anew`() {
        let ends = start.addingTimeInterval(10 * 86_400)
        let next = start.addingTimeInterval(13 * 86_400)
        #expect(
            events(
                look(0, certificateEnds: ends),
                look(5, certificateEnds: ends),
                look(11 * 86_400, certificateEnds: ends),
                look(11 * 86_400 + 5, certificateEnds: ends),
                look(11 * 86_400 + 10, certificateEnds: next),
                look(11 * 86_400 + 15, certificateEnds: start.addingTimeInterval(90 * 86_400))
            ) == [[.certificateEnding], [], [.certificateEnded], [], [.certificateEnding], []]
        )
    }
}
