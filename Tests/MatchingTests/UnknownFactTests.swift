import Care
import Directory
import Foundation
import Matching
import Testing

/// What no source states (DECISIONS 1): never a reason to exclude, never read as the good answer, always flagged.
struct UnknownFactTests {
    struct Gap: Sendable, CustomTestStringConvertible {
        let flag: MatchFlag
        var need = "PSY-PSS"
        var context: @Sendable (inout CaseContext) -> Void = { _ in }
        let forget: @Sendable (inout Service) -> Void

        var testDescription: String { flag.rawValue }
    }

    static let gaps: [Gap] = [
        Gap(flag: .hoursUnknown, forget: { $0.hours = nil }),
        Gap(flag: .hoursUnknown, forget: { $0.hours = Sample.weekly([.mon], 8, 17, zone: .named("Nowhere/Known")) }),
        Gap(flag: .eligibilityUnknown, forget: { $0.ages = nil }),
        Gap(flag: .eligibilityUnknown, forget: { $0.genders = nil }),
        Gap(flag: .costUnknown, forget: { $0.cost = nil }),
        Gap(flag: .languagesUnknown, forget: { $0.languages = nil }),
        Gap(flag: .requirementsUnknown, forget: { $0.requires = nil }),
        Gap(flag: .contactRouteUnknown, forget: { $0.intake = nil }),
        Gap(flag: .waitUnknown, forget: { $0.leadHours = nil }),
        Gap(
            flag: .accessibilityUnknown,
            context: { $0.survivor.accessibilityNeeds = [AccessFeature("wheelchair")] },
            forget: { $0.accessible = nil }
        ),
        Gap(
            flag: .jurisdictionUnknown,
            need: "LEG-REP",
            context: { $0.need.jurisdiction = Sample.here },
            forget: { $0.jurisdictions = nil }
        ),
        Gap(
            flag: .staffGenderUnknown,
            context: { $0.preferences.staffGender = Preference(.female, strict: true) },
            forget: { $0.staffGenders = nil }
        ),
        Gap(
            flag: .modeUnknown,
            context: { $0.preferences.mode = Preference(.inPerson, strict: true) },
            forget: { $0.modes = nil }
        ),
    ]

    private func context(_ gap: Gap) -> CaseContext { Sample.context(gap.need, .routine, gap.context) }

    private func services(_ gap: Gap) -> (known: Service, unknown: Service) {
        // Everything else speaks for the one with the gap: its name sorts first.
        let known = Sample.service("b-known", offers: [gap.need]) { $0.accessible = [AccessFeature("wheelchair")] }
        let unknown = Sample.service("a-unknown", offers: [gap.need]) {
            $0.accessible = [AccessFeature("wheelchair")]
            gap.forget(&$0)
        }
        return (known, unknown)
    }

    @Test(arguments: gaps)
    func `a fact that no source states never excludes and is flagged`(_ gap: Gap) throws {
        let (known, unknown) = services(gap)
        let result = try Sample.match(context(gap), [known, unknown])
        #expect(result.flags("a-unknown") == [gap.flag])
        #expect(result.flags("b-known") == [])
    }

    @Test(arguments: gaps)
    func `it sorts after a known fit`(_ gap: Gap) throws {
        let (known, unknown) = services(gap)
        #expect(try Sample.match(context(gap), [known, unknown]).listed == ["b-known", "a-unknown"])
        var urgent = context(gap)
        urgent.need.urgency = .emergency
        #expect(try Sample.match(urgent, [known, unknown]).listed == ["b-known", "a-unknown"])
    }

    @Test func `hours that are not stated never read as open now`() throws {
        let late = Sample.service("b-known") { $0.leadHours = 300 }
        let unknown = Sample.service("a-unknown") { $0.hours = nil }
        let result = try Sample.match(Sample.context("PSY-PSS", .emergency), [late, unknown])
        #expect(result.listed == ["b-known", "a-unknown"])
        #expect(result.option("a-unknown")?.earliestStart == nil)
    }

    @Test func `an unknown way tells no start`() throws {
        var context = Sample.context()
        context.travel = TravelTimes([ServiceID("b"): 3])
        let result = try Sample.match(context, [Sample.service("a"), Sample.service("b")])
        #expect(result.listed == ["b", "a"])
        #expect(result.flags("a") == [.travelUnknown])
        #expect(result.option("a")?.earliestStart == nil)
        #expect(result.option("b")?.earliestStart == Sample.hours(3))
    }

    @Test func `a strict travel limit does not exclude what is at an unknown distance`() throws {
        var context = Sample.context { $0.preferences.maxTravelHours = Preference(1, strict: true) }
        context.travel = TravelTimes([ServiceID("b"): 3])
        let result = try Sample.match(context, [Sample.service("a"), Sample.service("b")])
        #expect(result.listed == ["a"])
        #expect(result.reasons("b") == [.tooFar])
        #expect(result.option("a")?.softPoints == 4, "unknown is not within the limit either")
    }

