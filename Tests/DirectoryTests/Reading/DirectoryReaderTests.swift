import DataFiles
import Directory
import Foundation
import Testing

struct DirectoryReaderTests {
    @Test func `a sound country makes no problem and is read as written`() throws {
        let (directory, problems) = try DirectoryFixture.read(["XA.yaml": DirectoryFixture.country])
        #expect(problems == [])
        let service = try #require(directory.service(ServiceID("xa-line")))
        #expect(service.name == "Harbour line")
        #expect(service.contacts == [Contact(kind: .phone, value: "+1 202 555 0101", reach: .anywhere)])
        #expect(service.hours == nil && service.ages == nil && service.cost == nil && service.languages == nil)
        #expect(directory.countries.values.map(\.name) == ["Examplia"])
        #expect(directory.organizations.count == 2)
    }

    @Test func `every field that an editor may write is read`() throws {
        let full = """
              - id: xa-full
                organization: xa-beacon
                name: Beacon
                kind: medical
                area: North
                coverage: [XA, XB]
                status: active
                offers: [MED-CMR, MED-EC 72]
                contacts:
                  - phone: 1234
                    reaches: desk
                    dialled_from: national_number
                  - sms: (202) 555-0102
                  - whatsapp: +1 202 555 0103
                  - web: https://beacon.example/help
                  - email: desk@beacon.example
                modes: [in_person, phone]
                hours: Mon-Fri 09:00-17:00; Sat 22:00-02:00
                hours_as_stated: office hours
                closed_dates: [2026-12-25]
                languages: [si, zh-hant]
                languages_as_stated: Sinhala and others
                interpreter: yes
                ages: 12-17
                audience: girls
                genders: [female]
                child_specialised: yes
                accessible: [wheelchair]
                cost: free
                capacity: waitlist
                lead_hours: 4
                intake: [walk_in]
                requires: [id_document]
                jurisdictions: [XA]
                staff_genders: [female]
                mandated_reporter: yes
                consular_of: XB
                places: [north-hospital]
                linked_parties: [p1]
                public_address: North hospital
                note: Ask for the desk.
                conflicts: [one]
                checks: [two]
                also_in: [three]
                source: invented for tests
                source_date: 2026-03
                confidence: low
                verified:
                  on: 2026-11-01
                  by: the team of the country
                  how: called

            """
        let (directory, problems) = try DirectoryFixture.read(["XA.yaml": DirectoryFixture.head + "services:\n" + full])
        #expect(problems == [])
        let service = try #require(directory.services.first)
        #expect(service.coverage == .countries(Set(["XA", "XB"].compactMap { CountryCode($0) })))
        #expect(service.offers.map(\.code.text) == ["MED-CMR", "MED-EC"])
        #expect(service.offers.map(\.windowHours) == [nil, 72])
        #expect(service.contacts.map(\.reach) == [.nationalNumber, .nationalNumber, .anywhere, nil, nil])
        #expect(service.contacts.first?.reaches == "desk")
        #expect(service.modes == [.inPerson, .phone])
        #expect(service.hours?.zone == .named("Asia/Colombo"))
        #expect(service.hours?.weekly.map(\.open) == [540, 1320])
        #expect(service.hours?.closedDates.map(\.description) == ["2026-12-25"])
        #expect(service.hoursAsStated == "office hours")
        #expect(service.languages?.map(\.text) == ["si", "zh-hant"])
        #expect(service.ages == AgeRange(from: 12, through: 17))
        #expect(service.genders == [.female] && service.staffGenders == [.female])
        #expect(service.interpreter == true && service.childSpecialised == true && service.mandatedReporter == true)
        #expect(service.capacity == .waitlist && service.cost == .free && service.leadHours == 4)
        #expect(service.intake == [.walkIn] && service.requires == [.idDocument])
        #expect(service.consularOf?.text == "XB" && service.jurisdictions?.map(\.text) == ["XA"])
        #expect(service.places == [PlaceID("north-hospital")] && service.linkedParties == [PartyID("p1")])
        #expect(service.publicAddress == "North hospital" && service.note == "Ask for the desk.")
        #expect(service.provenance.conflicts == ["one"] && service.provenance.checks == ["two"])
        #expect(service.provenance.alsoIn == ["three"] && service.provenance.sourceDate == "2026-03")
        #expect(service.verification?.on == CalendarDay("2026-11-01") && service.verification?.method == .called)
        #expect(service.mayBeShown)
    }

