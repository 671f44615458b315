import Care
import Directory
import Foundation
import Matching
import Testing

/// One hard rule (M2): a case and a service that break it and nothing else, and the same pair with the cause taken away.
struct RuleCase: Sendable, CustomTestStringConvertible {
    let reason: ExclusionReason
    var need = "PSY-PSS"
    var urgency = Urgency.routine
    var travel = 0.0
    let broken: @Sendable (inout CaseContext, inout Service) -> Void
    let kept: @Sendable (inout CaseContext, inout Service) -> Void

    var testDescription: String { reason.rawValue }

    func match(_ change: (inout CaseContext, inout Service) -> Void) throws -> MatchResult {
        var context = Sample.context(need, urgency)
        var service = Sample.service("a", offers: [need])
        change(&context, &service)
        return try Sample.match(context, [service], travel: ["a": travel])
    }

    static let all: [RuleCase] = [
        RuleCase(reason: .statusNotActive, broken: { $1.status = .inactive }, kept: { _, _ in }),
        RuleCase(reason: .statusNotActive, broken: { $1.status = .temporarilyClosed }, kept: { _, _ in }),
        RuleCase(reason: .statusNotActive, broken: { $1.status = .defunct }, kept: { _, _ in }),
        RuleCase(
            reason: .capabilityMissing,
            broken: { $1.offers = [Offer(code: Sample.code("PSY-GROUP"))] },
            kept: { $1.offers.append(Offer(code: Sample.code("PSY-GROUP"))) }
        ),
        RuleCase(
            reason: .windowPassed,
            need: "MED-HIVPEP",
            urgency: .urgent,
            broken: { context, _ in context.lastExposure = Sample.hours(-73) },
            kept: { context, _ in context.lastExposure = Sample.hours(-71) }
        ),
        RuleCase(
            reason: .deadlineCannotBeMet,
            need: "MED-HIVPEP",
            urgency: .urgent,
            travel: 3,
            broken: { context, _ in context.lastExposure = Sample.hours(-70) },
            kept: { context, _ in context.lastExposure = Sample.hours(-68) }
        ),
        RuleCase(
            reason: .countryNotServed,
            broken: { $1.coverage = .countries([Sample.abroad]) },
            kept: { $1.coverage = .worldwide }
        ),
        RuleCase(
            reason: .jurisdictionNotCovered,
            need: "LEG-REP",
            broken: { context, _ in context.need.jurisdiction = Sample.abroad },
            kept: { context, service in
                context.need.jurisdiction = Sample.abroad
                service.jurisdictions = [Sample.here, Sample.abroad]
            }
        ),
        RuleCase(
            reason: .ageOutOfRange,
            broken: { $1.ages = AgeRange(from: 17, through: 30) },
            kept: { $1.ages = AgeRange(from: 16, through: 16) }
        ),
        RuleCase(
            reason: .ageOutOfRange,
            broken: { $1.ages = AgeRange(from: 0, through: 15) },
            kept: { $1.ages = AgeRange(from: 0, through: 16) }
        ),
        RuleCase(reason: .genderNotServed, broken: { $1.genders = [.male] }, kept: { $1.genders = [.female] }),
        RuleCase(reason: .genderNotServed, broken: { $1.genders = [] }, kept: { $1.genders = [.female, .nonBinary] }),
        RuleCase(
            reason: .conflictAllegedPerpetrator,
            broken: { context, _ in
                context.conflicts = [ConflictLink(party: nil, organizations: [OrganizationID("org-a")])]
            },
            kept: { context, _ in
                context.conflicts = [ConflictLink(party: nil, organizations: [OrganizationID("org-b")])]
            }
        ),
        RuleCase(
            reason: .conflictAllegedPerpetrator,
            broken: {
                $0.conflicts = [ConflictLink(party: PartyID("party-1"))]
                $1.linkedParties = [PartyID("party-2"), PartyID("party-1")]
            },
            kept: {
                $0.conflicts = [ConflictLink(party: PartyID("party-1"))]
                $1.linkedParties = [PartyID("party-2")]
            }
        ),
        RuleCase(
            reason: .conflictAllegedPerpetrator,
            broken: {
                $0.conflicts = [
                    ConflictLink(party: PartyID("party-1")),
                    ConflictLink(party: PartyID("party-2"), places: [PlaceID("block-7")]),
                ]
                $1.places = [PlaceID("block-7")]
            },
            kept: {
                $0.conflicts = [ConflictLink(party: PartyID("party-2"), places: [PlaceID("block-7")])]
                $1.places = [PlaceID("block-8")]
            }
        ),
        RuleCase(
            reason: .conflictFearedAuthority,
            broken: {
                $0.fearedStates = [Sample.abroad]
                $1.consularOf = Sample.abroad
            },
            kept: {
                $0.fearedStates = [Sample.abroad]
                $1.consularOf = Sample.here
            }
        ),
        RuleCase(
            reason: .excludedBySurvivor,
            broken: { context, _ in context.avoidedOrganizations = [OrganizationID("org-a")] },
            kept: { context, _ in context.avoidedOrganizations = [OrganizationID("org-b")] }
        ),
        RuleCase(
            reason: .excludedBySurvivor,
            broken: {
                $0.avoidedPlaces = [PlaceID("market")]
                $1.places = [PlaceID("market"), PlaceID("school")]
            },
            kept: {
                $0.avoidedPlaces = [PlaceID("market")]
                $1.places = [PlaceID("school")]
            }
        ),
        RuleCase(
            reason: .prerequisiteNotMet,
            broken: {
                $0.survivor.has = [.idDocument]
                $1.requires = [.idDocument, .policeReport]
            },
            kept: {
                $0.survivor.has = [.idDocument, .policeReport]
                $1.requires = [.idDocument, .policeReport]
            }
        ),
        RuleCase(
            reason: .costBarrier,
            broken: { $1.cost = .fee },
            kept: {
                $0.survivor.has = [.payment]
                $1.cost = .fee
            }
        ),
        RuleCase(reason: .noCapacity, broken: { $1.capacity = .full }, kept: { $1.capacity = .waitlist }),
        RuleCase(
            reason: .accessibilityNotMet,
            broken: {
                $0.survivor.accessibilityNeeds = [AccessFeature("wheelchair"), AccessFeature("sign_language")]
                $1.accessible = [AccessFeature("wheelchair")]
            },
            kept: {
                $0.survivor.accessibilityNeeds = [AccessFeature("wheelchair")]
                $1.accessible = [AccessFeature("wheelchair"), AccessFeature("sign_language")]
            }
        ),
        RuleCase(
            reason: .languageNoAccess,
            broken: { $1.languages = [LanguageTag("en")!] },
            kept: {
                $1.languages = [LanguageTag("en")!]
                $1.interpreter = true
            }
        ),
        RuleCase(
            reason: .noSafeContactRoute,
            broken: {
                $0.safeRoutes = [.workerIntroduces, .walkIn]
                $1.intake = [.providerCalls]
            },
            kept: {
                $0.safeRoutes = [.workerIntroduces, .walkIn]
                $1.intake = [.providerCalls, .walkIn]
            }
        ),
        RuleCase(
            reason: .staffGenderUnavailable,
            broken: {
                $0.preferences.staffGender = Preference(.female, strict: true)
                $1.staffGenders = [.male]
            },
            kept: {
                $0.preferences.staffGender = Preference(.female, strict: false)
                $1.staffGenders = [.male]
            }
        ),
        RuleCase(
            reason: .modeNotPossible,
            broken: { context, _ in context.preferences.mode = Preference(.chat, strict: true) },
            kept: { context, _ in context.preferences.mode = Preference(.chat, strict: false) }
        ),
        RuleCase(
            reason: .tooFar,
            travel: 2,
            broken: { context, _ in context.preferences.maxTravelHours = Preference(1.9, strict: true) },
            kept: { context, _ in context.preferences.maxTravelHours = Preference(2, strict: true) }
        ),
        RuleCase(
            reason: .neverOpen,
            broken: { $1.hours = OpeningHours(zone: .fixed(secondsFromGMT: 0), always: false) },
            kept: { $1.hours = Sample.weekly([.sun], 8, 9) }
        ),
    ]
}

