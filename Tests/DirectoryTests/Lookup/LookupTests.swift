import Directory
import Foundation
import Testing

struct LookupTests {
    /// Friday, 20 November 2026, 12:00 in Colombo.
    private let noon = Date(timeIntervalSince1970: 1_795_156_200)

    private func entry(
        _ id: String,
        _ changes: [String: String?] = [:],
        offers: String = "[PSY-CRISIS]"
    ) -> String {
        DirectoryFixture.entry(id, changes, offers: offers)
    }

    private func look(
        _ entries: [String],
        needs: [String] = ["PSY-CRISIS"],
        age: Int? = nil,
        gender: Gender? = nil,
        languages: [String] = [],
        mode: ContactMode? = nil,
        avoid: Set<OrganizationID> = [],
        places: Set<PlaceID> = [],
        at date: Date? = nil
    ) throws -> LookupAnswer {
        let query = LookupQuery(
            country: try #require(CountryCode("XA")),
            needs: needs.compactMap { ServiceCode($0) },
            age: age,
            gender: gender,
            languages: languages.compactMap { LanguageTag($0) },
            mode: mode,
            avoidOrganizations: avoid,
            avoidPlaces: places,
            at: date ?? noon
        )
        let answer = try DirectoryFixture.directory(entries).lookUp(query)
        return try #require(answer)
    }

    private func ids(_ answer: LookupAnswer) -> [String] {
        answer.services.map { String($0.service.id.text.dropFirst(3)) }
    }

    private func said(_ answer: LookupAnswer, _ language: String = "en") throws -> [Sentence] {
        let taxonomy = try DirectoryFixture.directory([]).taxonomy
        let tag = try #require(LanguageTag(language))
        return answer.statements.map { $0.sentence(in: answer.country, of: taxonomy, for: tag) }
    }

