import Audit
import Care
import Directory
import Foundation
import Store
import Testing

@testable import Casework

/// Taking a consent back: it always works, it is recorded once, and nothing that rests on it leaves afterwards (N8,
/// DECISIONS 7).
@Suite struct WithdrawalTests {
    private func withdraw(_ sent: House.Sent, in house: House, by person: House.Person = .worker) async throws {
        _ = try await house.deployment.consents.withdraw(
            sent.consent,
            in: sent.id,
            by: house.session(person),
            request: house.deployment.newRequest()
        )
    }

    private func state(_ referral: ReferralID, in house: House) throws -> ReferralState {
        let row = try #require(try house.stored(.referralRouting, referral.bytes))
        return try house.deployment.office.rows.open(ReferralRow.self, row).referral.state
    }

    @Test func `a withdrawal revokes the referral and deletes its packet, with one entry`() async throws {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral()
        #expect(try house.hasPacket(sent.referral))
        let (receipt, entry) = try await house.one { deployment, request in
            try await deployment.consents.withdraw(
                sent.consent,
                in: sent.id,
                by: house.session(.worker),
                request: request
            )
        }
        #expect(
            entry.sentence
                == "worker consent.withdraw case permitted consent.withdraw:assigned assigned case_management "
                + "count=1 handles=referral consent=consent"
        )
        #expect(entry.entry.envelope != nil)
        #expect(receipt.consent == sent.consent)
        #expect(receipt.version == sent.version + 1)
        #expect(try !house.hasPacket(sent.referral))
        #expect(try state(sent.referral, in: house) == .revoked)
        let row = try #require(try house.stored(.caseRouting, sent.id.bytes))
        let routing = try house.deployment.office.rows.open(CaseRow.self, row).routing
        #expect(routing.consents.map(\.isWithdrawn) == [true])
    }

    @Test func `a withdrawal works a second time and changes nothing`() async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        try await withdraw(sent, in: house)
        house.clock.advance(hours: 1)
        let (receipt, entry) = try await house.one { deployment, request in
            try await deployment.consents.withdraw(
                sent.consent,
                in: sent.id,
                by: house.session(.supervisor),
                request: request
            )
        }
        #expect(
            entry.sentence == "supervisor consent.withdraw case permitted consent.withdraw:supervisor supervisor "
                + "case_management consent=consent"
        )
        #expect(receipt.version == sent.version + 1)
        let reading = try await house.deployment.cases.read(
            sent.id,
            by: house.session(.worker),
            request: house.deployment.newRequest()
        )
        #expect(reading.consents.map(\.withdrawnAt) == [TestClock.start])
    }

    @Test func `after a withdrawal nothing is filed, accepted or opened on it`() async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        try await withdraw(sent, in: house)
        let (accepting, acceptance) = try await house.refused { deployment, request in
            try await deployment.intake.accept(sent.referral, at: nil, by: house.session(.intake), request: request)
        }
        #expect(accepting == .wrongState(code: "referral_is_revoked"))
        #expect(
            acceptance.sentence == "intake referral.accept referral failed referral_is_revoked receiving_desk referral "
                + "consent=consent"
        )
        let (opening, open) = try await house.refused { deployment, request in
            try await deployment.intake.packet(of: sent.referral, by: house.session(.intake), request: request)
        }
        #expect(opening == .wrongState(code: "packet_not_released"))
        #expect(open.sentence == "intake packet.open referral denied packet_not_released receiving_desk referral")
        let (filing, filed) = try await house.refused { deployment, request in
            try await deployment.referrals.file(
                house.filing(sent.receipt, sent.consent),
                in: sent.id,
                at: sent.version + 1,
                by: house.session(.worker),
                request: request,
                once: house.once()
            )
        }
        #expect(filing == .gated(code: "consent_withdrawn", items: []))
        #expect(filed.sentence == "worker referral.file case denied consent_withdrawn assigned referral")
    }

    @Test func `a packet that was opened before does not open after the withdrawal`() async throws {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral()
        let intake = try house.session(.intake)
        _ = try await house.deployment.intake.packet(
            of: sent.referral,
            by: intake,
            request: house.deployment.newRequest()
        )
        try await withdraw(sent, in: house)
        let (error, _) = try await house.refused { deployment, request in
            try await deployment.intake.packet(of: sent.referral, by: intake, request: request)
        }
        #expect(error == .wrongState(code: "packet_not_released"))
    }

    @Test func `many withdrawals and changes of one case at once all succeed, and each withdrawal is one entry`()
        async throws
    {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral()
        let size = try house.logSize
        let worker = try house.session(.worker)
        let supervisor = try house.session(.supervisor)
        let failures = await withTaskGroup(of: String?.self) { group in
            for number in 0..<8 {
                group.addTask {
                    do {
                        _ = try await house.deployment.consents.withdraw(
                            sent.consent,
                            in: sent.id,
                            by: number.isMultiple(of: 2) ? worker : supervisor,
                            request: house.deployment.newRequest()
                        )
                        return nil
                    } catch {
                        return "a withdrawal failed: \(error)"
                    }
                }
                group.addTask {
                    // Others change the case meanwhile; they may come too late, the withdrawal may not.
                    let version = try? house.store.read { try $0.version(.caseRouting, id: sent.id.bytes) }
                    _ = try? await house.deployment.cases.record(
                        house.need("SOC-SHELTER"),
                        in: sent.id,
                        at: version ?? 0,
                        by: worker,
                        request: house.deployment.newRequest(),
                        once: house.once()
                    )
                    return nil
                }
            }
            return await group.reduce(into: [String]()) { failures, failure in
                if let failure { failures.append(failure) }
            }
        }
        #expect(failures.isEmpty)
        let withdrawals = try house.entries(from: size).filter { $0.act == "consent.withdraw" }
        #expect(withdrawals.count == 8)
        #expect(withdrawals.allSatisfy { $0.outcome == .permitted })
        // Only the first did anything.
        #expect(withdrawals.filter { $0.count == 1 }.count == 1)
        #expect(try state(sent.referral, in: house) == .revoked)
        #expect(try !house.hasPacket(sent.referral))
    }

    @Test func `a case that changed while the withdrawal was being prepared does not stop it`() async throws {
        // On disk, where reading goes on beside a writer that waits.
        let house = try await House.founded(onDisk: true)
        let sent = try await house.acceptedReferral()
        let worker = try house.session(.worker)
        // The writer is kept busy with a change of the same case while the withdrawal is prepared against the old version.
        let isQueued = DispatchSemaphore(value: 0)
        async let busy: Void = house.deployment.office.ledger.perform(
            .listCases,
            by: worker.worker,
            on: .nothing,
            purpose: .caseManagement,
            request: house.deployment.newRequest(),
            prepare: { () throws(CaseworkError) in },
            commit: { _, _, transaction, _ in
                _ = isQueued.wait(timeout: .now() + 0.5)
                let row = try #require(try transaction.row(.caseRouting, id: sent.id.bytes))
                let office = house.deployment.office
                let moved = try office.rows.row(
                    office.rows.open(CaseRow.self, row),
                    .caseRouting,
                    id: row.id,
                    owner: row.owner,
                    version: row.version + 1
                )
                try transaction.put(moved, expecting: row.version)
            },
            reveal: { _, _ throws(CaseworkError) in }
        )
        async let withdrawn: Void = withdraw(sent, in: house)
        _ = try await busy
        try await withdrawn
        #expect(try state(sent.referral, in: house) == .revoked)
        #expect(try !house.hasPacket(sent.referral))
        #expect(!house.deployment.office.held.holds(sent.consent))
    }

    @Test func `a withdrawal still deletes the packets when a referral's own row is damaged`() async throws {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral()
        let row = try #require(try house.stored(.referralRouting, sent.referral.bytes))
        var sealed = row.sealed
        sealed[sealed.count - 1] ^= 1
        try house.plant(
            StoredRow(
                kind: row.kind,
                id: row.id,
                owner: row.owner,
                index: row.index,
                version: row.version,
                sealed: sealed
            )
        )
        try await withdraw(sent, in: house)
        #expect(try !house.hasPacket(sent.referral))
    }

    // MARK: - Who may

    @Test(arguments: [House.Person.outsider, .intake, .helpline, .auditor, .administrator, .secretariat])
    func `somebody with nothing to do with the case withdraws nothing, and the attempt is recorded`(
        person: House.Person
    ) async throws {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral()
        let (error, entry) = try await house.refused { deployment, request in
            try await deployment.consents.withdraw(
                sent.consent,
                in: sent.id,
                by: house.session(person),
                request: request
            )
        }
        let isCaseworker = person == .outsider
        #expect(error == (isCaseworker ? .notFound : .refused(code: "wrong_role")))
        #expect(
            entry.sentence == "\(person.rawValue) consent.withdraw case denied "
                + "\(isCaseworker ? "not_assigned" : "wrong_role") none case_management"
        )
        #expect(try state(sent.referral, in: house) == .accepted)
        #expect(try house.hasPacket(sent.referral))
        #expect(!house.deployment.office.held.holds(sent.consent))
    }

    @Test func `a withdrawal in a case that does not exist is recorded and not found`() async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        let missing = try #require(CaseID(bytes: [UInt8](repeating: 7, count: 16)))
        house.call(missing.text, "missing")
        let (error, entry) = try await house.refused { deployment, request in
            try await deployment.consents.withdraw(
                sent.consent,
                in: missing,
                by: house.session(.worker),
                request: request
            )
        }
        #expect(error == .notFound)
        #expect(entry.sentence == "worker consent.withdraw missing denied not_assigned none case_management")
    }

    @Test func `a withdrawal of a consent that the case does not have is recorded and not found`() async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        let missing = try #require(ConsentID(bytes: [UInt8](repeating: 7, count: 16)))
        let (error, entry) = try await house.refused { deployment, request in
            try await deployment.consents.withdraw(missing, in: sent.id, by: house.session(.worker), request: request)
        }
        #expect(error == .notFound)
        #expect(entry.sentence == "worker consent.withdraw case denied not_found assigned case_management")
        #expect(!house.deployment.office.held.holds(missing))
    }

    @Test(arguments: [House.Person.colleague, .focalPoint])
    func `a colleague of the team withdraws for her, and one who is not assigned as focal point does not`(
        person: House.Person
    ) async throws {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral()
        if person == .colleague {
            let (_, entry) = try await house.one { deployment, request in
                try await deployment.consents.withdraw(
                    sent.consent,
                    in: sent.id,
                    by: house.session(person),
                    request: request
                )
            }
            #expect(
                entry.sentence == "colleague consent.withdraw case permitted consent.withdraw:same_team same_team "
                    + "case_management count=1 handles=referral consent=consent"
            )
        } else {
            let (error, entry) = try await house.refused { deployment, request in
                try await deployment.consents.withdraw(
                    sent.consent,
                    in: sent.id,
                    by: house.session(person),
                    request: request
                )
            }
            #expect(error == .notFound)
            #expect(entry.sentence == "focalPoint consent.withdraw case denied not_assigned same_team case_management")
        }
    }

    // MARK: - When nothing can be recorded

    @Test func `a withdrawal that cannot be recorded stops filing and opening at once, until it is`() async throws {
        guard let disk = try SmallDisk(kilobytes: 6144) else { return }
        let house = try await House.founded(in: disk.scratch)
        let sent = try await house.acceptedReferral()
        let worker = try house.session(.worker)
        let intake = try house.session(.intake)
        #expect(disk.fill())
        let size = try house.logSize
        // What is left in the pages of the log may take a few acts yet.
        let query = LookupQuery(country: try Invented.country("LK"), needs: [], at: house.clock.now)
        var error: CaseworkError?
        for _ in 0..<200 where error == nil {
            do throws(CaseworkError) {
                _ = try await house.deployment.lookups.services(
                    for: query,
                    by: worker,
                    request: house.deployment.newRequest()
                )
            } catch let found {
                error = found
            }
        }
        #expect(error == .auditUnavailable)
        await #expect(throws: CaseworkError.withdrawalNotRecorded) {
            try await house.deployment.consents.withdraw(
                sent.consent,
                in: sent.id,
                by: worker,
                request: house.deployment.newRequest()
            )
        }
        #expect(house.deployment.office.held.holds(sent.consent))
        #expect(try state(sent.referral, in: house) == .accepted)
        #expect(try house.entries(from: size).allSatisfy { $0.act != "consent.withdraw" })

        // The disk has room again, but nobody has repeated the withdrawal: nothing leaves.
        disk.clear()
        let (opening, open) = try await house.refused { deployment, request in
            try await deployment.intake.packet(of: sent.referral, by: intake, request: request)
        }
        #expect(opening == .gated(code: "consent_withdrawn", items: []))
        #expect(
            open.sentence
                == "intake packet.open referral denied consent_withdrawn receiving_desk referral consent=consent"
        )
        let (filing, filed) = try await house.refused { deployment, request in
            try await deployment.referrals.file(
                house.filing(sent.receipt, sent.consent),
                in: sent.id,
                at: sent.version,
                by: worker,
                request: request,
                once: house.once()
            )
        }
        #expect(filing == .gated(code: "consent_withdrawn", items: []))
        #expect(filed.sentence == "worker referral.file case denied consent_withdrawn assigned referral")

        // Somebody who may not withdraw it does not lift the hold.
        for person in [House.Person.outsider, .focalPoint, .auditor] {
            _ = try await house.refused { deployment, request in
                try await deployment.consents.withdraw(
                    sent.consent,
                    in: sent.id,
                    by: house.session(person),
                    request: request
                )
            }
            #expect(house.deployment.office.held.holds(sent.consent))
        }

        // Repeated, it is recorded once.
        let (_, entry) = try await house.one { deployment, request in
            try await deployment.consents.withdraw(sent.consent, in: sent.id, by: worker, request: request)
        }
        #expect(
            entry.sentence
                == "worker consent.withdraw case permitted consent.withdraw:assigned assigned case_management "
                + "count=1 handles=referral consent=consent"
        )
        #expect(try state(sent.referral, in: house) == .revoked)
        #expect(!house.deployment.office.held.holds(sent.consent))
        try house.deployment.close()
    }

    @Test func `a desk cannot accept while a withdrawal waits to be recorded`() async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        house.deployment.office.held.hold(sent.consent)
        let (error, entry) = try await house.refused { deployment, request in
            try await deployment.intake.accept(sent.referral, at: nil, by: house.session(.intake), request: request)
        }
        #expect(error == .gated(code: "consent_withdrawn", items: []))
        #expect(
            entry.sentence == "intake referral.accept referral denied consent_withdrawn receiving_desk referral "
                + "consent=consent"
        )
        #expect(try state(sent.referral, in: house) == .sent)
    }
}
