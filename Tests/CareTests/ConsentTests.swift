import Care
import Directory
import Foundation
import Testing

@Suite struct ConsentTests {
    private let asked: Set<DataItem> = [.ageBand, .languages]

    @Test func `a live consent covers its service, recipient, items and purpose`() throws {  // N1
        let consent = try Fixtures.consent()
        let answer = consent.covers(
            service: Fixtures.crisis,
            recipient: Fixtures.clinic,
            items: asked,
            purpose: .referral,
            at: Fixtures.noon
        )
        #expect(answer == .covered)
        #expect(answer.isCovered)
    }

    @Test func `every gap is named at once`() throws {  // N1, N2, D7
        var consent = try Fixtures.consent()
        consent.withdraw(at: Fixtures.noon + 60)
        let request = ConsentRequest(
            code: Fixtures.shelter,
            recipient: Fixtures.otherClinic,
            items: [.ageBand, .name, .area],
            purpose: .audit,
            isAbroad: true
        )
        #expect(
            consent.covers(request, at: Fixtures.noon + 31 * Fixtures.day)
                == .notCovered([
                    .withdrawn(at: Fixtures.noon + 60), .expired(at: Fixtures.noon + 30 * Fixtures.day), .otherService,
                    .otherRecipient, .otherPurpose, .sendingAbroad, .missing([.name, .area]),
                ])
        )
    }

    @Test func `each part of the unit is asked by itself`() throws {  // N1
        let consent = try Fixtures.consent()
        func gaps(
            _ code: ServiceCode = Fixtures.crisis,
            _ recipient: OrganizationID = Fixtures.clinic,
            _ items: Set<DataItem> = [.ageBand],
            _ purpose: Purpose = .referral,
            abroad: Bool = false
        ) -> ConsentCoverage {
            consent.covers(
                ConsentRequest(code: code, recipient: recipient, items: items, purpose: purpose, isAbroad: abroad),
                at: Fixtures.noon
            )
        }
        #expect(gaps() == .covered)
        #expect(gaps(Fixtures.shelter) == .notCovered([.otherService]))
        #expect(gaps(Fixtures.crisis, Fixtures.otherClinic) == .notCovered([.otherRecipient]))
        #expect(gaps(Fixtures.crisis, Fixtures.clinic, [.name]) == .notCovered([.missing([.name])]))
        #expect(gaps(Fixtures.crisis, Fixtures.clinic, [.ageBand], .caseManagement) == .notCovered([.otherPurpose]))
        #expect(gaps(abroad: true) == .notCovered([.sendingAbroad]))
        let abroad = try Fixtures.consent(allowsSendingAbroad: true)
        #expect(
            abroad.covers(
                ConsentRequest(code: Fixtures.crisis, recipient: Fixtures.clinic, items: asked, isAbroad: true),
                at: Fixtures.noon
            ) == .covered
        )
    }

    @Test func `no single item is covered by the others`() throws {  // N2
        for item in DataItem.allCases {
            let others = Set(DataItem.allCases).subtracting([item])
            let consent = try Fixtures.consent(items: others)
            let request = ConsentRequest(
                code: Fixtures.crisis,
                recipient: Fixtures.clinic,
                items: Set(DataItem.allCases)
            )
            #expect(consent.covers(request, at: Fixtures.noon) == .notCovered([.missing([item])]))
        }
    }

    @Test func `it is live from its first moment until the moment it ends`() throws {
        let consent = try Fixtures.consent(days: 1)
        let request = ConsentRequest(code: Fixtures.crisis, recipient: Fixtures.clinic, items: asked)
        #expect(!consent.isLive(at: Fixtures.noon - 0.001))
        #expect(consent.covers(request, at: Fixtures.noon - 0.001) == .notCovered([.notYetGiven]))
        #expect(consent.isLive(at: Fixtures.noon))
        #expect(consent.isLive(at: Fixtures.noon + Fixtures.day - 0.001))
        #expect(!consent.isLive(at: Fixtures.noon + Fixtures.day))
        #expect(
            consent.covers(request, at: Fixtures.noon + Fixtures.day)
                == .notCovered([.expired(at: Fixtures.noon + Fixtures.day)])
        )
    }

    @Test func `a withdrawal always succeeds and the first one stands`() throws {  // N8
        var consent = try Fixtures.consent()
        consent.withdraw(at: Fixtures.noon + 60)
        consent.withdraw(at: Fixtures.noon + 120)
        #expect(consent.withdrawnAt == Fixtures.noon + 60)
        #expect(!consent.isLive(at: Fixtures.noon + 90))

        var expired = try Fixtures.consent(days: 1)
        expired.withdraw(at: Fixtures.noon + 9 * Fixtures.day)
        #expect(expired.withdrawnAt == Fixtures.noon + 9 * Fixtures.day)
    }

    @Test func `a clock that steps back does not bring a withdrawn consent to life`() throws {  // N8
        var consent = try Fixtures.consent()
        consent.withdraw(at: Fixtures.noon + 60)
        #expect(!consent.isLive(at: Fixtures.noon + 30))
        #expect(consent.withdrawnAt == Fixtures.noon + 60)
    }

    @Test func `a withdrawal survives storing`() throws {
        var consent = try Fixtures.consent()
        consent.withdraw(at: Fixtures.noon + 60)
        #expect(try read(Consent.self, stored(consent)) == consent)
    }

    @Test func `without giver, items or a sensible end there is no consent`() throws {
        #expect(throws: CareError.self) { try Fixtures.consent(giver: .none) }
        #expect(throws: CareError.self) { try Fixtures.consent(items: []) }
        #expect(throws: CareError.self) { try Fixtures.consent(days: 0) }
        #expect(throws: CareError.self) { try Fixtures.consent(days: -1) }
        #expect(throws: CareError.self) { try Fixtures.consent(days: 365 * 300) }
        #expect(throws: CareError.self) { try Fixtures.consent(giver: .survivor, giverParty: PartyID("p1")) }
    }

    @Test func `limits of confidentiality come before the question`() throws {  // N3
        let consent = try Fixtures.consent()
        #expect(
            throws: CareError.invalid(
                field: "consent.limits_explained_at",
                write: "a moment not after the consent was given"
            )
        ) {
            try Consent(
                id: consent.id,
                caseID: consent.caseID,
                code: consent.code,
                recipient: consent.recipient,
                items: consent.items,
                giver: .survivor,
                form: .spoken,
                limitsExplainedAt: Fixtures.noon + 1,
                givenAt: Fixtures.noon,
                expiresAt: Fixtures.noon + Fixtures.day
            )
        }
    }

    @Test func `a best-interests decision stands with its giver and with no other`() throws {  // N6
        #expect(throws: CareError.self) { try Fixtures.consent(giver: .supervisorBestInterests) }
        #expect(throws: CareError.self) {
            try Fixtures.consent(giver: .caregiver, bestInterests: Fixtures.bestInterests())
        }
        let decided = try Fixtures.consent(giver: .supervisorBestInterests, bestInterests: Fixtures.bestInterests())
        #expect(try read(Consent.self, stored(decided)) == decided)
    }

    @Test func `nobody signs off their own decision`() {  // N6, C6
        #expect(throws: CareError.needsAnotherPerson(field: "best_interests.signed_by")) {
            try BestInterests(
                reason: .noSafeCaregiver,
                explanation: "nobody safe can be reached",
                decidedBy: Fixtures.worker,
                signedBy: Fixtures.worker
            )
        }
    }

    @Test func `the stored form does not change`() throws {
        let consent = try Fixtures.consent(
            giver: .caregiver,
            giverParty: PartyID("p7"),
            form: .spoken,
            assent: .given(.spoken, at: Fixtures.noon)
        )
        #expect(
            try stored(consent)
                == #"{"allows_sending_abroad":false,"assent":{"at":1773144000000,"form":"spoken","state":"given"},"#
                + #""case":"c040g2081040g2081040g208104","code":"PSY-CRISIS","expires_at":1775736000000,"#
                + #""form":"spoken","given_at":1773144000000,"given_by":"caregiver","giver_party":"p7","#
                + #""id":"n0c1g60r30c1g60r30c1g60r30c","items":["age_band","languages","safe_contact"],"limits_explained_at":1773144000000,"#
                + #""purpose":"referral","recipient":"xa-clinic"}"#
        )
    }
}