    @Test func `a country without a file has no answer`() throws {
        let query = LookupQuery(country: try #require(CountryCode("XB")), needs: [], at: noon)
        #expect(try DirectoryFixture.directory([]).lookUp(query) == nil)
    }

    @Test func `emergency lines are in every answer, of low confidence marked as unconfirmed`() throws {
        let low = DirectoryFixture.head.replacing("confidence: high", with: "confidence: low")
        let (directory, problems) = try DirectoryFixture.read(["XA.yaml": low])
        #expect(problems == [])
        let country = try #require(CountryCode("XA"))
        let emergency = try #require(directory.lookUp(LookupQuery(country: country, needs: [], at: noon))).country
            .emergency
        #expect(emergency.lines.map(\.number) == ["119"])
        #expect(emergency.lines.allSatisfy(emergency.isUnconfirmed))
        let high = try look([]).country.emergency
        #expect(!high.lines.contains(where: high.isUnconfirmed))
    }

    @Test func `a number that only another source lists is shown and marked`() throws {
        let text = DirectoryFixture.head.replacing(
            "  source: invented",
            with: "  also_listed:\n    - number: 112\n      by: another list\n  source: invented"
        )
        let (directory, problems) = try DirectoryFixture.read(["XA.yaml": text])
        #expect(problems == [])
        let emergency = try #require(directory.countries.values.first).emergency
        #expect(emergency.lines.map(\.number) == ["119", "112"])
        #expect(emergency.lines.map(emergency.isUnconfirmed) == [false, true])
        #expect(emergency.lines.map(\.reaches) == ["police", nil])
    }

    @Test func `a weak entry is hidden and counted until somebody verifies it`() throws {
        let weak = entry("weak", ["confidence": "low"])
        let confirmed = entry("confirmed", ["confidence": "low", "verified": "{on: 2026-11-01, by: the country team}"])
        let answer = try look([weak, confirmed])
        #expect(ids(answer) == ["confirmed"])
        #expect(answer.withheld == [.lowConfidence: 1])
    }

    @Test func `an unstated age never excludes, is flagged, and stands after a known fit`() throws {
        let answer = try look([entry("a"), entry("b", ["ages": "10-20"])], age: 14)
        #expect(ids(answer) == ["b", "a"])
        #expect(answer.services[1].flags.contains(.eligibilityUnknown))
        #expect(answer.services[0].why.contains(.ageFits))
        #expect(!answer.services[1].why.contains(.ageFits))
    }

    @Test(arguments: [(9, false), (10, true), (17, true), (18, false)])
    func `a stated age range excludes outside of its bounds`(age: Int, isShown: Bool) throws {
        let answer = try look([entry("a", ["ages": "10-17"])], age: age)
        #expect(ids(answer) == (isShown ? ["a"] : []))
        #expect(answer.withheld == (isShown ? [:] : [.age: 1]))
    }

    @Test func `a stated gender excludes the others and nobody who did not say`() throws {
        let women = [entry("a", ["genders": "[female]"])]
        #expect(ids(try look(women, gender: .female)) == ["a"])
        #expect(ids(try look(women, gender: .male)) == [])
        #expect(try look(women, gender: .male).withheld == [.gender: 1])
        #expect(ids(try look(women)) == ["a"])
    }

    @Test func `a service for children comes first for a child and last for an adult`() throws {
        let entries = [entry("a"), entry("b", ["child_specialised": "yes"])]
        #expect(ids(try look(entries, age: 17)) == ["b", "a"])
        #expect(ids(try look(entries, age: 18)) == ["a", "b"])
        #expect(ids(try look(entries)) == ["a", "b"])
    }

    @Test func `a shared language stands before an unknown one, an unknown one before another language`() throws {
        let entries = [
            entry("a", ["languages": "[en]"]), entry("b"), entry("c", ["languages": "[si, ta]"]),
            entry("d", ["languages": "[en]", "languages_as_stated": "53 languages"]),
        ]
        let answer = try look(entries, languages: ["ta"])
        #expect(ids(answer) == ["c", "b", "d", "a"])
        #expect(answer.services[0].why.contains(.languageShared))
        #expect(answer.services[1].flags.contains(.languagesUnknown))
        #expect(!answer.services[2].flags.contains(.languageNotListed))
        #expect(answer.services[3].flags.contains(.languageNotListed))
    }

    @Test func `a wished mode orders and flags but never excludes`() throws {
        let entries = [entry("a", ["modes": "[phone]"]), entry("b"), entry("c", ["modes": "[phone, chat]"])]
        let answer = try look(entries, mode: .chat)
        #expect(ids(answer) == ["c", "b", "a"])
        #expect(answer.services[1].flags.contains(.modeUnknown))
        #expect(answer.services[2].flags.contains(.modeNotOffered))
    }

    @Test func `what is open stands before unknown hours, those before what is closed`() throws {
        let entries = [
            entry("a", ["hours": "Mon-Fri 13:00-17:00"]), entry("b"), entry("c", ["hours": "Mon-Fri 09:00-17:00"]),
            entry("d", ["hours_as_stated": "office hours"]),
        ]
        let answer = try look(entries)
        #expect(ids(answer) == ["c", "b", "d", "a"])
        #expect(answer.services[0].opening == .open(until: noon.addingTimeInterval(5 * 3600)))
        #expect(answer.services[1].opening == .unknown)
        #expect(answer.services[2].flags.contains(.hoursUnknown))
        #expect(answer.services[3].opening == .closed(until: noon.addingTimeInterval(3600)))
        #expect(!answer.services[2].why.contains(.openNow))
    }

    @Test func `a line that is always open says so`() throws {
        let answer = try look([entry("a", ["hours": "24/7"])])
        #expect(answer.services.first?.opening == .open(until: nil))
        #expect(answer.services.first?.service.hoursAsStated == "24/7")
    }

    @Test func `what is not known is flagged and never reads as free, verified or open`() throws {
        let answer = try look([entry("a")])
        let found = try #require(answer.services.first)
        #expect(
            found.flags == [.hoursUnknown, .eligibilityUnknown, .costUnknown, .languagesUnknown, .notVerified]
        )
        #expect(found.why == [.offersNeed])
    }

    @Test func `conflicts, checks, areas and a verification of long ago are flagged`() throws {
        let fields: [String: String?] = [
            "conflicts": "[two numbers]", "checks": "[check it]", "area": "North",
            "verified": "{on: 2026-05-01, by: the country team}",
        ]
        let answer = try look([entry("a", fields)])
        let found = try #require(answer.services.first)
        #expect(found.flags.suffix(4) == [.limitedArea, .conflictingSources, .checkFirst, .verifiedLongAgo])
        let fresh = try look([entry("a", ["verified": "{on: 2026-11-01, by: the country team}"])])
        #expect(fresh.services.first?.flags.contains(.verifiedLongAgo) == false)
        #expect(fresh.services.first?.why.contains(.verified) == true)
    }

    @Test func `what she asked to avoid is left out without a trace`() throws {
        let entries = [
            entry("a", ["organization": "xa-beacon"]), entry("b"),
            entry("c", ["organization": "xa-beacon", "confidence": "low"]),
        ]
        let answer = try look(entries, avoid: [OrganizationID("xa-beacon")])
        #expect(ids(answer) == ["b"])
        #expect(answer.withheld == [:])
        #expect(!String(describing: answer).contains("beacon"))
        #expect(ids(try look(entries)) == ["a", "b"])
    }

