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
        let phrases = MatchAnswer.phrases
        #expect(Set(phrases.map(\.key)).count == phrases.count)
        let book = PhrasebookReader.read(Self.shipped, saying: phrases).phrasebook
        for language in Phrasebook.shipped {
            let words = book.phrases(in: [language])
            #expect(words.language == language)
            let sentences = phrases.map { phrase in
                let values = phrase.placeholders.map { ($0, "MED-EC") }
                return words.text(
                    phrase,
                    Dictionary(uniqueKeysWithValues: values),
                    count: phrase.counted.map { _ in 5 }
                )
            }
            #expect(Set(sentences).count == sentences.count, "\(language)")
            #expect(sentences.allSatisfy { $0.hasSuffix(".") && $0.count > 8 }, "\(language)")
        }
        let names = Gate.allCases.map(\.rawValue) + ExclusionReason.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count)
    }

    /// One ground of each kind; the switch fails to compile when a kind is added without one.
    private static func ground(_ code: Why.Code, _ offered: ServiceCode) -> Why {
        switch code {
        case .offers: .offers(offered)
        case .offersFallback: .offersFallback(offered)
        case .hoursToSpare: .hoursToSpare(2)
        case .sharedLanguage: .sharedLanguage
        case .wishedStaffGender: .wishedStaffGender
        case .wishedMode: .wishedMode
        case .withinWishedTravel: .withinWishedTravel
        case .childSpecialised: .childSpecialised
        case .worksWithHerAlready: .worksWithHerAlready
        case .free: .free
        case .reportsAgainstWish: .reportsAgainstWish
        case .alsoCovers: .alsoCovers([offered])
        case .onlyOption: .onlyOption
        }
    }

    @Test(arguments: Why.Code.allCases)
    func `a ground says its own phrase, with every value that its words take`(code: Why.Code) throws {
        let offered = try #require(ServiceCode("MED-EC"))
        let ground = Self.ground(code, offered)
        #expect(ground.code == code)
        let sentence = ground.sentence
        #expect(sentence.phrase == code.phrase)
        #expect(Set(sentence.values.keys).union(sentence.phrase.counted.map { [$0] } ?? []) == code.phrase.placeholders)
        #expect((sentence.count == nil) == (code.phrase.counted == nil))
        #expect(MatchAnswer.phrases.contains(sentence.phrase))
    }

    @Test(arguments: [
        (0, "It can start less than an hour before the time is over."),
        (1, "It can start an hour before the time is over."), (2, "It can start 2 hours before the time is over."),
        (21, "It can start 21 hours before the time is over."),
    ])
    func `the hours to spare agree with their number`(hours: Int, text: String) {
        let words = PhrasebookReader.read(Self.shipped, saying: MatchAnswer.phrases).phrasebook.english
        #expect(words.text(Why.hoursToSpare(hours).sentence) == text)
    }

    /// The folder that ships.
    private static let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Directory").path

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
