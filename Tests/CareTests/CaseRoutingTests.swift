import Care
import Directory
import Foundation
import Testing

@Suite struct CaseRoutingTests {
    private func routing() throws -> CaseRouting {
        var content = try Fixtures.content()
        try content.record(try Fixtures.need())
        try content.add(Note(text: "a narrative", writtenBy: Fixtures.worker, writtenAt: Fixtures.noon))
        let conflicts = try ConflictFacts(
            allegedPerpetrators: [
                AllegedPerpetrator(party: PartyID("p-accused"), organizations: [OrganizationID("xa-accused")])
            ]
        )
        var referral = try Fixtures.referral()
        try referral.makeReady(at: Fixtures.noon)
        try referral.send(at: Fixtures.noon)
        return CaseRouting(
            of: try Fixtures.file(conflicts: conflicts, content: content),
            referrals: [referral],
            consents: [try Fixtures.consent(items: [.name, .safeContact, .ageBand])],
            rules: try Fixtures.rules(longestDays: 10),
            windowEnds: [Fixtures.needID: Fixtures.noon + 52 * Fixtures.hour]
        )
    }

    @Test func `routing facts are those of the list and no others`() throws {  // DECISIONS 14
        #expect(
            try stored(routing())
                == #"{"age_band":"15-17","agency":"a144gj289144gj289144gj28914","assigned":["s0m2ga1850m2ga1850m2ga1850m"],"consent_reporting":"not_asked","#
                + #""consents":[{"code":"PSY-CRISIS","expires_at":1774008000000,"given_by":"self","id":"n0c1g60r30c1g60r30c1g60r30c","#
                + #""item_classes":["contact","identity","person"],"recipient":"xa-clinic","withdrawn":false}],"#
                + #""country":"XA","gender":"female","id":"c040g2081040g2081040g208104","languages":["si","en"],"#
                + #""needs":[{"code":"PSY-CRISIS","id":"d0g2081040g2081040g2081040g","urgency":"urgent","window_ends_at":1773331200000}],"#
                + #""referrals":[{"answer_due_at":1773403200000,"code":"PSY-CRISIS","consent":"n0c1g60r30c1g60r30c1g60r30c","desk":"t1040g2081040g2081040g20810","#
                + #""id":"r081040g2081040g2081040g208","state":"sent","urgency":"urgent"}],"state":"identification_and_registration","team":"t0w3ge1r70w3ge1r70w3ge1r70w"}"#
        )
    }

    @Test func `no name, contact, conflict, note or reason is among them`() throws {
        let text = try stored(routing())
        for secret in [
            "Amina", "A.\"", "district", "lantern", "555", "accused", "narrative", "cannot sleep", "wheelchair",
        ] {
            #expect(!text.contains(secret))
        }
    }

    @Test func `they survive storing, and a consent fact lapses by the rules`() throws {
        let routing = try routing()
        #expect(try read(CaseRouting.self, stored(routing)) == routing)
        let fact = try #require(routing.consents.first)
        #expect(fact.isLive(at: Fixtures.noon + 10 * Fixtures.day - 1))
        #expect(!fact.isLive(at: Fixtures.noon + 10 * Fixtures.day))
        var withdrawn = try Fixtures.consent()
        withdrawn.withdraw(at: Fixtures.noon)
        #expect(!CaseRouting.ConsentFact(of: withdrawn, rules: try Fixtures.rules()).isLive(at: Fixtures.noon))
    }

    @Test func `a referral to save life rests on no consent`() throws {  // N7
        let referral = try Fixtures.referral(basis: .lifeInDanger(reviewBy: Fixtures.noon + Fixtures.day))
        #expect(CaseRouting.ReferralFact(of: referral).consent == nil)
        #expect(try read(Referral.self, stored(referral)) == referral)
    }
}
