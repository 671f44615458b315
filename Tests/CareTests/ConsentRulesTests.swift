import Care
import Directory
import Foundation
import Testing

@Suite struct ConsentRulesTests {
    private let request = ConsentRequest(code: Fixtures.crisis, recipient: Fixtures.clinic, items: [.ageBand])

    private func verdict(
        _ consent: Consent?,
        _ circumstances: ConsentCircumstances,
        items: Set<DataItem> = [.ageBand],
        at moment: Date = Fixtures.noon
    ) throws -> ConsentVerdict {
        let request = ConsentRequest(code: Fixtures.crisis, recipient: Fixtures.clinic, items: items)
        return try Fixtures.rules().judge(consent, for: request, in: circumstances, at: moment)
    }

    /// N4, row by row: age, who gave it, form of a consent of her own, her assent, and what is wrong with it.
    struct Row: Sendable, CustomTestStringConvertible {
        let age: Int
        let giver: ConsentGiver
        var form = AgreementForm.spoken
        var assent = Assent.notAsked
        var faults: [ConsentFault] = []

        var testDescription: String { "\(age), \(giver.rawValue), \(form.rawValue), \(assent)" }
    }

    static let spoken = Assent.given(.spoken, at: Fixtures.noon)
    static let written = Assent.given(.written, at: Fixtures.noon)
    static let refused = Assent.refused(at: Fixtures.noon)

    static let table: [Row] = [
        // 0-5: an adult; the child is told.
        Row(age: 0, giver: .caregiver), Row(age: 5, giver: .guardian), Row(age: 5, giver: .trustedAdult),
        Row(age: 5, giver: .supervisorBestInterests), Row(age: 5, giver: .caregiver, assent: refused),
        Row(age: 5, giver: .survivor, faults: [.giverNotForThisAge]),
        // 6-11: an adult and her assent, spoken is enough.
        Row(age: 6, giver: .caregiver, assent: spoken), Row(age: 11, giver: .guardian, assent: written),
        Row(age: 6, giver: .trustedAdult, assent: spoken),
        Row(age: 11, giver: .supervisorBestInterests, assent: spoken),
        Row(age: 6, giver: .caregiver, faults: [.assentMissing]),
        Row(age: 11, giver: .caregiver, assent: refused, faults: [.assentRefused]),
        Row(age: 11, giver: .supervisorBestInterests, faults: [.assentMissing]),
        Row(age: 11, giver: .survivor, form: .written, faults: [.giverNotForThisAge]),
        // 12-14: an adult and her written assent.
        Row(age: 12, giver: .caregiver, assent: written), Row(age: 14, giver: .trustedAdult, assent: written),
        Row(age: 14, giver: .supervisorBestInterests, assent: written),
        Row(age: 12, giver: .caregiver, assent: spoken, faults: [.assentNotWritten]),
        Row(age: 14, giver: .guardian, faults: [.assentMissing]),
        Row(age: 14, giver: .caregiver, assent: refused, faults: [.assentRefused]),
        Row(age: 14, giver: .survivor, form: .written, faults: [.giverNotForThisAge]),
        // 15-17: her own written consent; an adult alone is not enough.
        Row(age: 15, giver: .survivor, form: .written), Row(age: 17, giver: .survivor, form: .written),
        Row(age: 15, giver: .survivor, form: .spoken, faults: [.consentNotWritten]),
        Row(age: 15, giver: .caregiver, form: .written, assent: written, faults: [.giverNotForThisAge]),
        Row(age: 17, giver: .guardian, faults: [.giverNotForThisAge]),
        Row(age: 17, giver: .trustedAdult, faults: [.giverNotForThisAge]),
        Row(age: 15, giver: .supervisorBestInterests),
        Row(age: 15, giver: .supervisorBestInterests, assent: refused, faults: [.assentRefused]),
        // 18+: she alone, never substituted by family.
        Row(age: 18, giver: .survivor), Row(age: 40, giver: .survivor, form: .written),
        Row(age: 18, giver: .caregiver, faults: [.giverNotForThisAge]),
        Row(age: 18, giver: .guardian, faults: [.giverNotForThisAge]),
        Row(age: 18, giver: .trustedAdult, faults: [.giverNotForThisAge]),
        Row(age: 18, giver: .supervisorBestInterests, faults: [.giverNotForThisAge]),
    ]

    @Test(arguments: table)
    func `who may consent goes by age`(row: Row) throws {  // N4
        let consent = try Fixtures.consent(
            giver: row.giver,
            form: row.form,
            assent: row.assent,
            bestInterests: row.giver == .supervisorBestInterests ? Fixtures.bestInterests() : nil,
            days: 7
        )
        let verdict = try verdict(consent, Fixtures.circumstances(age: row.age))
        #expect(verdict.faults == row.faults)
        #expect(verdict.allowsSending == row.faults.isEmpty)
        #expect((verdict == .maySend) == row.faults.isEmpty)
    }

