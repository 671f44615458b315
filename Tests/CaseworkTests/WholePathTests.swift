import Audit
import Care
import Directory
import Foundation
import Matching
import Testing

@testable import Casework

/// From the first call to the closed loop, each act with the one entry that it leaves.
@Suite struct WholePathTests {
    @Test(arguments: [false, true])
    func `a case goes from opening to a completed referral, and each act leaves its one entry`(onDisk: Bool)
        async throws
    {
        let house = try await House.founded(onDisk: onDisk)
        let worker = try house.session(.worker)
        let intake = try house.session(.intake)

        let (receipt, opened) = try await house.one { deployment, request in
            try await deployment.cases.open(house.opening(), by: worker, request: request, once: house.once())
        }
        house.call(receipt.id.text, "case")
        #expect(
            opened.sentence
                == "worker case.open team permitted case.open:caseworker same_team case_management handles=case"
        )
        #expect(receipt.version == 1)
        #expect(receipt.needs.map(\.code.text) == ["PSY-ONLINE"])

        let (added, need) = try await house.one { deployment, request in
            try await deployment.cases.record(
                house.need("SOC-SHELTER"),
                in: receipt.id,
                at: receipt.version,
                by: worker,
                request: request,
                once: house.once()
            )
        }
        #expect(need.sentence == "worker need.record case permitted need.record:assigned assigned case_management")
        #expect(added.version == 2)
        #expect(added.needs.map(\.code.text) == ["SOC-SHELTER"])

