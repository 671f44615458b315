import Audit
import Care
import Directory
import Foundation
import Matching
import Store
import Testing

@testable import Casework

/// What stands between a case and a packet that leaves: consent, assent, allow-list, conflicts, danger to life (N1 to N7,
/// F5, F7). Each refusal is beside the permission that differs from it in one thing.
@Suite struct GateTests {
    private func file(
        _ house: House,
        _ receipt: CaseReceipt,
        _ consent: ConsentID?,
        at version: Int,
        items: Set<DataItem> = [.ageBand, .alias],
        service: ServiceID = Invented.counselling
    ) -> (Deployment, RequestID) async throws -> CaseReceipt {
        { deployment, request in
            try await deployment.referrals.file(
                house.filing(receipt, consent, items: items, service: service),
                in: receipt.id,
                at: version,
                by: house.session(.worker),
                request: request,
                once: house.once()
            )
        }
    }

    private func expectNothingLeft(_ house: House) throws {
        #expect(try house.store.read { try $0.count(.packet) } == 0)
        #expect(try house.store.read { try $0.count(.referralRouting) } == 0)
    }

    @Test func `nothing leaves without consent`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (error, entry) = try await house.refused(file(house, receipt, nil, at: 1))
        #expect(error == .gated(code: "consent_not_asked", items: []))
        #expect(entry.sentence == "worker referral.file case denied consent_not_asked assigned referral")
        try expectNothingLeft(house)
    }

    @Test func `nothing leaves beyond the items she named, and with them it does`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (consent, version) = try await house.recordedConsent(house.stated([.ageBand, .alias]), in: receipt)
        let (error, entry) = try await house.refused(
            file(house, receipt, consent, at: version, items: [.ageBand, .alias, .name])
        )
        #expect(error == .gated(code: "consent_items_missing", items: ["name"]))
        #expect(entry.sentence == "worker referral.file case denied consent_items_missing assigned referral")
        try expectNothingLeft(house)
        _ = try await house.one(file(house, receipt, consent, at: version))
        #expect(try house.store.read { try $0.count(.packet) } == 1)
    }

    @Test func `what the service is never sent does not leave, though she agreed`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        // No psychological service is sent her nationality or the time since the incident (F7).
        let (consent, version) = try await house.recordedConsent(
            house.stated([.ageBand, .nationality, .timeSinceIncident]),
            in: receipt
        )
        let (error, entry) = try await house.refused(
            file(house, receipt, consent, at: version, items: [.ageBand, .nationality, .timeSinceIncident])
        )
        #expect(error == .gated(code: "items_not_allowed_for_service", items: ["nationality", "time_since_incident"]))
        #expect(entry.sentence == "worker referral.file case denied items_not_allowed_for_service assigned referral")
        try expectNothingLeft(house)
        _ = try await house.one(file(house, receipt, consent, at: version, items: [.ageBand]))
    }

    @Test func `a consent for another service or another recipient lets nothing out`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (other, first) = try await house.recordedConsent(house.stated(recipient: Invented.dunes), in: receipt)
        let (recipient, _) = try await house.refused(file(house, receipt, other, at: first))
        #expect(recipient == .gated(code: "consent_other_recipient", items: []))
        let made = try await house.deployment.consents.record(
            house.stated(code: "PSY-THERAPY"),
            in: receipt.id,
            at: first,
            by: house.session(.worker),
            request: house.deployment.newRequest(),
            once: house.once()
        )
        let (service, entry) = try await house.refused(file(house, receipt, made.consent, at: made.version))
        #expect(service == .gated(code: "consent_other_service", items: []))
        #expect(entry.sentence == "worker referral.file case denied consent_other_service assigned referral")
        try expectNothingLeft(house)
    }

    @Test func `an expired consent lets nothing out, and one second before it does`() async throws {
        for (seconds, isLive) in [(3599.0, true), (3600.0, false)] {
            let house = try await House.founded()
            let receipt = try await house.openedCase()
            let end = house.clock.now.addingTimeInterval(3600)
            let (consent, version) = try await house.recordedConsent(house.stated(expiresAt: end), in: receipt)
            house.clock.advance(seconds: seconds)
            if isLive {
                _ = try await house.one(file(house, receipt, consent, at: version))
            } else {
                let (error, entry) = try await house.refused(file(house, receipt, consent, at: version))
                #expect(error == .gated(code: "consent_expired", items: []))
                #expect(entry.sentence == "worker referral.file case denied consent_expired assigned referral")
                try expectNothingLeft(house)
            }
        }
    }

    @Test func `a consent of another case is not known here`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let other = try await house.openedCase(called: "other")
        let (consent, _) = try await house.recordedConsent(in: other)
        let (error, entry) = try await house.refused(file(house, receipt, consent, at: 1))
        #expect(error == .invalid(field: "/consent", what: "write the id of a consent of this case"))
        #expect(entry.sentence == "worker referral.file case failed invalid assigned referral")
        try expectNothingLeft(house)
    }

    // MARK: - Who consents

    @Test func `a caregiver consents for a child with her assent, an accused caregiver does not`() async throws {
        for isAccused in [false, true] {
            let house = try await House.founded()
            let party = PartyID("zz-test-caregiver")
            let receipt = try await house.openedCase(
                house.opening(
                    age: 9,
                    conflicts: ConflictFacts(
                        allegedPerpetrators: isAccused ? [AllegedPerpetrator(party: party, isCaregiver: true)] : []
                    )
                )
            )
            func consent(_ assent: Assent) throws -> StatedConsent {
                try house.stated(giver: .caregiver, giverParty: party, form: .spoken, assent: assent)
            }
            func record(_ assent: Assent) -> (Deployment, RequestID) async throws -> CaseReceipt {
                { deployment, request in
                    try await deployment.consents.record(
                        consent(assent),
                        in: receipt.id,
                        at: 1,
                        by: house.session(.worker),
                        request: request,
                        once: house.once()
                    )
                }
            }
            if isAccused {
                let (error, entry) = try await house.refused(record(.given(.spoken, at: house.clock.now)))
                #expect(error == .gated(code: "consent_giver_accused", items: ["consent_giver_accused"]))
                #expect(
                    entry.sentence
                        == "worker consent.record case denied consent_giver_accused assigned case_management"
                )
            } else {
                let (error, _) = try await house.refused(record(.notAsked))
                #expect(error == .gated(code: "assent_missing", items: ["assent_missing"]))
                let (refused, _) = try await house.refused(record(.refused(at: house.clock.now)))
                #expect(refused == .gated(code: "assent_refused", items: ["assent_refused"]))
                _ = try await house.one(record(.given(.spoken, at: house.clock.now)))
            }
        }
    }

    @Test func `a caregiver who is accused after consenting has consented to nothing`() async throws {
        let house = try await House.founded()
        let party = PartyID("zz-test-caregiver")
        let receipt = try await house.openedCase(house.opening(age: 9))
        let (consent, version) = try await house.recordedConsent(
            house.stated(
                giver: .caregiver,
                giverParty: party,
                form: .spoken,
                assent: .given(.spoken, at: house.clock.now)
            ),
            in: receipt
        )
        try await house.change(receipt.id) { book in
            book.file.conflicts = try ConflictFacts(
                allegedPerpetrators: [AllegedPerpetrator(party: party, isCaregiver: true)]
            )
        }
        let (error, entry) = try await house.refused(file(house, receipt, consent, at: version + 1))
        #expect(error == .gated(code: "consent_giver_accused", items: []))
        #expect(entry.sentence == "worker referral.file case denied consent_giver_accused assigned referral")
        try expectNothingLeft(house)
    }

    @Test func `a young person of sixteen gives her own written consent, and a spoken one does not do`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (error, entry) = try await house.refused {
            try await $0.consents.record(
                house.stated(form: .spoken),
                in: receipt.id,
                at: 1,
                by: house.session(.worker),
                request: $1,
                once: house.once()
            )
        }
        #expect(error == .gated(code: "consent_not_written", items: ["consent_not_written"]))
        #expect(entry.sentence == "worker consent.record case denied consent_not_written assigned case_management")
        _ = try await house.recordedConsent(in: receipt)
    }

    // MARK: - Conflicts

    @Test(arguments: [false, true])
    func `a conflict that came up after the match stops the filing`(isAccused: Bool) async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (consent, version) = try await house.recordedConsent(in: receipt)
        let need = try #require(receipt.needs.first).id
        let matched = try await house.deployment.matches.matches(
            for: need,
            in: receipt.id,
            by: house.session(.worker),
            request: house.deployment.newRequest()
        )
        #expect(matched.answer.options.contains { $0.option.service == Invented.counselling })
        try await house.change(receipt.id) { book in
            book.file.conflicts =
                isAccused
                ? try ConflictFacts(
                    allegedPerpetrators: [
                        AllegedPerpetrator(party: PartyID("zz-test-man"), organizations: [Invented.lantern])
                    ]
                )
                : try ConflictFacts(avoidedOrganizations: [Invented.lantern])
        }
        // With the version that was read before the conflict it is stale, with the newest it is excluded.
        let (stale, _) = try await house.refused(file(house, receipt, consent, at: version))
        #expect(stale == .stale)
        let (error, entry) = try await house.refused(file(house, receipt, consent, at: version + 1))
        guard case .gated(code: "service_excluded", let items)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!items.isEmpty)
        #expect(entry.sentence == "worker referral.file case denied service_excluded assigned referral")
        try expectNothingLeft(house)
        let again = try await house.deployment.matches.matches(
            for: need,
            in: receipt.id,
            by: house.session(.worker),
            request: house.deployment.newRequest()
        )
        #expect(!again.answer.options.contains { $0.option.service == Invented.counselling })
    }

    @Test func `a service without a desk here is not referred to, and an unknown one neither`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (consent, version) = try await house.recordedConsent(house.stated(recipient: Invented.dunes), in: receipt)
        let (error, entry) = try await house.refused(
            file(house, receipt, consent, at: version, service: Invented.faraway)
        )
        #expect(error == .gated(code: "no_desk", items: []))
        #expect(entry.sentence == "worker referral.file case denied no_desk assigned referral")
        let (unknown, _) = try await house.refused(
            file(house, receipt, consent, at: version, service: ServiceID("zz-test-nowhere"))
        )
        #expect(unknown == .invalid(field: "/service", what: "write the id of a service that the match listed"))
        try expectNothingLeft(house)
    }

    @Test func `a packet for people of an agency abroad needs her agreement to that, though the service is here`()
        async throws
    {
        let house = try await House.founded()
        // The desk's agency is found in another country.
        let office = house.deployment.office
        try house.plant(
            office.rows.row(
                AgencyRecord(id: house.founded.away, name: "Away (invented)", country: "NP"),
                .agency,
                id: house.founded.away.bytes
            )
        )
        let receipt = try await house.openedCase()
        let (home, first) = try await house.recordedConsent(in: receipt)
        let (error, entry) = try await house.refused(file(house, receipt, home, at: first))
        #expect(error == .gated(code: "consent_not_for_abroad", items: []))
        #expect(entry.sentence == "worker referral.file case denied consent_not_for_abroad assigned referral")
        try expectNothingLeft(house)
        let stated = StatedConsent(
            code: try Invented.code("PSY-ONLINE"),
            recipient: Invented.lantern,
            items: [.ageBand, .alias],
            allowsSendingAbroad: true,
            giver: .survivor,
            form: .written,
            limitsExplainedAt: house.clock.now
        )
        let made = try await house.deployment.consents.record(
            stated,
            in: receipt.id,
            at: first,
            by: house.session(.worker),
            request: house.deployment.newRequest(),
            once: house.once()
        )
        _ = try await house.one(file(house, receipt, made.consent, at: made.version))
    }

    @Test func `a service that does not offer what she needs is not referred to`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (consent, version) = try await house.recordedConsent(house.stated(recipient: Invented.dunes), in: receipt)
        let (error, _) = try await house.refused(file(house, receipt, consent, at: version, service: Invented.shelter))
        guard case .gated(code: "service_excluded", _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        try expectNothingLeft(house)
    }

    // MARK: - Danger to life

    @Test func `where life is in danger and nobody could be asked the minimum leaves, and not one item more`()
        async throws
    {
        let house = try await House.founded()
        let receipt = try await house.openedCase(house.opening(needs: [house.need("MED-EMERG", inDanger: true)]))
        let (error, entry) = try await house.refused(
            file(house, receipt, nil, at: 1, items: [.ageBand, .name], service: Invented.clinic)
        )
        #expect(error == .gated(code: "beyond_minimum", items: ["name"]))
        #expect(entry.sentence == "worker referral.file case denied beyond_minimum assigned referral")
        try expectNothingLeft(house)
        let (filed, filing) = try await house.one(
            file(house, receipt, nil, at: 1, items: [.ageBand, .area, .safeContact], service: Invented.clinic)
        )
        let referral = try #require(filed.referral).routing.referral
        house.call(referral.text, "referral")
        #expect(
            filing.sentence == "worker referral.file case permitted referral.file:assigned_life_in_danger assigned "
                + "referral handles=referral"
        )
        let intake = try house.session(.intake)
        _ = try await house.deployment.intake.accept(
            referral,
            at: nil,
            by: intake,
            request: house.deployment.newRequest()
        )
        let (packet, opened) = try await house.one {
            try await $0.intake.packet(of: referral, by: intake, request: $1)
        }
        #expect(packet.items == [.ageBand, .area, .safeContact])
        #expect(packet.consent == nil)
        #expect(opened.sentence == "intake packet.open referral permitted packet.open:desk receiving_desk referral")
        // Until the review, and not a second longer.
        house.clock.advance(seconds: 24 * 3600)
        let (late, lateEntry) = try await house.refused {
            try await $0.intake.packet(of: referral, by: intake, request: $1)
        }
        #expect(late == .gated(code: "consent_expired", items: []))
        #expect(lateEntry.sentence == "intake packet.open referral denied consent_expired receiving_desk referral")
    }

    @Test func `a need that is not a danger to life does not open that way`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase(house.opening(needs: [house.need("MED-EMERG")]))
        let (error, _) = try await house.refused(
            file(house, receipt, nil, at: 1, items: [.ageBand], service: Invented.clinic)
        )
        #expect(error == .gated(code: "consent_not_asked", items: []))
        try expectNothingLeft(house)
    }

    // MARK: - The packet at the desk

    @Test func `the desk opens the packet after accepting and before the end, not earlier and not later`() async throws
    {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        let intake = try house.session(.intake)
        func open() -> (Deployment, RequestID) async throws -> ReferralPacket {
            { try await $0.intake.packet(of: sent.referral, by: intake, request: $1) }
        }
        let (early, entry) = try await house.refused(open())
        #expect(early == .wrongState(code: "packet_not_released"))
        #expect(entry.sentence == "intake packet.open referral denied packet_not_released receiving_desk referral")
        _ = try await house.one { try await $0.intake.accept(sent.referral, at: nil, by: intake, request: $1) }
        _ = try await house.one(open())
        _ = try await house.one {
            try await $0.intake.complete(sent.referral, onWordOf: .receiver, at: nil, by: intake, request: $1)
        }
        let (late, lateEntry) = try await house.refused(open())
        #expect(late == .wrongState(code: "packet_not_released"))
        #expect(lateEntry.sentence == "intake packet.open referral denied packet_not_released receiving_desk referral")
    }

    @Test func `a packet closes when the consent runs out`() async throws {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral(expiresAt: house.clock.now.addingTimeInterval(7200))
        let intake = try house.session(.intake)
        house.clock.advance(seconds: 7199)
        _ = try await house.one { try await $0.intake.packet(of: sent.referral, by: intake, request: $1) }
        house.clock.advance(seconds: 1)
        let (error, entry) = try await house.refused {
            try await $0.intake.packet(of: sent.referral, by: intake, request: $1)
        }
        #expect(error == .gated(code: "consent_expired", items: []))
        #expect(
            entry.sentence
                == "intake packet.open referral denied consent_expired receiving_desk referral consent=consent"
        )
    }

    @Test func `the sender takes a referral back once, and the desk finds it revoked`() async throws {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral()
        let worker = try house.session(.worker)
        let (_, entry) = try await house.one {
            try await $0.referrals.revoke(sent.referral, at: nil, by: worker, request: $1)
        }
        #expect(
            entry.sentence
                == "worker referral.revoke referral permitted referral.revoke:assigned assigned referral consent=consent"
        )
        let (again, second) = try await house.refused {
            try await $0.referrals.revoke(sent.referral, at: nil, by: worker, request: $1)
        }
        #expect(again == .wrongState(code: "referral_is_revoked"))
        #expect(
            second.sentence
                == "worker referral.revoke referral failed referral_is_revoked assigned referral consent=consent"
        )
        let (error, _) = try await house.refused {
            try await $0.intake.packet(of: sent.referral, by: house.session(.intake), request: $1)
        }
        #expect(error == .wrongState(code: "packet_not_released"))
    }
}
