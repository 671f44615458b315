import Care
import Directory
import Foundation
import Matching
import Testing

/// What must hold for any case and any directory; each seed is a case of its own.
struct MatcherPropertyTests {
    private func match(
        _ context: CaseContext,
        _ services: [Service],
        _ draw: Draw,
        profile: CountryProfile = Sample.profile,
        windows: WindowRules = Sample.windows
    ) throws -> MatchResult {
        Matcher.match(
            context,
            among: try ServiceIndex(services),
            profile: profile,
            windows: windows,
            parameters: Sample.parameters,
            now: draw.now
        )
    }

    /// A country that shortens windows and keeps others open, beside general windows that know an age rule.
    private static let strange = CountryProfile(
        ownConsentFromAge: 15,
        shorterWindowHours: [Sample.code("MED-HIVPEP"): 48, Sample.code("MED-EC"): 200],
        keptOpenHours: [Sample.code("MED-FORENSIC"): 168]
    )

    @Test(arguments: 0..<40, [false, true])
    func `the plain reading of the rules gives the same reasons and the same order`(
        _ seed: UInt64,
        _ isStrange: Bool
    ) throws {
        let profile = isStrange ? Self.strange : Sample.profile
        let windows = isStrange ? Sample.windowsByAge : Sample.windows
        var draw = Draw(seed: seed)
        let services = draw.services(40)
        for _ in 0..<6 {
            var context = draw.context()
            let travel = draw.travel(to: services)
            context.travel = TravelTimes(travel)
            let result = try match(context, services, draw, profile: profile, windows: windows)
            let plain = PlainMatcher(
                context: context,
                travel: travel,
                profile: profile,
                windows: windows,
                now: draw.now
            )
            #expect(result.listed == plain.listed(services))
            for service in services {
                #expect(Set(result.reasons(service.id.text)) == plain.reasons(service), "\(service.id)")
            }
            for option in result.options {
                let service = services.first { $0.id == option.service }!
                #expect(option.softPoints == plain.softPoints(service))
                #expect(option.coveredNeeds.count == plain.otherNeeds(service))
                #expect(option.flags.contains(.verifyBeforeReferral) == plain.isStale(service))
                if !service.confidentialLocation { #expect(option.earliestStart == plain.start(service)) }
            }
        }
    }

    @Test func `the cases drawn list, exclude, send and hold back often enough to prove something`() throws {
        var listed = 0
        var sent = 0
        var reasons: Set<ExclusionReason> = []
        var flags: Set<MatchFlag> = []
        for seed in 0..<40 {
            var draw = Draw(seed: UInt64(seed))
            let services = draw.services(40)
            for _ in 0..<6 {
                var context = draw.context()
                context.travel = TravelTimes(draw.travel(to: services))
                let result = try match(context, services, draw)
                listed += result.options.isEmpty ? 0 : 1
                sent += result.referralMayBeSent ? 1 : 0
                for service in result.excluded { reasons.formUnion(service.reasons) }
                for option in result.options { flags.formUnion(option.flags) }
                flags.formUnion(result.flags)
            }
        }
        #expect(listed > 60)
        #expect((15..<listed).contains(sent))
        #expect(reasons == Set(ExclusionReason.allCases))
        let ofStatedFacts = MatchFlag.allCases.filter {
            $0 == .capacityUnknown || $0 == .incidentTimeUnknown || !$0.rawValue.hasSuffix("_UNKNOWN")
        }
        #expect(flags == Set(ofStatedFacts).subtracting([.notVerified]))
    }

    @Test(arguments: 0..<40)
    func `the order of the files changes nothing`(_ seed: UInt64) throws {
        var draw = Draw(seed: seed)
        let services = draw.services(30)
        var context = draw.context()
        context.travel = TravelTimes(draw.travel(to: services))
        let first = try match(context, services, draw).answer(for: .insideTheCase).transcript
        for _ in 0..<3 {
            let shuffled = services.shuffled(using: &draw.dice)
            #expect(try match(context, shuffled, draw).answer(for: .insideTheCase).transcript == first)
        }
    }

    @Test(arguments: 0..<25)
    func `relaxing a wish never removes an option`(_ seed: UInt64) throws {
        var draw = Draw(seed: seed)
        let services = draw.services(30)
        var context = draw.context()
        context.travel = TravelTimes(draw.travel(to: services))
        context.preferences.staffGender?.isStrict = true
        context.preferences.mode?.isStrict = true
        context.preferences.maxTravelHours?.isStrict = true
        let strict = Set(try match(context, services, draw).listed)
        let relaxations: [(inout CaseContext) -> Void] = [
            { $0.preferences.staffGender?.isStrict = false }, { $0.preferences.mode?.isStrict = false },
            { $0.preferences.maxTravelHours?.isStrict = false }, { $0.preferences.noReportToAuthorities.toggle() },
            { $0.avoidedOrganizations = [] }, { $0.avoidedPlaces = [] },
            { $0.safeRoutes = Set(FirstContactRoute.allCases) },
            { $0.survivor.has = Set(Prerequisite.allCases) },
        ]
        for relax in relaxations {
            var relaxed = context
            relax(&relaxed)
            #expect(strict.isSubset(of: try match(relaxed, services, draw).listed))
        }
    }

    @Test(arguments: 0..<25)
    func `another service never removes one nor turns the order of two`(_ seed: UInt64) throws {
        var draw = Draw(seed: seed)
        let services = draw.services(31)
        var context = draw.context()
        context.travel = TravelTimes(draw.travel(to: services))
        let fewer = try match(context, Array(services.dropLast()), draw)
        let more = try match(context, services, draw)
        let added = services[30].id.text
        #expect(more.listed.filter { $0 != added } == fewer.listed)
        for service in fewer.excluded { #expect(more.reasons(service.service.text) == Array(service.reasons)) }
    }

    @Test(arguments: 0..<25)
    func `what is not stated never excludes`(_ seed: UInt64) throws {
        var draw = Draw(seed: seed)
        let services = draw.services(30)
        var context = draw.context()
        context.travel = TravelTimes(draw.travel(to: services))
        let known = Set(try match(context, services, draw).listed)
        let forgotten = services.map { draw.forgetting($0) }
        let result = try match(context, forgotten, draw)
        #expect(known.isSubset(of: result.listed))
    }

    @Test(arguments: 0..<25)
    func `outside the case the answer is the same whether a conflicted service exists or not`(_ seed: UInt64) throws {
        var draw = Draw(seed: seed)
        let services = draw.services(30)
        var context = draw.context()
        context.travel = TravelTimes(draw.travel(to: services))
        let whole = try match(context, services, draw)
        let hidden = Set(whole.excluded.filter { $0.reasons.contains(where: \.isKeptInsideTheCase) }.map(\.service))
        let rest = services.filter { !hidden.contains($0.id) }
        let without = try match(context, rest, draw)
        let answer = whole.answer(for: .outsideTheCase).transcript
        #expect(answer == without.answer(for: .outsideTheCase).transcript)
        for service in hidden { #expect(!answer.contains("\(service) ")) }
        // Inside the case each of them is there with its reason.
        let inside = whole.answer(for: .insideTheCase)
        #expect(hidden.isSubset(of: inside.excluded.map(\.service)))
    }
}
