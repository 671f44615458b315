import DataFiles
import Directory
import Foundation
import Policy
import Testing

/// What a value of a country file may do (ADR 0014): towards more care and earlier words without confirmation, and never
/// past what holds for every country.
@Suite struct ValueEffectTests {
    private static let forensic = ServiceCode("MED-FORENSIC")!
    private static let pep = ServiceCode("MED-HIVPEP")!

    private func effects(_ texts: String...) throws -> [ValueEffect] {
        let general = GeneralRules(
            windows: try WindowPolicy(reading: DataFile.parse(windowFile, file: "windows.yaml")),
            consent: try ConsentPolicy(reading: DataFile.parse(ConsentFileTests.file, file: "consent.yaml"))
        )
        #expect(general.ownConsentFromAge == 15)
        let rest = texts.dropFirst().map { $0.split(separator: "\n").dropFirst(4).joined(separator: "\n") + "\n" }
        let text = (texts.prefix(1) + rest).joined()
        let rules = try CountryRules(
            reading: DataFile.parse(text, file: "XA.yaml"),
            of: try #require(CountryCode("XA"))
        )
        let field = try #require(rules.values.keys.first)
        return rules.judged(field, beside: general).map(\.effect)
    }

    /// Unconfirmed: field, value, unit, confidence, what it does. Of the windows general are 120, 72 and 120 hours; young
    /// people consent from 15.
    static let unconfirmed: [(String, String, String, String, ValueEffect)] = [
        ("forensic_window", "168", "hours", "high", .keepsOpen(forensic, hours: 168)),
        ("forensic_window", "168", "hours", "medium", .none(.unconfirmed)),
        ("forensic_window", "168", "hours", "low", .none(.lowConfidence)),
        ("forensic_window", "120", "hours", "high", .none(.sameAsGeneral)),
        ("forensic_window", "72", "hours", "high", .none(.unconfirmed)),
        ("forensic_window", "a week", "text", "high", .none(.unconfirmed)),
        ("pep_window", "48", "hours", "high", .none(.unconfirmed)),
        ("pep_window", "48", "hours", "low", .none(.lowConfidence)),
        ("pep_window", "72", "hours", "high", .none(.sameAsGeneral)),
        ("pep_window", "96", "hours", "high", .none(.looserThanGeneral)),
        ("ec_window", "72", "hours", "low", .none(.lowConfidence)),
        ("ec_window", "72", "hours", "high", .none(.unconfirmed)),
        ("ec_window", "168", "hours", "high", .none(.looserThanGeneral)),
        ("own_consent_age_medical", "12", "years", "high", .none(.unconfirmed)),
        ("own_consent_age_medical", "16", "years", "high", .none(.unconfirmed)),
        ("own_consent_age_hiv_test", "12", "years", "high", .none(.unconfirmed)),
        ("own_consent_age_post_rape_care", "12", "years", "high", .none(.unconfirmed)),
        ("age_of_majority", "20", "years", "high", .none(.unconfirmed)),
        ("child_age_limit", "14", "years", "high", .none(.unconfirmed)),
        ("mandatory_reporting_who", "Everybody", "text", "high", .warns),
        ("mandatory_reporting_who", "No general duty", "text", "medium", .warns),
        ("mandatory_reporting_who", "Everybody", "text", "low", .none(.lowConfidence)),
        ("mandatory_reporting_deadline", "48", "hours", "high", .warns),
        ("care_without_police_report", "not_required", "text", "high", .none(.unconfirmed)),
        ("care_without_police_report", "report_follows_care", "text", "high", .warns),
        ("care_without_police_report", "required_for_forensic_exam", "text", "medium", .warns),
        ("compensation_limit", "3", "months", "high", .none(.unconfirmed)),
        ("prosecution_limit", "20", "years after 18th birthday", "high", .none(.unconfirmed)),
        ("authority", "Somebody", "text", "high", .none(.unconfirmed)),
    ]

