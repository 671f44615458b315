import Care
import Directory
import Foundation
import Matching
import Testing

struct AnswerTests {
    private let context = Sample.context("LEG-POLICE", .urgent) {
        $0.conflicts = [ConflictLink(party: PartyID("party-7"), organizations: [OrganizationID("org-station")])]
        $0.fearedStates = [Sample.abroad]
        $0.avoidedOrganizations = [OrganizationID("org-avoided")]
        $0.currentProviders = [OrganizationID("org-unit")]
    }

    private let services = ["station", "avoided", "consulate", "unit", "lawyer"].map { id in
        Sample.service(id, offers: [id == "lawyer" ? "LEG-INFO" : "LEG-POLICE"]) {
            if id == "consulate" { $0.consularOf = Sample.abroad }
        }
    }

    @Test func `inside the case every exclusion has its reason`() throws {
        let answer = try Sample.match(context, services).answer(for: .insideTheCase)
        #expect(answer.excluded.map(\.service.text) == ["avoided", "consulate", "lawyer", "station"])
        #expect(
            answer.excluded.map { Array($0.reasons) } == [
                [.excludedBySurvivor], [.conflictFearedAuthority], [.capabilityMissing], [.conflictAllegedPerpetrator],
            ]
        )
    }

    @Test func `outside the case a conflicted service does not exist`() throws {
        let answer = try Sample.match(context, services).answer(for: .outsideTheCase)
        #expect(answer.excluded.map(\.service.text) == ["lawyer"])
        let plain = Array(services.suffix(2))
        #expect(answer.transcript == (try Sample.match(context, plain)).answer(for: .outsideTheCase).transcript)
    }

    @Test func `outside the case a list emptied by conflicts looks like any empty list`() throws {
        let conflicted = Array(services.prefix(3))
        let answer = try Sample.match(context, conflicted).answer(for: .outsideTheCase)
        #expect(answer.outcome == .noEligibleService)
        #expect(answer.transcript == (try Sample.match(context, [])).answer(for: .outsideTheCase).transcript)
    }

    @Test func `a conflicted service stays hidden whatever else it fails`() throws {
        let station = Sample.service("station", offers: ["PSY-PSS"]) { $0.capacity = .full }
        let result = try Sample.match(context, [station])
        #expect(result.reasons("station") == [.capabilityMissing, .conflictAllegedPerpetrator, .noCapacity])
        #expect(result.answer(for: .outsideTheCase).excluded.isEmpty)
    }

    @Test func `what tells of the case is said inside it alone`() throws {
        let pep = Sample.context("MED-HIVPEP", .emergency) {
            $0.lastExposure = Sample.hours(-10)
            $0.currentProviders = [OrganizationID("org-a")]
            $0.otherNeeds = [Sample.code("MED-STI")]
        }
        let result = try Sample.match(pep, [Sample.service("a", offers: ["MED-HIVPEP", "MED-STI"])])
        let inside = result.answer(for: .insideTheCase).options[0].why
        let outside = result.answer(for: .outsideTheCase).options[0].why
        let ofTheCase: [Why] = [.hoursToSpare(62), .worksWithHerAlready, .alsoCovers([Sample.code("MED-STI")])]
        #expect(ofTheCase.allSatisfy(inside.contains))
        #expect(outside == [.offers(Sample.code("MED-HIVPEP")), .sharedLanguage, .free, .onlyOption])
    }

    @Test func `the first option comes with an alternative or says that it is the only one`() throws {
        let one = try Sample.match(Sample.context(), [Sample.service("a")])
        #expect(one.option("a")?.why.last == .onlyOption)
        let two = try Sample.match(Sample.context(), [Sample.service("a"), Sample.service("b")])
        #expect(two.options.allSatisfy { !$0.why.contains(.onlyOption) })
    }

    @Test func `an empty list says which wish would open it, never which safety rule`() throws {
        let context = Sample.context {
            $0.preferences.staffGender = Preference(.female, strict: true)
            $0.preferences.maxTravelHours = Preference(1, strict: true)
            $0.avoidedOrganizations = [OrganizationID("org-avoided")]
        }
        let services = [
            Sample.service("far"), Sample.service("farther"), Sample.service("men") { $0.staffGenders = [.male] },
            Sample.service("both") { $0.staffGenders = [.male] }, Sample.service("full") { $0.capacity = .full },
            Sample.service("avoided"),
        ]
        let result = try Sample.match(context, services, travel: ["far": 2, "farther": 3, "both": 2])
        #expect(result.outcome == .noEligibleService)
        #expect(result.wishesThatWouldOpen == [.tooFar: 2, .staffGenderUnavailable: 1])
        #expect(
            result.excluded.counts == [
                .tooFar: 3, .staffGenderUnavailable: 2, .noCapacity: 1, .excludedBySurvivor: 1,
            ]
        )
    }

    @Test func `a hidden place is marked`() throws {
        let result = try Sample.match(Sample.context(), [Sample.service("a") { $0.confidentialLocation = true }])
        #expect(result.flags("a") == [.confidentialLocation])
    }

    @Test func `every code has a sentence of its own`() {
        let sentences =
            Gate.allCases.map(\.sentence) + ExclusionReason.allCases.map(\.sentence)
            + MatchFlag.allCases.map(\.sentence)
        #expect(Set(sentences).count == sentences.count)
        #expect(sentences.allSatisfy { $0.hasSuffix(".") && $0.count > 10 })
        let names = Gate.allCases.map(\.rawValue) + ExclusionReason.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count)
    }

    @Test func `only strict wishes can be relaxed and only conflicts are hidden`() {
        #expect(
            ExclusionReason.allCases.filter(\.isStrictWish) == [.staffGenderUnavailable, .modeNotPossible, .tooFar]
        )
        #expect(
            ExclusionReason.allCases.filter(\.isKeptInsideTheCase) == [
                .conflictAllegedPerpetrator, .conflictFearedAuthority, .excludedBySurvivor,
            ]
        )
    }
}