    /// Lines to replace, what replaces them, the problems. The service's entry begins on line 14.
    @Test(arguments: [
        (
            "    status: active\n", "    stauts: active\n",
            [
                "XA.yaml:14: a service has no 'status', write 'status: …'",
                "XA.yaml:18: unknown key 'stauts', write 'status'",
            ]
        ),
        (
            "status: active", "status: open",
            ["XA.yaml:18: 'open' is no status, write one of active, inactive, temporarily_closed, defunct"]
        ),
        ("status: active", "status: activ", ["XA.yaml:18: 'activ' is no status, write 'active'"]),
        ("[PSY-CRISIS]", "[PSY-CRISES]", ["XA.yaml:19: unknown service type 'PSY-CRISES', write 'PSY-CRISIS'"]),
        ("[PSY-CRISIS]", "[XX]", ["XA.yaml:19: unknown service type 'XX', write a type of taxonomy.yaml"]),
        (
            "[PSY-CRISIS]", "[PSY-CRISIS, PSY-CRISIS]",
            ["XA.yaml:19: 'PSY-CRISIS' stands twice in 'offers', write it once"]
        ),
        (
            "[PSY-CRISIS]", "[MED-CMR]",
            [
                "XA.yaml:19: a child_helpline does not offer 'MED-CMR', write another kind, or one of PSY-CRISIS, PSY-ONLINE, "
                    + "SOC-CPS, SOC-SHELTER, LEG-INFO, LEG-POLICE, LEG-IMAGE"
            ]
        ),
        (
            "child_helpline\n", "ecpat_member\n",
            ["XA.yaml:19: a ecpat_member does not offer 'PSY-CRISIS', write 'offers: none'"]
        ),
        ("child_helpline\n", "child_helplin\n", ["XA.yaml:17: 'child_helplin' is no kind, write 'child_helpline'"]),
        (
            "+1 202 555 0101", "+1 202 555 O101",
            [
                "XA.yaml:21: '+1 202 555 O101' is no number, write 2 to 15 digits 0-9 with spaces, hyphens, dots or brackets "
                    + "between them, '+' only in front"
            ]
        ),
        (
            "+1 202 555 0101", "١٩٢٩",
            [
                "XA.yaml:21: '١٩٢٩' is no number, write 2 to 15 digits 0-9 with spaces, hyphens, dots or brackets between them, "
                    + "'+' only in front"
            ]
        ),
        (
            "phone: +1 202 555 0101", "web: www.example.org",
            ["XA.yaml:21: 'www.example.org' is no address, write an address that begins with https:// or http://"]
        ),
        ("phone: +1 202 555 0101", "email: nobody", ["XA.yaml:21: 'nobody' is no address, write name@host"]),
        (
            "phone: +1 202 555 0101", "reaches: desk",
            ["XA.yaml:21: a contact has no number or address, write one of phone, sms, whatsapp, web, email an item"]
        ),
        (
            "phone: +1 202 555 0101", "phnoe: 1234",
            [
                "XA.yaml:21: a contact has no number or address, write one of phone, sms, whatsapp, web, email an item",
                "XA.yaml:21: unknown key 'phnoe', write 'phone'",
            ]
        ),
        (
            "    source: invented for tests\n    confidence: high\n", "    confidence: high\n",
            ["XA.yaml:14: a service has no 'source', write 'source: …'"]
        ),
        (
            "confidence: high\n", "confidence: sure\n",
            ["XA.yaml:23: 'sure' is no confidence, write one of low, medium, high"]
        ),
        (
            "id: xa-line", "id: XA_Line",
            [
                "XA.yaml:14: the id 'XA_Line' is malformed, write 'xa-' and words of small letters and digits joined by hyphens"
            ]
        ),
        (
            "id: xa-line", "id: xb-line",
            [
                "XA.yaml:14: the id 'xb-line' is malformed, write 'xa-' and words of small letters and digits joined by hyphens"
            ]
        ),
        (
            "organization: xa-harbour", "organization: xa-harbor",
            ["XA.yaml:15: no organisation 'xa-harbor' in this file, write 'xa-harbour'"]
        ),
        (
            "organization: xa-harbour", "organization: elsewhere",
            ["XA.yaml:15: no organisation 'elsewhere' in this file, write it under 'organizations'"]
        ),
        (
            "  xa-beacon: Beacon", "  beacon: Beacon",
            [
                "XA.yaml:12: the id 'beacon' is malformed, write 'xa-' and words of small letters and digits joined by hyphens"
            ]
        ),
        ("name: Examplia\n", "", ["XA.yaml:1: the file has no 'name', write 'name: …'"]),
        (
            "zones: [Asia/Colombo]", "zones: [Asia/Kolombo]",
            ["XA.yaml:3: unknown time zone 'Asia/Kolombo', write an IANA name: Asia/Colombo"]
        ),
        (
            "country: XA", "country: XB",
            [
                "XA.yaml:1: the country XB stands in the file XA.yaml, write it in XB.yaml",
                "XA.yaml:11: the id 'xa-harbour' is malformed, write 'xb-' and words of small letters and digits joined by hyphens",
                "XA.yaml:12: the id 'xa-beacon' is malformed, write 'xb-' and words of small letters and digits joined by hyphens",
                "XA.yaml:14: the id 'xa-line' is malformed, write 'xb-' and words of small letters and digits joined by hyphens",
                "XA.yaml:15: no organisation 'xa-harbour' in this file, write it under 'organizations'",
            ]
        ),
        ("country: XA", "country: Xa", ["XA.yaml:1: 'Xa' is no country code, write two letters: LK"]),
        (
            "    - number: 119\n      reaches: police\n", "    - number: 119\n",
            ["XA.yaml:6: an emergency line has no 'reaches', write 'reaches: …'"]
        ),
        (
            "    - number: 119\n      reaches: police\n",
            "    - number: 119\n      reaches: police\n    - number: 119\n      reaches: fire\n",
            ["XA.yaml:5: the number 119 stands twice, write it once"]
        ),
        (
            "number: 119", "number: one one nine",
            [
                "XA.yaml:6: 'one one nine' is no number, write 2 to 15 digits 0-9 with spaces, hyphens, dots or brackets between "
                    + "them, '+' only in front"
            ]
        ),
        (
            "emergency:\n  lines:\n    - number: 119\n      reaches: police\n  source: invented for tests\n  confidence: high\n",
            "",
            ["XA.yaml:1: the file has no 'emergency', write 'emergency: …'"]
        ),
    ])
    func `a slip is reported where it stands with what to write`(find: String, replace: String, expected: [String])
        throws
    {
        let range = try #require(DirectoryFixture.country.range(of: find, options: .backwards))
        let text = DirectoryFixture.country.replacingCharacters(in: range, with: replace)
        let (_, problems) = try DirectoryFixture.read(["XA.yaml": text])
        #expect(problems == expected)
    }