    @Test func `what is known to be too late excludes though the hours are not stated`() throws {
        let context = Sample.context("MED-HIVPEP", .emergency) { $0.lastExposure = Sample.hours(-70) }
        let service = Sample.service("a", offers: ["MED-HIVPEP"]) { $0.hours = nil }
        #expect(try Sample.match(context, [service], travel: ["a": 2]).listed == ["a"])
        #expect(try Sample.match(context, [service], travel: ["a": 2.1]).reasons("a") == [.deadlineCannotBeMet])
    }

    @Test func `an interpreter that nobody mentions is asked for, not ruled out`() throws {
        let service = Sample.service("a") {
            $0.languages = [LanguageTag("en")!]
            $0.interpreter = nil
        }
        let result = try Sample.match(Sample.context(), [service])
        #expect(result.flags("a") == [.interpreterNeeded, .languagesUnknown])
    }

    @Test func `an entry that nobody has confirmed says so`() throws {
        let result = try Sample.match(Sample.context(), [Sample.service("a") { $0.verification = nil }])
        #expect(result.flags("a") == [.verifyBeforeReferral, .notVerified])
    }

    @Test func `a duty to report that is not stated is a question before she decides`() throws {
        let result = try Sample.match(Sample.context(), [Sample.service("a") { $0.mandatedReporter = nil }])
        #expect(result.flags("a") == [.reportingDutyUnknown])
        let duty = try Sample.match(Sample.context(), [Sample.service("a") { $0.mandatedReporter = true }])
        #expect(duty.flags("a") == [.mandatedReporter])
    }

    @Test func `capacity that is not known sorts between room and a waiting list`() throws {
        let services = [
            Sample.service("a") { $0.capacity = .waitlist }, Sample.service("b") { $0.capacity = .unknown },
            Sample.service("c"),
        ]
        let result = try Sample.match(Sample.context(), services)
        #expect(result.listed == ["c", "b", "a"])
        #expect(result.flags("a") == [.waitlist])
        #expect(result.flags("b") == [.capacityUnknown])
    }

    @Test func `an anonymous caller gets options`() throws {
        var context = Sample.context()
        context.survivor = SurvivorFacts(age: nil, gender: nil, languages: nil, currentCountry: Sample.here)
        context.safeRoutes = nil
        context.consent = .notAsked
        let girls = Sample.service("girls") {
            $0.ages = AgeRange(from: 10, through: 17)
            $0.genders = [.female]
        }
        let result = try Sample.match(context, [girls, Sample.service("all")])
        #expect(result.listed == ["all", "girls"])
        #expect(result.flags("all") == [.languagesUnknown, .contactRouteUnknown])
        #expect(result.flags("girls") == [.eligibilityUnknown, .languagesUnknown, .contactRouteUnknown])
        #expect(Array(result.gates) == [.consentNotAsked])
        #expect(!result.referralMayBeSent)
    }

    @Test func `a real entry of which little is known is listed with its questions`() throws {
        let bare = Service(
            id: ServiceID("line"),
            organization: OrganizationID("org"),
            name: "A line",
            country: Sample.here,
            coverage: .countries([Sample.here]),
            status: .active,
            offers: [Offer(code: Sample.code("PSY-CRISIS"))],
            provenance: Provenance(source: "fixture", sourceDate: nil, confidence: .low)
        )
        var context = Sample.context("PSY-CRISIS", .emergency)
        context.travel = TravelTimes([ServiceID("elsewhere"): 1])
        let result = try Sample.match(context, [bare])
        #expect(result.listed == ["line"])
        #expect(result.option("line")?.softPoints == 0)
        #expect(result.option("line")?.earliestStart == nil)
        #expect(
            result.flags("line") == [
                .verifyBeforeReferral, .capacityUnknown, .hoursUnknown, .eligibilityUnknown, .costUnknown,
                .languagesUnknown, .requirementsUnknown, .contactRouteUnknown, .modeUnknown, .travelUnknown,
                .waitUnknown, .reportingDutyUnknown, .notVerified,
            ]
        )
    }

    @Test func `travel given for a whole directory reaches the services it is meant for`() throws {
        let services = [Sample.service("a"), Sample.service("b"), Sample.service("c")]
        let index = try ServiceIndex(services)
        var context = Sample.context()
        context.travel = TravelTimes([1, nil, 3], of: index)
        let result = try Sample.match(context, services)
        #expect(result.listed == ["a", "c", "b"])
        // Another index: by name, not by place.
        let other = try Sample.match(context, [Sample.service("0")] + services)
        #expect(other.option("a")?.earliestStart == Sample.hours(1))
        #expect(other.option("c")?.earliestStart == Sample.hours(3))
        #expect(other.option("0")?.earliestStart == nil)
    }

    @Test func `a service of unknown mode may be a telephone line, so that a long way proves nothing`() throws {
        let context = Sample.context("MED-HIVPEP", .urgent) { $0.lastExposure = Sample.hours(-70) }
        let service = Sample.service("a", offers: ["MED-HIVPEP"]) { $0.modes = nil }
        let result = try Sample.match(context, [service], travel: ["a": 10])
        #expect(result.listed == ["a"])
        #expect(result.flags("a").contains(.modeUnknown))
        let visited = Sample.service("a", offers: ["MED-HIVPEP"])
        #expect(try Sample.match(context, [visited], travel: ["a": 10]).reasons("a") == [.deadlineCannotBeMet])
    }
}