    @Test func `a place to avoid is left out too, also on the ladder`() throws {
        let entries = [entry("a", ["places": "[north]"]), entry("b", ["places": "[south]"])]
        #expect(ids(try look(entries, places: [PlaceID("north")])) == ["b"])
        let answer = try look(entries, needs: ["LEG-INFO"], places: [PlaceID("north")])
        #expect(!String(describing: answer).contains("xa-a"))
    }

    @Test func `a query prints neither age nor what to avoid`() throws {
        let query = LookupQuery(
            country: try #require(CountryCode("XA")),
            needs: [try #require(ServiceCode("PSY-CRISIS"))],
            age: 14,
            avoidOrganizations: [OrganizationID("xa-beacon")],
            at: noon
        )
        #expect("\(query)" == "XA: PSY-CRISIS")
    }

    @Test func `a service that meets more of the needs comes first, then the more pressing need`() throws {
        let entries = [
            entry("a", ["kind": "legal"], offers: "[LEG-INFO]"),
            entry("b", ["kind": "legal"], offers: "[LEG-REP]"),
            entry("c", ["kind": "legal"], offers: "[LEG-REP, LEG-INFO]"),
        ]
        #expect(ids(try look(entries, needs: ["LEG-REP", "LEG-INFO"])) == ["c", "b", "a"])
        #expect(
            try look(entries, needs: ["LEG-REP", "LEG-INFO"]).services[0].covers.map(\.text) == ["LEG-REP", "LEG-INFO"]
        )
    }

    @Test func `a service of the whole country comes before one of an area, one of the world last`() throws {
        let entries = [
            entry("a", ["area": "North"]), entry("b"), entry("c", ["status": "defunct"]),
        ]
        let answer = try look(entries)
        #expect(ids(answer) == ["b", "a"])
        #expect(answer.withheld == [.notRunning: 1])
    }

    @Test func `a worldwide service of another country counts for each country`() throws {
        let other = DirectoryFixture.country.replacing("XA", with: "XB").replacing("xa-", with: "xb-")
            .replacing("    status: active", with: "    coverage: worldwide\n    status: active")
        let directory = try DirectoryFixture.directory([entry("a", ["area": "North"])], more: ["XB.yaml": other])
        let query = LookupQuery(
            country: try #require(CountryCode("XA")),
            needs: [try #require(ServiceCode("PSY-CRISIS"))],
            at: noon
        )
        let answer = try #require(directory.lookUp(query))
        #expect(answer.services.map(\.service.id.text) == ["xa-a", "xb-line"])
        #expect(answer.services[1].flags.contains(.outsideCountry))
    }

    @Test func `the ladder goes from what comes near to lines for children to the world`() throws {
        let entries = [
            entry("a", ["kind": "medical"], offers: "[MED-CMR]"), entry("b", ["child_specialised": "yes"]),
            entry("c", ["kind": "psychological"]),
        ]
        let answer = try look(entries, needs: ["MED-HIVPEP"])
        #expect(answer.services.isEmpty)
        let fallback = try #require(answer.fallbacks.first)
        #expect(fallback.need.text == "MED-HIVPEP")
        #expect(fallback.steps.count == 3)
        guard case .nearby(let code, let near) = fallback.steps[0], case .childLines(let lines) = fallback.steps[1],
            case .worldwide(let world) = fallback.steps[2]
        else {
            Issue.record("another order")
            return
        }
        #expect(code.text == "MED-CMR")
        #expect(near.map(\.service.id.text) == ["xa-a"])
        #expect(lines.map(\.service.id.text) == ["xa-b"])
        #expect(world.allSatisfy { $0.helps(with: fallback.need) } && !world.isEmpty)
        #expect(answer.statements.map(\.listed) == [0])
        #expect(
            try said(answer) == [
                Sentence(
                    LookupPhrase.nothing.phrase,
                    ["need": "MED-HIVPEP (HIV post-exposure prophylaxis)", "place": "Examplia (XA)"]
                )
            ]
        )
        #expect(try said(answer, "ru").first?.values["need"] == "MED-HIVPEP (Постконтактная профилактика ВИЧ-инфекции)")
    }