struct HardRuleTests {
    @Test(arguments: RuleCase.all)
    func `a broken rule excludes with its own reason alone`(_ rule: RuleCase) throws {
        let result = try rule.match(rule.broken)
        #expect(result.listed == [])
        #expect(result.reasons("a") == [rule.reason])
        #expect(result.outcome == .noEligibleService)
        #expect(Array(result.flags).contains(.unmetNeed))
        #expect(!result.referralMayBeSent)
    }

    @Test(arguments: RuleCase.all)
    func `with the cause taken away the service is listed`(_ rule: RuleCase) throws {
        let result = try rule.match(rule.kept)
        #expect(result.listed == ["a"])
        #expect(result.excluded.isEmpty)
        #expect(result.outcome == .options)
    }

    @Test func `every reason has a rule that was tried`() {
        #expect(Set(RuleCase.all.map(\.reason)) == Set(ExclusionReason.allCases))
    }

    @Test func `all broken rules are reported, in the order of the list`() throws {
        let context = Sample.context("LEG-REP") {
            $0.need.jurisdiction = Sample.abroad
            $0.conflicts = [ConflictLink(party: PartyID("party-1"))]
            $0.fearedStates = [Sample.abroad]
            $0.avoidedOrganizations = [OrganizationID("org-a")]
            $0.survivor.accessibilityNeeds = [AccessFeature("wheelchair")]
            $0.safeRoutes = []
            $0.preferences = Preferences(
                staffGender: Preference(.nonBinary, strict: true),
                maxTravelHours: Preference(1, strict: true),
                mode: Preference(.video, strict: true)
            )
        }
        let service = Sample.service("a", offers: ["PSY-PSS"]) {
            $0.status = .defunct
            $0.coverage = .countries([])
            $0.ages = AgeRange(from: 30, through: 40)
            $0.genders = [.male]
            $0.linkedParties = [PartyID("party-1")]
            $0.consularOf = Sample.abroad
            $0.requires = [.payment]
            $0.cost = .fee
            $0.capacity = .full
            $0.languages = []
            $0.hours = OpeningHours(zone: .fixed(secondsFromGMT: 0), always: false)
        }
        let reasons = try Sample.match(context, [service], travel: ["a": 5]).reasons("a")
        let other: Set<ExclusionReason> = [.windowPassed, .deadlineCannotBeMet]
        #expect(reasons == ExclusionReason.allCases.filter { !other.contains($0) })
    }