    /// A line added to the service (line 24), the problems.
    @Test(arguments: [
        (
            "hours: Mon-Fri 9-17",
            "'hours' is 'Mon-Fri 9-17', write 24/7, or 'Mon-Fri 09:00-17:00; Sat 10:00-13:00' without overlap, or words under "
                + "'hours_as_stated'"
        ),
        (
            "hours: Mon-Fri 09:00-17:00; Fri 16:00-18:00",
            "'hours' is 'Mon-Fri 09:00-17:00; Fri 16:00-18:00', write 24/7, or 'Mon-Fri 09:00-17:00; Sat 10:00-13:00' without "
                + "overlap, or words under 'hours_as_stated'"
        ),
        (
            "hours: 24/7 planned after launch",
            "'hours' is '24/7 planned after launch', write 24/7, or 'Mon-Fri 09:00-17:00; Sat 10:00-13:00' without overlap, or "
                + "words under 'hours_as_stated'"
        ),
        ("zone: Mars/Base", "unknown time zone 'Mars/Base', write an IANA name: Asia/Colombo"),
        ("closed_dates: [2026-02-30]", "'2026-02-30' is no day, write YYYY-MM-DD"),
        (
            "ages: children",
            "'ages' is 'children', write the first and the last age served: 0-17, or words under 'audience'"
        ),
        ("ages: 17-12", "'ages' is '17-12', write the first and the last age served: 0-17, or words under 'audience'"),
        ("genders: [women]", "'women' is no genders, write one of female, male, non_binary"),
        (
            "languages: [Sinhala]",
            "'Sinhala' is no language tag, write a tag such as en, si or zh-hant, or words under 'languages_as_stated'"
        ),
        ("cost: NO", "'NO' is no cost, write one of free, fee"),
        ("interpreter: true", "'interpreter' is 'true', write yes or no, or remove the line"),
        ("source_date: 12/2023", "'source_date' is '12/2023', write 2023, 2023-04 or 2023-04-17, or remove the line"),
        ("source_date: 2023-13", "'source_date' is '2023-13', write 2023, 2023-04 or 2023-04-17, or remove the line"),
        (
            "coverage: everywhere",
            "'coverage' is neither worldwide nor a list, write worldwide, or the countries as [LK, IN]"
        ),
        ("coverage: [lk]", "'lk' is no country code, write two letters: LK"),
        ("modes: [phone, phone]", "'phone' stands twice in 'modes', write it once"),
        ("lead_hours: soon", "'lead_hours' is 'soon', write a whole number of hours"),
        ("verified: {by: us}", "'verified' has no 'on', write 'on: …'"),
        ("verified: {on: 2026-11-01}", "'verified' has no 'by', write 'by: …'"),
        ("note:", "'note' is empty, write a value or remove the line"),
        ("name: again", "the key 'name' stands twice in one map, write it once"),
    ])
    func `a field that misleads is reported and its service is not shown`(line: String, expected: String) throws {
        let text = DirectoryFixture.country + "    \(line)\n"
        let (directory, problems) = try DirectoryFixture.read(["XA.yaml": text])
        #expect(problems.map { $0.split(separator: " ", maxSplits: 1).last.map(String.init) } == [expected])
        #expect(problems.allSatisfy { $0.hasPrefix("XA.yaml:2") || $0.hasPrefix("XA.yaml:16") })
        #expect(directory.services.isEmpty)
    }

