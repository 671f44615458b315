import Care
import Directory
import Foundation
import Matching
import Testing

struct OrderTests {
    /// Two services that differ in one key and what the other has better further down.
    struct Pair: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var urgency = Urgency.emergency
        var travel: [String: Double] = [:]
        var context: @Sendable (inout CaseContext) -> Void = { _ in }
        let better: @Sendable (inout Service) -> Void
        let worse: @Sendable (inout Service) -> Void
    }

    private static let stale: @Sendable (inout Service) -> Void = {
        $0.verification = Verification(on: CalendarDay("2025-09-13")!, by: "fixture", method: nil)
    }

    static let speedFirst: [Pair] = [
        Pair(
            testDescription: "time band before capacity",
            travel: ["better": 6, "worse": 6.25],
            better: { $0.capacity = .waitlist },
            worse: { _ in }
        ),
        Pair(
            testDescription: "capacity before staleness",
            travel: ["better": 3],
            better: stale,
            worse: { $0.capacity = .unknown }
        ),
        Pair(
            testDescription: "capacity unknown before a waiting list",
            travel: ["better": 3],
            better: { $0.capacity = .unknown },
            worse: { $0.capacity = .waitlist }
        ),
        Pair(
            testDescription: "staleness before other needs",
            travel: ["better": 3],
            context: { $0.otherNeeds = [Sample.code("SOC-BASIC")] },
            better: { _ in },
            worse: {
                stale(&$0)
                $0.offers.append(Offer(code: Sample.code("SOC-BASIC")))
            }
        ),
        Pair(
            testDescription: "other needs before soft points",
            travel: ["better": 3],
            context: { $0.otherNeeds = [Sample.code("SOC-BASIC")] },
            better: {
                $0.offers.append(Offer(code: Sample.code("SOC-BASIC")))
                $0.interpreter = true
                $0.languages = []
            },
            worse: { _ in }
        ),
        Pair(
            testDescription: "soft points before the earliest start",
            travel: ["better": 3],
            better: { _ in },
            worse: {
                $0.interpreter = true
                $0.languages = []
            }
        ),
    ]

    static let otherwise: [Pair] = [
        Pair(
            testDescription: "capacity before the response time",
            urgency: .urgent,
            travel: ["better": 100],
            better: { _ in },
            worse: { $0.capacity = .unknown }
        ),
        Pair(
            testDescription: "response time before soft points",
            urgency: .urgent,
            travel: ["better": 72, "worse": 73],
            better: {
                $0.interpreter = true
                $0.languages = []
            },
            worse: { _ in }
        ),
        Pair(
            testDescription: "soft points before other needs",
            urgency: .routine,
            travel: ["better": 20],
            context: { $0.otherNeeds = [Sample.code("SOC-BASIC")] },
            better: { _ in },
            worse: {
                $0.offers.append(Offer(code: Sample.code("SOC-BASIC")))
                $0.cost = .fee
            }
        ),
        Pair(
            testDescription: "other needs before staleness",
            urgency: .routine,
            travel: ["better": 20],
            context: { $0.otherNeeds = [Sample.code("SOC-BASIC")] },
            better: {
                stale(&$0)
                $0.offers.append(Offer(code: Sample.code("SOC-BASIC")))
            },
            worse: { _ in }
        ),
        Pair(
            testDescription: "staleness before the earliest start",
            urgency: .routine,
            travel: ["better": 20],
            better: { _ in },
            worse: stale
        ),
    ]

    @Test(arguments: speedFirst + otherwise)
    func `an earlier key decides over all later ones`(_ pair: Pair) throws {
        let context = Sample.context("PSY-PSS", pair.urgency) {
            $0.survivor.has = [.payment]
            pair.context(&$0)
        }
        // The name of the worse one sorts first, so that the identifier alone would turn the order.
        let services = [Sample.service("a-worse", pair.worse), Sample.service("b-better", pair.better)]
        let travel = ["a-worse": pair.travel["worse"] ?? 0, "b-better": pair.travel["better"] ?? 0]
        #expect(try Sample.match(context, services, travel: travel).listed == ["b-better", "a-worse"])
    }

    @Test func `then the earliest start, then the way, then the name`() throws {
        let services = ["d", "c", "b", "a"].map { id in
            Sample.service(id) { if id == "a" { $0.leadHours = 2 } else if id == "b" { $0.leadHours = 1 } }
        }
        // All of b, c and d start in two hours; b is nearer.
        let result = try Sample.match(Sample.context(), services, travel: ["a": 0.5, "b": 1, "c": 2, "d": 2])
        #expect(result.listed == ["b", "c", "d", "a"])
        #expect(result.options.map(\.rank) == [1, 2, 3, 4])
    }

    @Test func `an open window puts speed first whatever the urgency`() throws {
        let slow = Sample.service("slow", offers: ["MED-HIVPEP"]) { $0.childSpecialised = true }
        let fast = Sample.service("fast", offers: ["MED-HIVPEP"])
        let open = Sample.context("MED-HIVPEP", .routine) { $0.lastExposure = Sample.hours(-2) }
        #expect(try Sample.match(open, [slow, fast], travel: ["slow": 7]).listed == ["fast", "slow"])
        let unknown = Sample.context("MED-HIVPEP", .routine)
        #expect(try Sample.match(unknown, [slow, fast], travel: ["slow": 7]).listed == ["fast", "slow"])
        let over = Sample.context("MED-HIVPEP", .routine) { $0.lastExposure = Sample.hours(-80) }
        let later = [slow, fast].map { service in
            var service = service
            service.offers = [Offer(code: Sample.code("MED-CMR"))]
            return service
        }
        #expect(try Sample.match(over, later, travel: ["slow": 7]).listed == ["slow", "fast"])
    }

    static let points: [(Int, @Sendable (inout CaseContext, inout Service) -> Void)] = [
        (4, { _, _ in }), (1, { $1.languages = [] }), (3, { $1.cost = nil }),
        (7, { context, _ in context.preferences.staffGender = Preference(.female) }),
        (4, { context, _ in context.preferences.staffGender = Preference(.nonBinary) }),
        (6, { context, _ in context.preferences.mode = Preference(.inPerson) }),
        (4, { context, _ in context.preferences.mode = Preference(.chat) }),
        (6, { $1.childSpecialised = true }),
        (
            4,
            {
                $0.survivor.age = 18
                $1.childSpecialised = true
            }
        ),
        (6, { context, _ in context.preferences.maxTravelHours = Preference(1) }),
        (4, { context, _ in context.preferences.maxTravelHours = Preference(0.9) }),
        (6, { context, _ in context.currentProviders = [OrganizationID("org-a")] }),
        (4, { $1.mandatedReporter = true }),
        (
            2,
            {
                $0.preferences.noReportToAuthorities = true
                $1.mandatedReporter = true
            }
        ),
    ]

    @Test(arguments: points.indices)
    func `each soft point counts what it should`(_ place: Int) throws {
        let (points, change) = Self.points[place]
        var context = Sample.context()
        var service = Sample.service("a") { $0.interpreter = true }
        change(&context, &service)
        #expect(try Sample.match(context, [service], travel: ["a": 1]).option("a")?.softPoints == points)
    }

    @Test(arguments: [("2025-09-14", false), ("2025-09-13", true)])
    func `an entry is stale after 180 days by the calendar of its zone`(_ verified: String, _ isStale: Bool) throws {
        let service = Sample.service("a") {
            $0.verification = Verification(on: CalendarDay(verified)!, by: "fixture", method: nil)
        }
        for now in ["2026-03-13T00:30:00+07:00", "2026-03-13T23:30:00+07:00"] {
            let result = try Sample.match(Sample.context(), [service], now: Sample.moment(now))
            #expect(result.flags("a") == (isStale ? [.verifyBeforeReferral] : []))
        }
    }

    @Test func `another need is covered only while its own window lasts at the start`() throws {
        let context = Sample.context("MED-CMR", .emergency) {
            $0.lastExposure = Sample.hours(-70)
            $0.otherNeeds = [Sample.code("MED-HIVPEP"), Sample.code("MED-EC")]
        }
        let service = Sample.service("a", offers: ["MED-CMR", "MED-HIVPEP", "MED-EC", "MED-EC"])
        #expect(try Sample.match(context, [service]).option("a")?.coveredNeeds.map(\.text) == ["MED-HIVPEP", "MED-EC"])
        #expect(
            try Sample.match(context, [service], travel: ["a": 3]).option("a")?.coveredNeeds.map(\.text) == ["MED-EC"]
        )
    }

    @Test func `the numbers an organisation sets are the ones that count`() throws {
        let parameters = MatchParameters(
            responseTimes: Sample.responseTimes(emergency: 1),
            staleAfterDays: 20,
            timeBandHours: [1, 2],
            tightWindowHours: 100
        )
        let context = Sample.context("MED-HIVPEP", .emergency) { $0.lastExposure = Sample.hours(-2) }
        let services = [
            Sample.service("a", offers: ["MED-HIVPEP"]) { $0.childSpecialised = true },
            Sample.service("b", offers: ["MED-HIVPEP"]),
        ]
        let result = try Sample.match(context, services, travel: ["a": 2.5, "b": 1.5], parameters: parameters)
        #expect(result.listed == ["b", "a"])
        #expect(result.flags("b") == [.windowTight, .responseTargetMissed, .verifyBeforeReferral])
        #expect(try Sample.match(context, services, travel: ["a": 2.5, "b": 1.5]).listed == ["a", "b"])
    }
}
