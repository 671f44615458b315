import Care
import DataFiles
import Foundation
import Policy
import Testing

@Suite struct AccessPolicyTests {
    private func facts(
        _ act: Act = .readCase,
        purpose: Purpose = .caseManagement,
        isSignedIn: Bool = true,
        isBarred: Bool = false,
        roles: Set<Role> = [.caseworker],
        relationships: Set<Relationship> = [.assigned],
        isSameAgency: Bool? = true,
        referralState: ReferralState? = nil,
        consent: ConsentVerdict? = nil,
        isConfirmed: Bool = false
    ) -> Facts {
        Facts(
            act: act,
            purpose: purpose,
            isSignedIn: isSignedIn,
            isBarred: isBarred,
            roles: roles,
            relationships: relationships,
            isSameAgency: isSameAgency,
            referralState: referralState,
            consent: consent,
            isConfirmed: isConfirmed
        )
    }

    private func refusal(_ decision: Decision) -> Refusal.Code? {
        guard case .denied(let refusal) = decision else { return nil }
        return refusal.code
    }

    private func grant(_ decision: Decision) -> Grant? {
        guard case .permitted(let grant) = decision else { return nil }
        return grant
    }

    @Test func `what asks for a confirmed session is refused until then, and says so to whom it would else permit`()
        throws
    {
        let policy = try access(
            accessFile([
                .exportAuditLog: one("role.auditor", "purpose.audit_review", "session.confirmed")
            ])
        )
        func export(_ roles: Set<Role>, _ isConfirmed: Bool, _ purpose: Purpose = .audit) -> Decision {
            policy.decide(
                facts(.exportAuditLog, purpose: purpose, roles: roles, relationships: [], isConfirmed: isConfirmed)
            )
        }
        #expect(grant(export([.auditor], true))?.rule == "audit.extract:rule")
        #expect(refusal(export([.auditor], false)) == .confirmationNeeded)
        // Nobody is asked to confirm what they may not do all the same.
        #expect(refusal(export([.caseworker], false)) == .wrongRole)
        #expect(refusal(export([.caseworker], true)) == .wrongRole)
        #expect(refusal(export([.auditor], false, .referral)) == .wrongPurpose)
    }

    @Test func `a rule permits when all of its conditions hold`() throws {
        let policy = try access(
            accessFile([
                .readCase: one("role.caseworker", "relationship.assigned", "same_agency", "purpose.case_management")
            ])
        )
        let grant = try #require(self.grant(policy.decide(facts())))
        #expect(grant.act == .readCase)
        #expect(grant.rule == "case.read:rule")
        #expect(grant.relationship == .assigned)

        #expect(refusal(policy.decide(facts(roles: [.intake]))) == .wrongRole)
        #expect(refusal(policy.decide(facts(roles: []))) == .wrongRole)
        #expect(refusal(policy.decide(facts(isSameAgency: false))) == .otherAgency)
        #expect(refusal(policy.decide(facts(relationships: [.sameTeam]))) == .notAssigned)
        #expect(refusal(policy.decide(facts(relationships: []))) == .notAssigned)
        #expect(refusal(policy.decide(facts(purpose: .referral))) == .wrongPurpose)
    }

    @Test func `what is not known does not permit`() throws {
        let policy = try access(
            accessFile([
                .readCase: one("role.caseworker", "relationship.assigned", "same_agency"),
                .fileReferral: one("role.caseworker", "relationship.assigned", "consent.covers"),
                .openPacket: one("role.intake", "relationship.receiving_desk", "referral.packet_released"),
            ])
        )
        #expect(refusal(policy.decide(facts(isSameAgency: nil))) == .otherAgency)
        #expect(refusal(policy.decide(facts(.fileReferral, consent: nil))) == .consentMissing)
        let intake = facts(.openPacket, roles: [.intake], relationships: [.receivingDesk], referralState: nil)
        #expect(refusal(policy.decide(intake)) == .packetNotReleased)
    }

    @Test func `any one of several rules is enough, and the first that holds is named`() throws {
        let policy = try access(
            accessFile([
                .readCase: """

                        first: [role.supervisor, relationship.supervisor]
                        second: [role.caseworker, relationship.assigned]
                        third: [role.caseworker, relationship.same_team]
                """
            ])
        )
        #expect(grant(policy.decide(facts()))?.rule == "case.read:second")
        #expect(grant(policy.decide(facts(relationships: [.assigned, .sameTeam])))?.rule == "case.read:second")
        #expect(grant(policy.decide(facts(relationships: [.sameTeam])))?.rule == "case.read:third")
        let both = facts(roles: [.caseworker, .supervisor], relationships: [.sameTeam, .supervisor])
        #expect(grant(policy.decide(both))?.relationship == .supervisor)
        // A supervisor of another team who is also a caseworker has no more rights here than either.
        #expect(refusal(policy.decide(facts(roles: [.supervisor], relationships: [.sameTeam]))) == .notAssigned)
    }