    @Test func `an age in doubt and an age unknown are a child's`() throws {  // T1
        let spoken = try Fixtures.consent(form: .spoken)
        #expect(try verdict(spoken, Fixtures.circumstances(age: 25, basis: .estimated)).faults == [.consentNotWritten])
        #expect(try verdict(spoken, Fixtures.circumstances(age: 25, basis: .stated)) == .maySend)
        #expect(try verdict(spoken, Fixtures.circumstances(age: nil)).faults == [.ageUnknown])
    }

    @Test(arguments: [
        (16, 15, false), (16, 16, true), (14, 13, false), (14, 14, true), (12, 12, true), (18, 17, false),
    ])
    func `a country's own age of consent moves the border`(ownAge: Int, age: Int, isHers: Bool) throws {
        let own = try Fixtures.consent(form: .written)
        let circumstances = try Fixtures.circumstances(age: age, ownConsentFromAge: ownAge)
        #expect(try verdict(own, circumstances).allowsSending == isHers)
        let adults = try Fixtures.consent(giver: .caregiver, assent: Self.written)
        #expect(try verdict(adults, circumstances).allowsSending == !isHers)
    }

    /// Age, the country's age, whether her own consent holds.
    static let openedBand: [(Int, Int?, Bool)] = [
        (12, nil, true), (12, 13, false), (13, 13, true), (12, 16, false), (14, 16, false),
    ]

    @Test(arguments: openedBand)
    func `a country asks for more years than a band that an organisation opened`(
        age: Int,
        ownAge: Int?,
        isHers: Bool
    ) throws {
        var bands = try Fixtures.rules().bands
        bands[.from12To14] = .init(givers: [.caregiver, .survivor], standIns: [], form: .written, assent: .none)
        let rules = try ConsentRules(
            bands: bands,
            longestDays: 365,
            bestInterestsDays: 14,
            minimumToSaveLife: [],
            vitalReviewHours: 24
        )
        let own = try Fixtures.consent(form: .written)
        let faults = rules.validity(of: own, in: try Fixtures.circumstances(age: age, ownConsentFromAge: ownAge))
        #expect(faults == (isHers ? [] : [.giverNotForThisAge]))
    }

    @Test func `whatever a country says, an adult consents for herself`() throws {
        let own = try Fixtures.consent(form: .spoken)
        #expect(try verdict(own, Fixtures.circumstances(age: 18, ownConsentFromAge: 21)) == .maySend)
    }

    @Test func `an accused caregiver's consent is void`() throws {  // N5
        let byCaregiver = try Fixtures.consent(giver: .caregiver, assent: Self.spoken)
        let accused = try ConflictFacts(caregiverIsAccused: .yes)
        #expect(try verdict(byCaregiver, Fixtures.circumstances(age: 8)) == .maySend)
        #expect(
            try verdict(byCaregiver, Fixtures.circumstances(age: 8, conflicts: accused)).faults == [.giverIsAccused]
        )