    @Test func `a court that is not named asks nothing of a legal service`() throws {
        let service = Sample.service("a", offers: ["LEG-REP"]) { $0.jurisdictions = [Sample.abroad] }
        #expect(try Sample.match(Sample.context("LEG-REP"), [service]).listed == ["a"])
    }

    @Test func `a court asks nothing of a service that is not legal`() throws {
        let context = Sample.context("SOC-BASIC") { $0.need.jurisdiction = Sample.abroad }
        #expect(try Sample.match(context, [Sample.service("a", offers: ["SOC-BASIC"])]).listed == ["a"])
    }

    @Test func `help from a distance is never too far`() throws {
        let context = Sample.context { $0.preferences.maxTravelHours = Preference(1, strict: true) }
        let service = Sample.service("a") { $0.modes = [.phone] }
        #expect(try Sample.match(context, [service], travel: ["a": 9]).listed == ["a"])
        let either = Sample.service("a") { $0.modes = [.phone, .inPerson] }
        #expect(try Sample.match(context, [either], travel: ["a": 9]).reasons("a") == [.tooFar])
    }

    @Test(arguments: [
        ("MED-EMERG", Urgency.emergency, true), ("MED-CMR", .emergency, true), ("MED-CMR", .urgent, false),
        ("MED-HIVPEP", .routine, true), ("PSY-CRISIS", .emergency, false),
    ])
    func `an interpreter is waived for medical help that cannot wait and for nothing else`(
        _ need: String,
        _ urgency: Urgency,
        _ isWaived: Bool
    ) throws {
        let context = Sample.context(need, urgency) { $0.lastExposure = Sample.hours(-5) }
        let service = Sample.service("a", offers: [need]) { $0.languages = [LanguageTag("en")!] }
        let result = try Sample.match(context, [service])
        #expect(result.listed == (isWaived ? ["a"] : []))
        #expect(result.reasons("a") == (isWaived ? [] : [.languageNoAccess]))
        #expect(result.flags("a").contains(.interpreterNeeded) == isWaived)
    }

    @Test func `once the window is over the language rule holds again`() throws {
        let context = Sample.context("MED-HIVPEP", .urgent) { $0.lastExposure = Sample.hours(-80) }
        let service = Sample.service("a", offers: ["MED-CMR"]) { $0.languages = [LanguageTag("en")!] }
        #expect(try Sample.match(context, [service]).reasons("a") == [.languageNoAccess])
    }

    @Test(arguments: [
        ("en", "en", true), ("en-GB", "en-US", true), ("en", "en-GB", true), ("zh", "zh-Hant", true),
        ("zh-Hant-TW", "zh-Hant-HK", true), ("zh-Hans", "zh-Hant", false), ("th", "lo", false), ("zh", "zha", false),
    ])
    func `languages are shared by how they are spoken`(_ hers: String, _ theirs: String, _ isShared: Bool) throws {
        let context = Sample.context { $0.survivor.languages = [LanguageTag(hers)!] }
        let service = Sample.service("a") { $0.languages = [LanguageTag(theirs)!] }
        let result = try Sample.match(context, [service])
        #expect(result.listed == (isShared ? ["a"] : []))
    }

    @Test func `two services of one name are refused, since their order could not be stable`() {
        #expect(throws: MatchingError.serviceListedTwice(ServiceID("a"))) {
            try ServiceIndex([Sample.service("a"), Sample.service("b"), Sample.service("a")])
        }
    }
}