    @Test func `hours without a zone are a problem where the country has several`() throws {
        let text = DirectoryFixture.country.replacing("[Asia/Colombo]", with: "[Europe/Lisbon, Atlantic/Azores]")
        let slots = text + "    hours: daily 08:00-20:00\n"
        let (_, problems) = try DirectoryFixture.read(["XA.yaml": slots])
        #expect(
            problems == [
                "XA.yaml:24: 'hours' has no time zone and the country has several, write 'zone: …' with one of "
                    + "Europe/Lisbon, Atlantic/Azores"
            ]
        )
        let stated = slots + "    zone: Atlantic/Azores\n"
        let (directory, none) = try DirectoryFixture.read(["XA.yaml": stated])
        #expect(none == [])
        #expect(directory.services.first?.hours?.zone == .named("Atlantic/Azores"))
        let always = text + "    hours: 24/7\n"
        #expect(try DirectoryFixture.read(["XA.yaml": always]).problems == [])
    }

    @Test func `the place of a shelter is refused`() throws {
        let shelter = DirectoryFixture.entry(
            "shelter",
            ["kind": "social_shelter", "public_address": "12 Example Street"],
            offers: "[SOC-SHELTER]"
        )
        let (directory, problems) = try DirectoryFixture.read([
            "XA.yaml": DirectoryFixture.head + "services:\n" + shelter
        ])
        #expect(problems.count == 1)
        #expect(
            problems.first?.hasSuffix(
                ": the place of a shelter or a confidential service is written down, write no address: remove the line"
            ) == true
        )
        #expect(directory.services.isEmpty)
        let secret = DirectoryFixture.entry(
            "s",
            ["confidential_location": "yes", "public_address": "12 Example Street"]
        )
        #expect(
            try DirectoryFixture.read(["XA.yaml": DirectoryFixture.head + "services:\n" + secret]).problems.count == 1
        )
    }

    @Test func `an id that stands twice names the place of the first, and the first is kept`() throws {
        let text = DirectoryFixture.country + DirectoryFixture.service.replacing("Harbour line", with: "Other line")
        let (directory, problems) = try DirectoryFixture.read(["XA.yaml": text])
        #expect(problems.count == 1)
        #expect(problems.first?.contains("the id 'xa-line' stands already at XA.yaml:14, write another id") == true)
        #expect(directory.services.map(\.name) == ["Harbour line"])
    }

    @Test func `the problems of all files are reported together`() throws {
        let second = DirectoryFixture.country.replacing("XA", with: "XB").replacing("xa-", with: "xb-")
            .replacing("status: active", with: "status: open")
        let first = DirectoryFixture.country.replacing("[PSY-CRISIS]", with: "[PSY-CRISSI]")
        let (directory, problems) = try DirectoryFixture.read([
            "XA.yaml": first, "XB.yaml": second, "XC.yaml": "a: b: c\n",
        ])
        #expect(problems.map { $0.prefix(10) } == ["XA.yaml:19", "XB.yaml:18", "XC.yaml:1:"])
        #expect(directory.countries.count == 2)
    }

    @Test func `a folder that is not there says which files are missing`() {
        let reading = DirectoryReader.read("/nonexistent/folder/")
        #expect(
            reading.problems.map(\.description) == [
                "/nonexistent/folder/taxonomy.yaml:1: cannot be read, write the file there",
                "/nonexistent/folder/worldwide.yaml:1: cannot be read, write the file there",
            ]
        )
        #expect(reading.directory.countries.isEmpty)
    }

    @Test func `a taxonomy with a slip is reported`() throws {
        let shipped = try String(contentsOfFile: DirectoryFixture.shipped + "/taxonomy.yaml", encoding: .utf8)
        func problems(_ find: String, _ replace: String) throws -> [String] {
            let range = try #require(shipped.range(of: find))
            return try DirectoryFixture.read(
                ["XA.yaml": DirectoryFixture.country],
                taxonomy: shipped.replacingCharacters(in: range, with: replace)
            ).problems
        }
        #expect(
            try problems("nearest: [MED-CMR, MED-EMERG]", "nearest: [MED-CRM, MED-EMERG]") == [
                "taxonomy.yaml:82: unknown service type 'MED-CRM', write 'MED-CMR'"
            ]
        )
        #expect(
            try problems("  ecpat_member:\n", "  ecpat_membre:\n").contains {
                $0.hasSuffix("unknown kind 'ecpat_membre', write 'ecpat_member'")
            }
        )
        #expect(
            try problems("      en: Emergency medical care\n", "      de: Notfallhilfe\n").contains {
                $0.hasSuffix("the label in English is missing, write 'en: …'")
            }
        )
        #expect(
            try problems("      en: Medical care\n", "      EN: Medical care\n").prefix(2) == [
                "taxonomy.yaml:15: 'EN' is no language tag, write a tag such as en or si",
                "taxonomy.yaml:15: the label in English is missing, write 'en: …'",
            ]
        )
        #expect(
            try problems("    reviewed: [en]\n", "    reviewed: [en, si, en]\n") == [
                "taxonomy.yaml:19: 'en' stands twice in 'reviewed', write it once",
                "taxonomy.yaml:19: 'si' is reviewed and has no label, write 'si: …' under 'labels', or remove it",
            ]
        )
        #expect(
            try problems("  SOC:\n", "  SOS:\n") == [
                "taxonomy.yaml:12: the sector 'SOC' is missing, write it under 'sectors'",
                "taxonomy.yaml:37: unknown sector 'SOS', write one of MED, PSY, LEG, SOC",
            ]
        )
    }

    @Test func `a fallback that leaves a need without help is reported`() throws {
        let worldwide = """
            fallbacks:
              - name: One
                web: https://one.example
                reaches:
                  en: lines
                helps_with: [MED, PSY, LEG, SOC-CASE]
                source: invented for tests

            """
        let (_, problems) = try DirectoryFixture.read(["XA.yaml": DirectoryFixture.country], worldwide: worldwide)
        #expect(problems.count == 12)
        #expect(problems.contains("worldwide.yaml:1: nothing helps with 'SOC-SHELTER', write a fallback for it"))
    }

    @Test func `a further file of a country adds to it, and needs the country's own`() throws {
        let further = """
            country: XA
            organizations:
              xa-inland: Inland
            services:
              - id: xa-inland-desk
                organization: xa-inland
                name: Inland desk
                kind: general
                status: active
                offers: none
                hours: Mon-Fri 09:00-17:00
                source: invented for tests
                confidence: high
            """
        let both = try DirectoryFixture.read(["XA.yaml": DirectoryFixture.country, "XA.inland.yaml": further])
        #expect(both.problems == [])
        #expect(both.directory.service(ServiceID("xa-inland-desk"))?.hours?.zone == .named("Asia/Colombo"))
        #expect(both.directory.service(ServiceID("xa-line")) != nil)
        let alone = try DirectoryFixture.read(["XA.inland.yaml": further])
        #expect(alone.problems == ["XA.inland.yaml:1: there is no country XA, write XA.yaml first"])
        let renamed = try DirectoryFixture.read(["XA.yaml": DirectoryFixture.country, "XB.inland.yaml": further])
        #expect(renamed.problems.count == 1)
    }
}
