import Care
import Directory
import Foundation
import Testing

@Suite struct CaseContentTests {
    @Test func `questions nobody asked show as gaps`() throws {  // C2, C8
        var content = try Fixtures.content()
        #expect(
            content.gaps == [
                "separated", "immediate_danger", "injured_or_pregnant", "thoughts_of_suicide", "consent_reporting",
            ]
        )
        content.revise(
            try Intake(firstContactAt: Fixtures.noon, isInImmediateDanger: .unknown, hasThoughtsOfSuicide: .no)
        )
        content.setConsentReporting(.no)
        #expect(content.gaps == ["separated", "injured_or_pregnant"])
    }

    @Test func `a service she declined settles her need as her decision`() throws {  // F8, X3
        var content = try Fixtures.content()
        try content.record(try Fixtures.need())
        #expect(!content.isDeclined(Fixtures.crisis, at: Fixtures.noon))
        try content.record(DeclinedService(code: Fixtures.crisis, kind: .declined, declinedAt: Fixtures.noon))
        #expect(content.isDeclined(Fixtures.crisis, at: Fixtures.noon + 365 * Fixtures.day))
        #expect(!content.isDeclined(Fixtures.shelter, at: Fixtures.noon))
        #expect(content.need(Fixtures.needID)?.outcome == .declinedBySurvivor)
        let circumstances = CaseFile(
            id: Fixtures.caseID,
            identity: try Fixtures.amina(),
            contact: try SafeContact(),
            conflicts: try ConflictFacts(),
            content: content
        ).circumstances(of: try Fixtures.need(lifeThreatening: true), at: Fixtures.noon)
        #expect(circumstances.isDeclined)
        #expect(circumstances.isLifeInDanger)
    }

    @Test func `only a supervisor lowers a high risk`() throws {  // C4
        var content = try Fixtures.content()
        try content.assess(.low, asSupervisor: false)
        try content.assess(.high, asSupervisor: false)
        try content.assess(.high, asSupervisor: false)
        for level in [RiskLevel.none, .low, .medium] {
            #expect(throws: CareError.needsSupervisor(field: "case.risk")) {
                try content.assess(level, asSupervisor: false)
            }
        }
        #expect(content.risk == .high)
        try content.assess(.medium, asSupervisor: true)
        #expect(content.risk == .medium)
    }

    @Test func `a closed case takes no new need and no new risk`() throws {  // C7
        var content = try Fixtures.content()
        try content.close(
            .goalsMet,
            by: Fixtures.worker,
            signedBy: Fixtures.supervisor,
            hasOpenEmergencyReferral: false,
            wayBackTold: true,
            at: Fixtures.noon
        )
        #expect(throws: CareError.self) { try content.record(try Fixtures.need()) }
        #expect(throws: CareError.self) { try content.assess(.high, asSupervisor: true) }
        try content.reopen(by: Fixtures.worker, at: Fixtures.noon)
        try content.record(try Fixtures.need())
        #expect(content.needs.count == 1)
    }

    @Test func `a need stands once and one that is not there is not settled`() throws {
        var content = try Fixtures.content()
        try content.record(try Fixtures.need())
        #expect(throws: CareError.self) { try content.record(try Fixtures.need()) }
        #expect(throws: CareError.self) { try content.settle(NeedID(bytes: Fixtures.bytes(99))!, .referred) }
        try content.settle(Fixtures.needID, .providedByUs)
        #expect(content.need(Fixtures.needID)?.outcome == .providedByUs)
    }

    @Test func `a case is always somebody's`() throws {
        var content = try Fixtures.content()
        #expect(throws: CareError.self) { try content.assign(to: []) }
        #expect(throws: CareError.self) { try content.assign(to: [Fixtures.worker, Fixtures.worker]) }
        try content.assign(to: [Fixtures.supervisor, Fixtures.worker])
        #expect(content.assigned.first == Fixtures.supervisor)
    }

    @Test func `everything a case holds survives storing`() throws {
        var content = try Fixtures.content()
        try content.record(try Fixtures.need())
        try content.settle(Fixtures.needID, .referred)
        try content.record(
            DeclinedService(code: Fixtures.shelter, kind: .notNow, reason: "later", declinedAt: Fixtures.noon)
        )
        try content.assess(.medium, asSupervisor: false)
        try content.add(Note(text: "first line\nsecond line", writtenBy: Fixtures.worker, writtenAt: Fixtures.noon))
        content.set(
            try Wishes(
                staffGender: Wish(.female, isStrict: true),
                maximumTravelHours: Wish(1.5, isStrict: false),
                mode: Wish(.phone, isStrict: false),
                noReportToAuthorities: true,
                willingToUse: [.idDocument]
            )
        )
        content.set(ReturnChecks(isBestInterestsDetermined: true, riskAssessment: .safe))
        try content.set([
            ExploitationContext(form: .travelAndTourism, country: Fixtures.country, setting: .both),
            ExploitationContext(form: .other, otherForm: "unlisted"),
        ])
        try content.setCanLeave(at: Fixtures.noon + 1)
        try content.setCurrentProviders([Fixtures.clinic])
        content.setConsentReporting(.yes)
        content.revise(
            try Intake(
                firstContactAt: Fixtures.noon,
                channel: .chat,
                howIdentified: "she called",
                isSeparated: .no,
                isInImmediateDanger: .yes,
                mayBeInjuredOrPregnant: .unknown,
                hasThoughtsOfSuicide: .no,
                lastContact: .ongoing,
                caregivers: [
                    Caregiver(party: PartyID("p1"), kind: .parent, isInformed: .no, reasonNotInformed: "unsafe")
                ]
            )
        )
        #expect(try read(CaseContent.self, stored(content)) == content)
        #expect(try read(Survivor.self, stored(Fixtures.amina())) == Fixtures.amina())
        #expect(try read(SafeContact.self, stored(Fixtures.safeContact())) == Fixtures.safeContact())
    }

    @Test func `moments are kept to the millisecond and read back equal`() throws {
        let odd = Date(timeIntervalSince1970: 1_773_144_000.123_456_7)
        let note = try Note(text: "a", writtenBy: Fixtures.worker, writtenAt: odd)
        #expect(try read(Note.self, stored(note)) == note)
        #expect(try stored(note).contains("1773144000123"))
        for moment in [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: .infinity)] {
            #expect(throws: CareError.self) { try Note(text: "a", writtenBy: Fixtures.worker, writtenAt: moment) }
        }
    }

    @Test func `texts stop at their limits`() throws {
        #expect(throws: Never.self) { try Fixtures.need(reason: String(repeating: "a", count: 500)) }
        #expect(throws: CareError.self) { try Fixtures.need(reason: String(repeating: "a", count: 501)) }
        let long = String(repeating: "a", count: 8_001)
        #expect(throws: CareError.self) { try Note(text: long, writtenBy: Fixtures.worker, writtenAt: Fixtures.noon) }
        #expect(throws: CareError.self) { try Wishes(maximumTravelHours: Wish(169, isStrict: true)) }
        #expect(throws: CareError.self) { try Wishes(maximumTravelHours: Wish(.nan, isStrict: true)) }
        #expect(throws: CareError.self) { try ExploitationContext(form: .other) }
        #expect(throws: CareError.self) { try ExploitationContext(form: .grooming, otherForm: "x") }
    }

    @Test func `forms of exploitation are those of the table`() {  // T2
        #expect(
            FormOfExploitation.allCases.map(\.rawValue) == [
                "EXP-PROST", "EXP-TRAF", "EXP-CSAM", "EXP-LIVE", "EXP-GROOM", "EXP-SEXTORT", "EXP-SELFGEN", "EXP-AI",
                "EXP-SECTT", "EXP-CEFM", "ABU-CSA", "EXP-OTHER",
            ]
        )
    }

    @Test func `an error names the field and never the value`() {
        let secret = "Amina Fixture\u{0}"
        do {
            _ = try Survivor(currentCountry: Fixtures.country, name: secret)
            Issue.record("accepted")
        } catch {
            #expect("\(error)" == "survivor.name: write 1 to 100 characters of plain text, or leave it out")
        }
    }
}