        let named = try ConflictFacts(allegedPerpetrators: [AllegedPerpetrator(party: PartyID("p1"), isCaregiver: true)]
        )
        #expect(try verdict(byCaregiver, Fixtures.circumstances(age: 8, conflicts: named)).faults == [.giverIsAccused])
    }

    @Test(arguments: [ConsentGiver.caregiver, .guardian, .trustedAdult])
    func `anybody accused by name is void, in whatever capacity they consent`(giver: ConsentGiver) throws {  // N5
        let consent = try Fixtures.consent(giver: giver, giverParty: PartyID("p1"), assent: Self.spoken)
        let accused = try ConflictFacts(allegedPerpetrators: [AllegedPerpetrator(party: PartyID("p1"))])
        let other = try ConflictFacts(allegedPerpetrators: [AllegedPerpetrator(party: PartyID("p2"))])
        #expect(try verdict(consent, Fixtures.circumstances(age: 8, conflicts: accused)).faults == [.giverIsAccused])
        #expect(try verdict(consent, Fixtures.circumstances(age: 8, conflicts: other)) == .maySend)
    }

    @Test func `one safe parent is enough`() throws {  // N5
        let conflicts = try ConflictFacts(
            allegedPerpetrators: [AllegedPerpetrator(party: PartyID("p1"), isCaregiver: true)],
            safeCaregivers: [PartyID("p2")]
        )
        let circumstances = try Fixtures.circumstances(age: 8, conflicts: conflicts)
        let safe = try Fixtures.consent(giver: .caregiver, giverParty: PartyID("p2"), assent: Self.spoken)
        #expect(try verdict(safe, circumstances) == .maySend)
        let unknown = try Fixtures.consent(giver: .caregiver, giverParty: PartyID("p3"), assent: Self.spoken)
        #expect(try verdict(unknown, circumstances).faults == [.giverIsAccused])
    }

    @Test func `a trusted adult stands in only where no safe caregiver is known`() throws {  // N4
        let trusted = try Fixtures.consent(giver: .trustedAdult, assent: Self.spoken)
        let safe = try ConflictFacts(safeCaregivers: [PartyID("p2")])
        #expect(try verdict(trusted, Fixtures.circumstances(age: 8)) == .maySend)
        #expect(
            try verdict(trusted, Fixtures.circumstances(age: 8, conflicts: safe)).faults == [.safeCaregiverNotAsked]
        )
    }

    @Test func `a best-interests decision lapses after fourteen days whatever it says`() throws {  // N6
        let consent = try Fixtures.consent(
            giver: .supervisorBestInterests,
            assent: Self.spoken,
            bestInterests: Fixtures.bestInterests(),
            days: 60
        )
        let circumstances = try Fixtures.circumstances(age: 8)
        let end = Fixtures.noon + 14 * Fixtures.day
        #expect(try Fixtures.rules().end(of: consent) == end)
        #expect(try verdict(consent, circumstances, at: end - 0.001) == .maySend)
        #expect(try verdict(consent, circumstances, at: end).faults == [.gap(.expired(at: end))])
        let past = Fixtures.noon + 60 * Fixtures.day
        #expect(try verdict(consent, circumstances, at: past).faults == [.gap(.expired(at: past))])
    }

    @Test func `no consent outlives the longest time`() throws {  // N1: reasonably time-limited
        let consent = try Fixtures.consent(days: 900)
        let end = Fixtures.noon + 365 * Fixtures.day
        #expect(try verdict(consent, Fixtures.circumstances(), at: end - 1) == .maySend)
        #expect(try verdict(consent, Fixtures.circumstances(), at: end).faults == [.gap(.expired(at: end))])
    }

    @Test func `expired and withdrawn consents send nothing`() throws {  // N1, N8
        var consent = try Fixtures.consent()
        let circumstances = try Fixtures.circumstances()
        let end = Fixtures.noon + 30 * Fixtures.day
        #expect(try verdict(consent, circumstances, at: end).faults == [.gap(.expired(at: end))])
        consent.withdraw(at: Fixtures.noon + 1)
        #expect(
            try verdict(consent, circumstances, at: Fixtures.noon + 2).faults == [
                .gap(.withdrawn(at: Fixtures.noon + 1))
            ]
        )
    }

    @Test func `faults of the giver and gaps of the consent are told together`() throws {
        let consent = try Fixtures.consent(giver: .caregiver)
        #expect(
            try verdict(consent, Fixtures.circumstances(age: 8), items: [.name]).faults
                == [.assentMissing, .gap(.missing([.name]))]
        )
    }

    @Test func `nothing leaves before she was asked`() throws {  // N2
        #expect(try verdict(nil, Fixtures.circumstances()).faults == [.notAsked])
    }

    @Test func `life in danger lets the minimum out, with a review within a day`() throws {  // N7
        let danger = try Fixtures.circumstances(isLifeInDanger: true)
        #expect(
            try verdict(nil, danger, items: [.ageBand, .area])
                == .maySendToSaveLife(reviewBy: Fixtures.noon + Fixtures.day)
        )
        #expect(try verdict(nil, danger, items: [.ageBand, .name]).faults == [.beyondMinimum([.name])])
        #expect(try verdict(nil, Fixtures.circumstances(age: nil, isLifeInDanger: true)).allowsSending)
    }

    @Test func `her no stands even when life is in danger`() throws {  // F8, N7
        let declined = try Fixtures.circumstances(isDeclined: true, isLifeInDanger: true)
        #expect(try verdict(nil, declined).faults == [.declinedBySurvivor])
        #expect(try verdict(Fixtures.consent(), declined).faults == [.declinedBySurvivor])
    }

    @Test func `a consent that was withdrawn is an answer, not an unasked question`() throws {  // N7: not asked only
        var consent = try Fixtures.consent()
        consent.withdraw(at: Fixtures.noon)
        #expect(try !verdict(consent, Fixtures.circumstances(isLifeInDanger: true)).allowsSending)
    }

    @Test func `rules beyond N6 and N7 or without a band are refused`() throws {
        let bands = try Fixtures.rules().bands
        func rules(
            _ bands: [AgeBand: ConsentRules.Band],
            longest: Int = 365,
            best: Int = 14,
            hours: Int = 24
        ) throws -> ConsentRules {
            try ConsentRules(
                bands: bands,
                longestDays: longest,
                bestInterestsDays: best,
                minimumToSaveLife: [.ageBand],
                vitalReviewHours: hours
            )
        }
        #expect(throws: Never.self) { try rules(bands) }
        #expect(throws: CareError.self) { try rules(bands, best: 15) }
        #expect(throws: CareError.self) { try rules(bands, best: 0) }
        #expect(throws: CareError.self) { try rules(bands, hours: 25) }
        #expect(throws: CareError.self) { try rules(bands, longest: 0) }
        for band in AgeBand.allCases {
            #expect(throws: CareError.self) { try rules(bands.filter { $0.key != band }) }
        }
        var nobody = bands
        nobody[.adult] = ConsentRules.Band(givers: [.none], standIns: [], form: .spoken, assent: .none)
        #expect(throws: CareError.self) { try rules(nobody) }
    }
}