    @Test(arguments: unconfirmed)
    func `what nobody confirmed acts towards more care and earlier words alone`(
        field: String,
        value: String,
        unit: String,
        confidence: String,
        effect: ValueEffect
    ) throws {
        #expect(try effects(countryFile(field, value, unit: unit, confidence: confidence)) == [effect])
    }

    static let confirmed: [(String, String, String, ValueEffect)] = [
        ("forensic_window", "168", "hours", .setsWindow(forensic, hours: 168)),
        ("forensic_window", "72", "hours", .setsWindow(forensic, hours: 72)),
        ("forensic_window", "120", "hours", .states), ("pep_window", "48", "hours", .setsWindow(pep, hours: 48)),
        ("pep_window", "96", "hours", .none(.looserThanGeneral)),
        ("own_consent_age_medical", "16", "years", .raisesOwnConsent(.medical, age: 16)),
        ("own_consent_age_medical", "15", "years", .states),
        ("own_consent_age_medical", "12", "years", .none(.looserThanGeneral)),
        ("own_consent_age_medical", "no fixed age", "text", .states),
        ("own_consent_age_hiv_test", "12", "years", .states), ("age_of_majority", "20", "years", .states),
        ("mandatory_reporting_who", "Everybody", "text", .states),
        ("care_without_police_report", "required_for_forensic_exam", "text", .states),
        ("prosecution_limit", "none", "text", .states),
    ]

    @Test(arguments: confirmed)
    func `what is confirmed tightens or is stated, and never loosens`(
        field: String,
        value: String,
        unit: String,
        effect: ValueEffect
    ) throws {
        #expect(try effects(countryFile(field, value, unit: unit, confirmed: true)) == [effect])
    }

    @Test(arguments: [
        ("conflict: another page says more", ValueEffect.Reason.sourcesDisagree),
        ("scope: the north", .holdsForPart), ("check: the section", .mustBeLookedUp),
    ])
    func `a marked value never acts by itself`(mark: String, reason: ValueEffect.Reason) throws {
        for (field, value, unit) in [
            ("forensic_window", "168", "hours"), ("mandatory_reporting_who", "Everybody", "text"),
            ("care_without_police_report", "report_follows_care", "text"),
        ] {
            #expect(try effects(countryFile(field, value, unit: unit, mark)) == [.none(reason)])
        }
        #expect(reason.sentence.hasSuffix("ask."))
    }

    @Test func `a part of a country stays a part when it is confirmed`() throws {
        let text = countryFile("own_consent_age_medical", "16", unit: "years", confirmed: true, "scope: the north")
        #expect(try effects(text) == [.none(.holdsForPart)])
    }

    @Test func `of several windows none acts, and a confirmed one stands before the rest`() throws {
        let week = countryFile("forensic_window", "168")
        let tenDays = countryFile("forensic_window", "240")
        #expect(try effects(week, tenDays) == [.none(.severalValues), .none(.severalValues)])
        let marked = countryFile("forensic_window", "240", "conflict: a centre says less")
        #expect(try effects(week, marked) == [.keepsOpen(Self.forensic, hours: 168), .none(.sourcesDisagree)])
        let confirmed = countryFile("forensic_window", "96", confirmed: true)
        #expect(
            try effects(week, confirmed) == [.none(.confirmedValueStands), .setsWindow(Self.forensic, hours: 96)]
        )
    }

    @Test func `every effect says why, and what is not settled says ask`() throws {
        let settled: Set<ValueEffect.Reason> = [.sameAsGeneral, .confirmedValueStands]
        for reason in ValueEffect.Reason.allCases {
            #expect(!ValueEffect.none(reason).acts)
            #expect(reason.sentence.hasSuffix("ask.") == !settled.contains(reason))
        }
        #expect(
            ValueEffect.warns.acts && ValueEffect.keepsOpen(Self.forensic, hours: 1).acts && !ValueEffect.states.acts
        )
        #expect(ValueEffect.keepsOpen(Self.forensic, hours: 168).sentence.contains("168 hours"))
    }
}
