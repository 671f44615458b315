import Audit
import Care
import Directory
import Foundation
import Store
import Testing

@testable import Casework

/// Who is refused, what they are told and what the log says of it.
@Suite struct RefusalTests {
    /// Acts on a case or referral, by a person.
    enum OnCase: String, CaseIterable, Sendable {
        case read, need, consent, withdraw, match, file

        func attempt(_ house: House, _ sent: House.Sent, in id: CaseID, by signedIn: SignedIn, _ request: RequestID)
            async throws
        {
            let deployment = house.deployment
            let once = try house.once()
            switch self {
            case .read: _ = try await deployment.cases.read(id, by: signedIn, request: request)
            case .need:
                _ = try await deployment.cases.record(
                    house.need(),
                    in: id,
                    at: sent.version,
                    by: signedIn,
                    request: request,
                    once: once
                )
            case .consent:
                _ = try await deployment.consents.record(
                    house.stated(),
                    in: id,
                    at: sent.version,
                    by: signedIn,
                    request: request,
                    once: once
                )
            case .withdraw:
                _ = try await deployment.consents.withdraw(sent.consent, in: id, by: signedIn, request: request)
            case .match:
                let need = try #require(sent.receipt.needs.first).id
                _ = try await deployment.matches.matches(for: need, in: id, by: signedIn, request: request)
            case .file:
                _ = try await deployment.referrals.file(
                    house.filing(sent.receipt, sent.consent),
                    in: id,
                    at: sent.version,
                    by: signedIn,
                    request: request,
                    once: once
                )
            }
        }

        var code: String {
            switch self {
            case .read: "case.read"
            case .need: "need.record"
            case .consent: "consent.record"
            case .withdraw: "consent.withdraw"
            case .match: "services.match"
            case .file: "referral.file"
            }
        }

        var purpose: String { self == .file ? "referral" : "case_management" }
    }