    @Test func `a barred person is refused before anything else`() throws {  // DECISIONS 6
        let policy = try access(accessFile([.readCase: one("role.caseworker", "relationship.assigned")]))
        #expect(grant(policy.decide(facts())) != nil)
        let barred = policy.decide(facts(isSignedIn: false, isBarred: true))
        #expect(refusal(barred) == .barred)
        #expect(refusal(policy.decide(facts(isBarred: true))) == .barred)
        guard case .denied(let refusal) = barred else { return }
        #expect(refusal.rule == "none")
        #expect(refusal.relationship == .assigned)
    }

    @Test(arguments: Act.allCases)
    func `without a session only signing in and enrolling are decided by their rules`(act: Act) throws {
        let policy = try access(
            accessFile([.signIn: one("anyone"), .enrolPerson: one("anyone"), .signOut: one("signed_in")])
        )
        let stranger = facts(act, isSignedIn: false, roles: [], relationships: [])
        if act == .signIn || act == .enrolPerson {
            #expect(grant(policy.decide(stranger))?.rule == "\(act.rawValue):rule")
        } else {
            #expect(refusal(policy.decide(stranger)) == .notSignedIn)
        }
    }

    @Test func `an empty list is nobody`() throws {
        let policy = try access(accessFile())
        for act in Act.allCases {
            #expect(policy.rules(for: act).isEmpty)
            #expect(refusal(policy.decide(facts(act, roles: Set(Role.allCases)))) == .noRule)
        }
    }

    @Test func `no relationship is never a relationship`() {
        #expect(facts(relationships: [.none]).relationships.isEmpty)
        #expect(Condition(code: "relationship.none") == nil)
    }

    @Test func `a refusal names what stood against the rule that came nearest`() throws {
        let policy = try access(
            accessFile([
                .openPacket: one("role.intake", "relationship.receiving_desk", "referral.packet_released"),
                .fileReferral: """

                        covered: [role.caseworker, relationship.assigned, consent.covers]
                        other: [role.supervisor, relationship.supervisor, consent.covers]
                """,
            ])
        )
        let otherDesk = facts(.openPacket, roles: [.intake], relationships: [.assigned], referralState: .accepted)
        #expect(refusal(policy.decide(otherDesk)) == .notReceivingDesk)
        let early = facts(.openPacket, roles: [.intake], relationships: [.receivingDesk], referralState: .received)
        #expect(refusal(policy.decide(early)) == .packetNotReleased)
        let noConsent = facts(.fileReferral, consent: .mayNotSend([.notAsked]))
        #expect(refusal(policy.decide(noConsent)) == .consentMissing)
    }

    @Test(arguments: ReferralState.allCases)
    func `a packet opens after acceptance and not after the end`(state: ReferralState) throws {  // DECISIONS 4, N8
        let policy = try access(
            accessFile([.openPacket: one("role.intake", "relationship.receiving_desk", "referral.packet_released")])
        )
        let decision = policy.decide(
            facts(.openPacket, roles: [.intake], relationships: [.receivingDesk], referralState: state)
        )
        let open: Set<ReferralState> = [.accepted, .scheduled, .attended, .serviceStarted, .noShow, .unreachable]
        #expect((grant(decision) != nil) == open.contains(state))
    }

    @Test func `consent and danger to life are conditions of their own`() throws {  // N2, N7
        let covers = try access(
            accessFile([.fileReferral: one("role.caseworker", "relationship.assigned", "consent.covers")])
        )
        let danger = try access(
            accessFile([.fileReferral: one("role.caseworker", "relationship.assigned", "consent.life_in_danger")])
        )
        let review = ConsentVerdict.maySendToSaveLife(reviewBy: Date(timeIntervalSince1970: 0))
        let verdicts: [(ConsentVerdict, Bool, Bool)] = [
            (.maySend, true, false), (review, false, true), (.mayNotSend([.assentMissing]), false, false),
        ]
        for (verdict, isCovered, isDanger) in verdicts {
            #expect((grant(covers.decide(facts(.fileReferral, consent: verdict))) != nil) == isCovered)
            #expect((grant(danger.decide(facts(.fileReferral, consent: verdict))) != nil) == isDanger)
        }
    }

    @Test func `the same facts always get the same answer`() throws {
        let policy = try access(accessFile([.readCase: one("role.caseworker", "relationship.assigned")]))
        #expect(Set((0..<50).map { _ in policy.decide(facts()) }).count == 1)
    }

    @Test func `codes of rules and refusals fit an audit entry`() throws {
        let longest = String(repeating: "n", count: 40)
        let policy = try access(
            accessFile([.withdrawConsent: "\n    \(longest): [role.caseworker, relationship.assigned]"])
        )
        for text in policy.rules.map(\.id) + Refusal.Code.allCases.map(\.rawValue) {
            #expect(text.utf8.count <= 64)
            #expect(text.wholeMatch(of: /[A-Za-z0-9._:-]+/) != nil)
        }
    }
}