    @Test func `what is of the same sector comes before lines for children`() throws {
        let clinic = entry("clinic", ["kind": "medical"], offers: "[PSY-PSS]")
        let answer = try look([clinic, entry("child", ["child_specialised": "yes"])], needs: ["MED-TOX"])
        guard case .sameSector(.medical, let others) = answer.fallbacks.first?.steps.first else {
            Issue.record("no other medical service")
            return
        }
        #expect(others.map(\.service.id.text) == ["xa-clinic"])
    }

    @Test func `an adult offered something near is also shown a crisis line`() throws {
        let clinic = entry("clinic", ["kind": "medical"], offers: "[MED-CMR]")
        let line = entry("line", ["kind": "psychological"])
        let answer = try look([clinic, line], needs: ["MED-TOX"], age: 30)
        let steps = try #require(answer.fallbacks.first).steps
        guard steps.count == 3, case .nearby(_, let near) = steps[0], case .crisisLines(let lines) = steps[1] else {
            Issue.record("another order")
            return
        }
        #expect(near.map(\.service.id.text) == ["xa-clinic"])
        #expect(lines.map(\.service.id.text) == ["xa-line"])
    }

    @Test func `an adult with nothing near gets the crisis lines`() throws {
        let answer = try look([entry("c", ["kind": "psychological"])], needs: ["SOC-CASH"], age: 30)
        guard case .crisisLines(let lines) = answer.fallbacks.first?.steps.first else {
            Issue.record("no crisis line")
            return
        }
        #expect(lines.map(\.service.id.text) == ["xa-c"])
    }

    @Test func `the ladder hides weak entries and ends without any service`() throws {
        let answer = try look([entry("a", ["confidence": "low"])], needs: ["LEG-GUARD"])
        let steps = try #require(answer.fallbacks.first).steps
        #expect(steps.count == 1)
        guard case .worldwide(let world) = steps[0] else {
            Issue.record("no way on")
            return
        }
        #expect(!world.isEmpty)
    }

    @Test func `an entry without a number is listed last and opens the ladder`() throws {
        let entries = [
            entry("a", ["kind": "legal", "contacts": nil], offers: "[LEG-INFO]"),
            entry("b", ["child_specialised": "yes"]),
        ]
        let answer = try look(entries, needs: ["LEG-INFO"])
        #expect(ids(answer) == ["a"])
        #expect(answer.services[0].flags.first == .noContact)
        #expect(answer.fallbacks.map(\.need.text) == ["LEG-INFO"])
        #expect(try said(answer).map(\.phrase) == [LookupPhrase.servicesWithoutNumber.phrase])
        #expect(try said(answer).map(\.count) == [1])
        let both = try look(entries + [entry("z", ["kind": "legal"], offers: "[LEG-INFO]")], needs: ["LEG-INFO"])
        #expect(ids(both) == ["z", "a"])
        #expect(both.fallbacks.isEmpty)
    }

    @Test func `a need asked twice is answered once`() throws {
        let answer = try look([entry("a")], needs: ["PSY-CRISIS", "PSY-CRISIS"])
        #expect(answer.needs.count == 1)
        let values = ["need": "PSY-CRISIS (Crisis support)", "place": "Examplia (XA)"]
        #expect(try said(answer) == [Sentence(LookupPhrase.services.phrase, values, count: 1)])
    }

    @Test func `a country's page shows child lines, image reports, legal aid and refugee help, and hides weak ones`()
        throws
    {
        let directory = try DirectoryFixture.directory([
            entry("child"), entry("weak", ["confidence": "low"]),
            entry("image", ["kind": "csam_hotline"], offers: "[LEG-IMAGE]"),
            entry("legal", ["kind": "legal"], offers: "[LEG-INFO]"),
            entry("refugee", ["kind": "refugee_help"], offers: "[LEG-IMM]"),
            entry("member", ["kind": "ecpat_member", "organization": "xa-beacon"], offers: "none"),
        ])
        let country = try #require(CountryCode("XA"))
        let page = try #require(directory.page(country))
        #expect(page.childLines.map(\.id.text) == ["xa-child"])
        #expect(page.imageReports.map(\.id.text) == ["xa-image"])
        #expect(page.legalAid.map(\.id.text) == ["xa-legal"])
        #expect(page.refugeeHelp.map(\.id.text) == ["xa-refugee"])
        #expect(page.others.map(\.id.text) == ["xa-member"])
        #expect(page.withheld == 1)
        #expect(directory.page(try #require(CountryCode("XB"))) == nil)
        #expect(directory.organizations[OrganizationID("xa-beacon")]?.isECPATMember == true)
        #expect(directory.organizations[OrganizationID("xa-harbour")]?.isECPATMember == false)
    }
}