    @Test(arguments: OnCase.allCases)
    func `to a colleague of another team a case that exists looks like one that does not`(act: OnCase) async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        let missing = try #require(CaseID(bytes: [UInt8](repeating: 9, count: 16)))
        house.call(missing.text, "missing")
        let outsider = try house.session(.outsider)
        var told: [CaseworkError?] = []
        for (id, name) in [(sent.id, "case"), (missing, "missing")] {
            let (error, entry) = try await house.refused { _, request in
                try await act.attempt(house, sent, in: id, by: outsider, request)
            }
            told.append(error)
            #expect(entry.sentence == "outsider \(act.code) \(name) denied not_assigned none \(act.purpose)")
        }
        #expect(told == [.notFound, .notFound])
    }

    @Test(arguments: [House.Person.auditor, .administrator, .secretariat, .helpline, .intake], OnCase.allCases)
    func `roles that work with no case open none`(person: House.Person, act: OnCase) async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        let signedIn = try house.session(person)
        let (error, entry) = try await house.refused { _, request in
            try await act.attempt(house, sent, in: sent.id, by: signedIn, request)
        }
        #expect(error == .refused(code: "wrong_role"))
        #expect(entry.sentence == "\(person.rawValue) \(act.code) case denied wrong_role none \(act.purpose)")
    }

    @Test(arguments: [House.Person.auditor, .administrator, .secretariat, .helpline])
    func `roles that work with no case list none either`(person: House.Person) async throws {
        let house = try await House.founded()
        _ = try await house.sentReferral()
        let signedIn = try house.session(person)
        let (cases, entry) = try await house.refused { deployment, request in
            try await deployment.cases.list(for: signedIn, request: request)
        }
        #expect(cases == .refused(code: "wrong_role"))
        #expect(entry.sentence == "\(person.rawValue) case.list - denied wrong_role none case_management")
        let (referrals, listing) = try await house.refused { deployment, request in
            try await deployment.intake.list(.inbox, for: signedIn, request: request)
        }
        #expect(referrals == .refused(code: "wrong_role"))
        #expect(listing.sentence == "\(person.rawValue) referral.list - denied wrong_role none referral")
    }

    @Test func `a colleague of the team reads the case and changes nothing`() async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        let colleague = try house.session(.colleague)
        let (_, reading) = try await house.one { deployment, request in
            try await deployment.cases.read(sent.id, by: colleague, request: request)
        }
        #expect(reading.sentence == "colleague case.read case permitted case.read:same_team same_team case_management")
        for act in [OnCase.need, .consent, .file] {
            let (error, entry) = try await house.refused { _, request in
                try await act.attempt(house, sent, in: sent.id, by: colleague, request)
            }
            #expect(error == .notFound)
            #expect(entry.sentence == "colleague \(act.code) case denied not_assigned same_team \(act.purpose)")
        }
    }

    @Test func `a desk that does not receive a referral does not learn that it exists`() async throws {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral()
        let other = try house.session(.otherIntake)
        let missing = try #require(ReferralID(bytes: [UInt8](repeating: 9, count: 16)))
        house.call(missing.text, "missing")
        for (id, name) in [(sent.referral, "referral"), (missing, "missing")] {
            let acts: [(String, (Deployment, RequestID) async throws -> Void)] = [
                ("referral.read", { _ = try await $0.intake.read(id, by: other, request: $1) }),
                ("referral.accept", { _ = try await $0.intake.accept(id, at: nil, by: other, request: $1) }),
                (
                    "referral.decline",
                    { _ = try await $0.intake.decline(id, because: .noCapacity, at: nil, by: other, request: $1) }
                ),
                (
                    "referral.complete",
                    { _ = try await $0.intake.complete(id, onWordOf: .receiver, at: nil, by: other, request: $1) }
                ),
                ("packet.open", { _ = try await $0.intake.packet(of: id, by: other, request: $1) }),
            ]
            for (code, act) in acts {
                let (error, entry) = try await house.refused(act)
                #expect(error == .notFound)
                #expect(entry.sentence == "otherIntake \(code) \(name) denied not_receiving_desk none referral")
            }
        }
        let (inbox, _) = try await house.one { try await $0.intake.list(.inbox, for: other, request: $1) }
        #expect(inbox.isEmpty)
    }

    @Test func `the sender's side does not accept, decline or open what it sent`() async throws {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral()
        let worker = try house.session(.worker)
        let acts: [(String, (Deployment, RequestID) async throws -> Void)] = [
            ("referral.accept", { _ = try await $0.intake.accept(sent.referral, at: nil, by: worker, request: $1) }),
            (
                "referral.decline",
                {
                    _ = try await $0.intake.decline(
                        sent.referral,
                        because: .noCapacity,
                        at: nil,
                        by: worker,
                        request: $1
                    )
                }
            ),
            ("packet.open", { _ = try await $0.intake.packet(of: sent.referral, by: worker, request: $1) }),
        ]
        for (code, act) in acts {
            let (error, entry) = try await house.refused(act)
            #expect(error == .refused(code: "wrong_role"))
            #expect(entry.sentence == "worker \(code) referral denied wrong_role assigned referral")
        }
        // The desk does not take back what it did not send.
        let (error, entry) = try await house.refused { deployment, request in
            try await deployment.referrals.revoke(sent.referral, at: nil, by: house.session(.intake), request: request)
        }
        #expect(error == .refused(code: "wrong_role"))
        #expect(entry.sentence == "intake referral.revoke referral denied wrong_role receiving_desk referral")
    }

    @Test func `a case is opened for one's own team alone`() async throws {
        let house = try await House.founded()
        let worker = try house.session(.worker)
        let missing = try #require(TeamID(bytes: [UInt8](repeating: 9, count: 16)))
        house.call(missing.text, "missing")
        for (team, name) in [
            (house.founded.otherTeam, "otherTeam"), (house.founded.desk, "desk"), (missing, "missing"),
        ] {
            let (error, entry) = try await house.refused { deployment, request in
                try await deployment.cases.open(
                    house.opening(team: team),
                    by: worker,
                    request: request,
                    once: house.once()
                )
            }
            #expect(error == .notFound)
            #expect(entry.sentence == "worker case.open \(name) denied not_assigned none case_management")
        }
        #expect(try house.store.read { try $0.count(.caseRouting) } == 0)
    }

    // MARK: - Barred

    /// The survivor names the colleague as a person to keep away.
    private func barredCase(_ house: House, _ barred: House.Person) async throws -> House.Sent {
        let receipt = try await house.openedCase(
            house.opening(conflicts: ConflictFacts(avoidedStaff: [house.staff(barred)]))
        )
        let (consent, version) = try await house.recordedConsent(in: receipt)
        let filed = try await house.deployment.referrals.file(
            house.filing(receipt, consent),
            in: receipt.id,
            at: version,
            by: house.session(.worker),
            request: house.deployment.newRequest(),
            once: house.once()
        )
        let referral = try #require(filed.referral).routing.referral
        house.call(referral.text, "referral")
        return House.Sent(receipt: receipt, consent: consent, referral: referral, version: filed.version)
    }

    @Test(arguments: OnCase.allCases)
    func `a colleague whom she named finds nothing, though on the same team`(act: OnCase) async throws {
        let house = try await House.founded()
        let sent = try await barredCase(house, .colleague)
        let colleague = try house.session(.colleague)
        let (error, entry) = try await house.refused { _, request in
            try await act.attempt(house, sent, in: sent.id, by: colleague, request)
        }
        #expect(error == .notFound)
        #expect(entry.sentence == "colleague \(act.code) case denied barred none \(act.purpose)")
        #expect(!house.deployment.office.held.holds(sent.consent))
    }

    @Test func `a colleague whom she named sees her in no list`() async throws {
        let house = try await House.founded()
        let sent = try await barredCase(house, .colleague)
        let open = try await house.openedCase(called: "other")
        let colleague = try house.session(.colleague)
        let (cases, entry) = try await house.one { try await $0.cases.list(for: colleague, request: $1) }
        #expect(cases.map(\.id) == [open.id])
        #expect(
            entry.sentence
                == "colleague case.list - permitted case.list:caseworker none case_management count=1 handles=other"
        )
        let (outbox, listing) = try await house.one { try await $0.intake.list(.outbox, for: colleague, request: $1) }
        #expect(outbox.isEmpty)
        #expect(
            listing.sentence == "colleague referral.list - permitted referral.list:caseworker none referral count=0"
        )
        let (error, reading) = try await house.refused { deployment, request in
            try await deployment.intake.read(sent.referral, by: colleague, request: request)
        }
        #expect(error == .notFound)
        #expect(reading.sentence == "colleague referral.read referral denied barred none referral")
        // The others of the team see both.
        let (all, _) = try await house.one { try await $0.cases.list(for: house.session(.supervisor), request: $1) }
        #expect(Set(all.map(\.id)) == [sent.id, open.id])
    }

    @Test func `an intake worker whom she named finds nothing at the desk`() async throws {
        let house = try await House.founded()
        let sent = try await barredCase(house, .intake)
        let intake = try house.session(.intake)
        let (inbox, _) = try await house.one { try await $0.intake.list(.inbox, for: intake, request: $1) }
        #expect(inbox.isEmpty)
        for act in ["read", "accept"] {
            let (error, entry) = try await house.refused { deployment, request in
                act == "read"
                    ? try await deployment.intake.read(sent.referral, by: intake, request: request)
                    : try await deployment.intake.accept(sent.referral, at: nil, by: intake, request: request)
            }
            #expect(error == .notFound)
            #expect(entry.sentence == "intake referral.\(act) referral denied barred receiving_desk referral")
        }
    }

    @Test(arguments: [House.Person.auditor, .administrator, .helpline, .secretariat])
    func `somebody whose role opens no case cannot find out by asking whether she named them`(person: House.Person)
        async throws
    {
        let house = try await House.founded()
        let named = try await barredCase(house, person)
        let unnamed = try await house.openedCase(called: "other")
        let signedIn = try house.session(person)
        var told: [CaseworkError?] = []
        for id in [named.id, unnamed.id] {
            let (error, _) = try await house.refused { deployment, request in
                try await deployment.cases.read(id, by: signedIn, request: request)
            }
            told.append(error)
        }
        #expect(told[0] == told[1])
        #expect(told[0] == .refused(code: "wrong_role"))
    }

    @Test func `whom she named cannot open her case, and is not told who named them`() async throws {
        let house = try await House.founded()
        let (error, entry) = try await house.refused { deployment, request in
            try await deployment.cases.open(
                house.opening(conflicts: ConflictFacts(avoidedStaff: [house.staff(.worker)])),
                by: house.session(.worker),
                request: request,
                once: house.once()
            )
        }
        #expect(error == .invalid(field: "/conflicts/avoided_staff", what: "somebody else must open this case"))
        #expect(entry.sentence == "worker case.open team failed invalid same_team case_management")
        #expect(try house.store.read { try $0.count(.caseRouting) } == 0)
        #expect(house.deployment.office.vault.count == 0)
    }
}