        let (consented, consent) = try await house.one { deployment, request in
            try await deployment.consents.record(
                house.stated(),
                in: receipt.id,
                at: added.version,
                by: worker,
                request: request,
                once: house.once()
            )
        }
        let consentID = try #require(consented.consent)
        house.call(consentID.text, "consent")
        #expect(
            consent.sentence
                == "worker consent.record case permitted consent.record:assigned assigned case_management consent=consent"
        )

        let needID = try #require(receipt.needs.first).id
        let (matched, match) = try await house.one { deployment, request in
            try await deployment.matches.matches(for: needID, in: receipt.id, by: worker, request: request)
        }
        #expect(
            match.sentence == "worker services.match case permitted services.match:assigned assigned case_management "
                + "count=\(matched.answer.options.count) "
                + "handles=\(matched.record.handles(for: needID).joined(separator: ","))"
        )
        #expect(matched.answer.options.contains { $0.option.service == Invented.counselling })
        #expect(matched.listed.withDesk.contains(Invented.counselling))
        #expect(!matched.listed.withDesk.contains(Invented.faraway))

        let (filed, filing) = try await house.one { deployment, request in
            try await deployment.referrals.file(
                house.filing(receipt, consentID),
                in: receipt.id,
                at: consented.version,
                by: worker,
                request: request,
                once: house.once()
            )
        }
        let referral = try #require(filed.referral).routing.referral
        house.call(referral.text, "referral")
        #expect(
            filing.sentence == "worker referral.file case permitted referral.file:assigned assigned referral "
                + "handles=referral consent=consent"
        )
        #expect(filed.referral?.routing.state == .sent)
        #expect(filing.entry.envelope != nil)

        let (inbox, listed) = try await house.one { deployment, request in
            try await deployment.intake.list(.inbox, for: intake, request: request)
        }
        #expect(
            listed.sentence
                == "intake referral.list - permitted referral.list:intake none referral count=1 handles=referral"
        )
        #expect(inbox.map(\.routing.referral) == [referral])
        #expect(inbox.first?.caseID == nil)
        #expect(inbox.first?.routing.ageBand == .from15To17)

        let (summary, read) = try await house.one { deployment, request in
            try await deployment.intake.read(referral, by: intake, request: request)
        }
        #expect(read.sentence == "intake referral.read referral permitted referral.read:desk receiving_desk referral")
        #expect(summary.caseID == nil)

        let (accepted, acceptance) = try await house.one { deployment, request in
            try await deployment.intake.accept(referral, at: summary.version, by: intake, request: request)
        }
        #expect(
            acceptance.sentence
                == "intake referral.accept referral permitted referral.accept:desk receiving_desk referral "
                + "consent=consent"
        )
        #expect(accepted.routing.state == .accepted)

        let (packet, opening) = try await house.one { deployment, request in
            try await deployment.intake.packet(of: referral, by: intake, request: request)
        }
        #expect(
            opening.sentence
                == "intake packet.open referral permitted packet.open:desk receiving_desk referral consent=consent"
        )
        #expect(packet.items == [.ageBand, .alias, .safeContact])
        #expect(packet.fields.contains(.alias(Invented.alias)))
        #expect(packet.fields.contains(.safeContact(try house.contact())))
        #expect(packet.sender.callBack == Invented.callBack)

        let (completed, completion) = try await house.one { deployment, request in
            try await deployment.intake.complete(
                referral,
                onWordOf: .receiver,
                at: accepted.version,
                by: intake,
                request: request
            )
        }
        #expect(
            completion.sentence == "intake referral.complete referral permitted referral.complete:desk receiving_desk "
                + "referral consent=consent"
        )
        #expect(completed.routing.state == .completed)
        #expect(try !house.hasPacket(referral))

        let (reading, last) = try await house.one { deployment, request in
            try await deployment.cases.read(receipt.id, by: worker, request: request)
        }
        #expect(last.sentence == "worker case.read case permitted case.read:assigned assigned case_management")
        #expect(reading.file.identity.name == Invented.name)
        #expect(reading.file.content.notes.map(\.text) == [Invented.note])
        #expect(reading.consents.map(\.id) == [consentID])
        #expect(reading.referrals.map(\.state) == [.completed])
    }

    @Test func `a supervisor of the team does what the worker does, under rules of her own`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let supervisor = try house.session(.supervisor)
        let (consented, entry) = try await house.one { deployment, request in
            try await deployment.consents.record(
                house.stated(),
                in: receipt.id,
                at: receipt.version,
                by: supervisor,
                request: request,
                once: house.once()
            )
        }
        let consent = try #require(consented.consent)
        house.call(consent.text, "consent")
        #expect(
            entry.sentence == "supervisor consent.record case permitted consent.record:supervisor supervisor "
                + "case_management consent=consent"
        )
        let (filed, filing) = try await house.one { deployment, request in
            try await deployment.referrals.file(
                house.filing(receipt, consent),
                in: receipt.id,
                at: consented.version,
                by: supervisor,
                request: request,
                once: house.once()
            )
        }
        let referral = try #require(filed.referral).routing.referral
        house.call(referral.text, "referral")
        #expect(
            filing.sentence == "supervisor referral.file case permitted referral.file:supervisor supervisor referral "
                + "handles=referral consent=consent"
        )
        // The worker it is assigned to may take back what the supervisor sent.
        let (revoked, revocation) = try await house.one { deployment, request in
            try await deployment.referrals.revoke(referral, at: nil, by: house.session(.worker), request: request)
        }
        #expect(
            revocation.sentence
                == "worker referral.revoke referral permitted referral.revoke:assigned assigned referral consent=consent"
        )
        #expect(revoked.routing.state == .revoked)
        #expect(try !house.hasPacket(referral))
    }

    @Test func `a look-up without a case says what was looked up and nothing of who called`() async throws {
        let house = try await House.founded()
        let helpline = try house.session(.helpline)
        let (answer, entry) = try await house.one { deployment, request in
            try await deployment.lookups.services(
                for: LookupQuery(
                    country: Invented.country("LK"),
                    needs: [Invented.code("PSY-ONLINE")],
                    age: 13,
                    avoidOrganizations: [Invented.dunes],
                    at: house.clock.now
                ),
                by: helpline,
                request: request
            )
        }
        #expect(
            entry.sentence == "helpline services.look_up LK permitted services.look_up:helpline none helpline "
                + "count=\(answer.services.count) handles=PSY-ONLINE"
        )
        let text = String(decoding: entry.entry.bytes, as: UTF8.self)
        #expect(!text.contains("dunes"))
        let (page, reading) = try await house.one { deployment, request in
            try await deployment.lookups.country(Invented.country("LK"), for: helpline, request: request)
        }
        #expect(page.isRecorded)
        #expect(reading.sentence == "helpline country.read LK permitted country.read:staff none helpline")
    }

    @Test func `the desk declines with a reason, and the packet is gone`() async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        let (declined, entry) = try await house.one { deployment, request in
            try await deployment.intake.decline(
                sent.referral,
                because: .noCapacity,
                at: 1,
                by: house.session(.intake),
                request: request
            )
        }
        #expect(
            entry.sentence
                == "intake referral.decline referral permitted referral.decline:desk receiving_desk referral "
                + "consent=consent"
        )
        #expect(declined.routing.state == .declined)
        #expect(try !house.hasPacket(sent.referral))
    }
}
