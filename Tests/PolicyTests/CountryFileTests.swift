import DataFiles
import Directory
import Foundation
import Policy
import Testing

@Suite struct CountryFileTests {
    private func problems(_ text: String) throws -> [String] {
        let country = try #require(CountryCode("XA"))
        return PolicyTests.problems(text, "XA.yaml") { node throws(PolicyError) in
            try CountryRules(reading: node, of: country)
        }
    }

    private func rules(_ text: String) throws -> CountryRules {
        try CountryRules(reading: DataFile.parse(text, file: "XA.yaml"), of: try #require(CountryCode("XA")))
    }

    @Test func `a whole value is read with its unit, instrument, source, marks and line`() throws {
        let rules = try rules(
            countryFile(
                confidence: "medium",
                "instrument: Act 1, s. 2",
                "source_date: 2023-04",
                "scope: the north",
                "conflict: another page says 72",
                "check: the section",
                "note: from 14",
                "owner:",
                "reviewed_on:"
            )
        )
        let value = try #require(rules.values[.forensicWindow]?.first)
        #expect(rules.edition == 1 && rules.country.text == "XA" && rules.values.count == 1)
        #expect(value.number == 168 && value.unit == .hours && value.text == "168")
        #expect(value.instrument == "Act 1, s. 2" && value.sourceDate == "2023-04")
        #expect(value.stewardship.source == "https://law.example/1")
        #expect(value.stewardship.owner == nil && value.stewardship.reviewedOn == nil)
        #expect(value.confidence == .medium && !value.isConfirmed)
        #expect(value.scope == "the north" && value.conflict == "another page says 72")
        #expect(value.check == "the section" && value.note == "from 14")
        #expect(value.place.description == "XA.yaml:5")
    }

    @Test func `words are kept, and several values of a field stay several`() throws {
        let text = countryFile("own_consent_age_medical", "no fixed age", unit: "text")
        let second = countryFile("own_consent_age_medical", "16", unit: "years")
            .split(separator: "\n").dropFirst(4).joined(separator: "\n")
        let values = try #require(try rules(text + second + "\n").values[.ownConsentAgeMedical])
        #expect(values.map(\.content) == [.text("no fixed age"), .number(16)])
    }

    static let fields = CountryField.allCases.map(\.rawValue)

    @Test(arguments: fields)
    func `every field takes words with the unit text`(field: String) throws {
        let word = field == "care_without_police_report" ? "not_required" : "as the law says"
        #expect(try problems(countryFile(field, word, unit: "text")).isEmpty)
    }

    /// A file, and a part of what is said of it.
    static let slips: [(String, String)] = [
        (countryFile("forensic_windw"), "XA.yaml:4: unknown key 'forensic_windw', write 'forensic_window'"),
        (countryFile("forensic_window", "168", unit: "hour"), "XA.yaml:6: unknown value 'hour', write 'hours'"),
        (countryFile("forensic_window", "7", unit: "years"), "unknown value 'years'"),
        (countryFile("forensic_window", "a week"), "XA.yaml:5: 'a week' is out of range for 'value'"),
        (countryFile("forensic_window", "0"), "a whole number from 1 to 8760"),
        (countryFile("forensic_window", "72.0"), "'72.0' is out of range"),
        (countryFile("own_consent_age_medical", "19", unit: "years"), "a whole number from 1 to 18"),
        (countryFile("age_of_majority", "101", unit: "years"), "a whole number from 1 to 100"),
        (countryFile("evidence_storage", "1201", unit: "months"), "a whole number from 1 to 1200"),
        (countryFile("care_without_police_report", "never", unit: "text"), "unknown value 'never'"),
        (countryFile("care_without_police_report", "notrequired", unit: "text"), "write 'not_required'"),
        (countryFile(confidence: "hihg"), "XA.yaml:8: unknown value 'hihg', write 'high'"),
        (countryFile("forensic_window", "168", "source_date: last year"), "'last year' is no date"),
        (countryFile("forensic_window", "168", "source_date: 2023-13"), "'2023-13' is no date"),
        (countryFile("forensic_window", "168", "scop: north"), "unknown key 'scop', write 'scope'"),
        (countryFile("forensic_window", "168", "note:"), "'note' is empty"),
        (countryFile("forensic_window", "168", "reviewed_on: today"), "'today' is no day"),
        (
            countryFile().replacingOccurrences(of: "https://law.example/1", with: "a book"),
            "XA.yaml:7: 'a book' is no address"
        ),
        (countryFile().replacingOccurrences(of: "      source: https://law.example/1\n", with: ""), "has no 'source'"),
        (countryFile().replacingOccurrences(of: "      unit: hours\n", with: ""), "has no 'unit'"),
        (countryFile().replacingOccurrences(of: "      confidence: high\n", with: ""), "has no 'confidence'"),
        (countryFile().replacingOccurrences(of: "      confirmed: no\n", with: ""), "has no 'confirmed'"),
        (countryFile().replacingOccurrences(of: "confirmed: no", with: "confirmed: maybe"), "unknown value 'maybe'"),
        (
            countryFile().replacingOccurrences(of: "- value: 168", with: "- valeu: 168"),
            "unknown key 'valeu', write 'value'"
        ),
        (
            countryFile().replacingOccurrences(of: "country: XA", with: "country: XB"),
            "XA.yaml:1: 'XB' is another country"
        ),
        (countryFile().replacingOccurrences(of: "edition: 1", with: "edition: a"), "is no edition"),
        (countryFile().replacingOccurrences(of: "fields:", with: "field:"), "unknown key 'field', write 'fields'"),
        ("country: XA\nedition: 1\nfields:\n  authority: []\n", "'authority' is empty"),
        ("country: XA\nedition: 1\nfields:\n  authority: Somebody\n", "'authority' is not a list"),
        (
            countryFile() + countryFile().split(separator: "\n").dropFirst(4).joined(separator: "\n") + "\n",
            "stands twice"
        ),
    ]

    @Test(arguments: slips)
    func `a slip is named with its line and what to write`(text: String, told: String) throws {
        let problems = try problems(text)
        #expect(problems.contains { $0.contains(told) }, "\(problems)")
    }

    // MARK: Confirmation

    @Test func `a confirmation with name, day, a sound source and nothing open is read`() throws {
        #expect(try rules(countryFile(confirmed: true)).values[.forensicWindow]?.first?.isConfirmed == true)
        #expect(try problems(countryFile(confirmed: true, "scope: the north")).isEmpty)
    }

    static let weak: [(String, String)] = [
        (countryFile(confidence: "low", confirmed: true), "XA.yaml:9: a confirmed value rests on a weak source"),
        (countryFile(confirmed: true, "conflict: two laws"), "a confirmed value has an open conflict"),
        (countryFile(confirmed: true, "check: the section"), "a confirmed value has something to look up"),
        (countryFile().replacingOccurrences(of: "confirmed: no", with: "confirmed: yes"), "confirmed on no day"),
        (
            countryFile("forensic_window", "168", "reviewed_on: 2026-02-01")
                .replacingOccurrences(of: "confirmed: no", with: "confirmed: yes"),
            "confirmed by nobody, write 'owner:' with the clinician or post that confirmed it"
        ),
        (
            countryFile("own_consent_age_medical", "16", unit: "years", "reviewed_on: 2026-02-01")
                .replacingOccurrences(of: "confirmed: no", with: "confirmed: yes"),
            "write 'owner:' with the lawyer or post that confirmed it"
        ),
        (
            countryFile(confirmed: true)
                + countryFile("forensic_window", "96", confirmed: true).split(separator: "\n").dropFirst(4)
                .joined(separator: "\n") + "\n",
            "XA.yaml:12: two confirmed values of 'forensic_window' for the whole country"
        ),
    ]

    @Test(arguments: weak)
    func `a confirmation that names nobody or leaves something open is refused`(text: String, told: String) throws {
        let problems = try problems(text)
        #expect(problems.contains { $0.contains(told) }, "\(problems)")
    }
}
