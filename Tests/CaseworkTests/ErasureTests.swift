import Audit
import Care
import Foundation
import Store
import Testing

@testable import Casework
@testable import Sealing

/// Ending a case for good: after it no copy opens, whoever may ask is decided, and an erasure that was cut short anywhere is
/// finished by the next start.
@Suite struct ErasureTests {
    private func erase(
        _ house: House,
        _ id: CaseID,
        at version: Int,
        because reason: ErasureReason = .survivorAsked,
        by person: House.Person = .supervisor
    ) async throws -> ErasureDesk.Erased {
        try await house.deployment.erasures.erase(
            id,
            because: reason,
            at: version,
            by: house.confirmed(person),
            request: house.deployment.newRequest()
        )
    }

    private func version(_ house: House, _ id: CaseID) throws -> Int {
        try #require(try house.store.read { try $0.version(.caseRouting, id: id.bytes) })
    }

    private func rows(_ store: Store) throws -> [StoredRow] {
        try store.read { reading in
            try (UInt8.min...UInt8.max).flatMap { try reading.rows(RowKind(rawValue: $0), limit: 10_000) }
        }
    }

    // MARK: Who may

    @Test func `a supervisor of the team erases a case and the log says that it began and that it is done`()
        async throws
    {
        let house = try await House.founded(onDisk: true)
        let sent = try await house.acceptedReferral()
        let size = try house.logSize
        let erased = try await erase(house, sent.id, at: version(house, sent.id))
        #expect(erased.isFinished)
        #expect(erased.referrals == [sent.referral])
        #expect(erased.released == [sent.referral])
        #expect(
            try house.sentences(from: size) == [
                "supervisor case.erase case permitted case.erase:supervisor supervisor record_keeping count=1 "
                    + "handles=reason:survivor_asked,referral",
                "none case.erased case permitted team none record_keeping handles=reason:survivor_asked",
            ]
        )
        let done = try #require(try house.entries(from: size).last)
        let manifest = try house.deployment.office.vault.manifest
        #expect(done.envelope == manifest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined())
        let gone = try await house.refused {
            try await $0.cases.read(sent.id, by: house.session(.worker), request: $1)
        }
        #expect(gone.error == .notFound)
        let desk = try await house.refused {
            try await $0.intake.packet(of: sent.referral, by: house.session(.intake), request: $1)
        }
        #expect(desk.error == .notFound)
    }

    @Test(arguments: [House.Person.worker, .colleague, .intake, .helpline, .auditor, .administrator, .outsider])
    func `nobody else erases a case`(_ person: House.Person) async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let before = try rows(house.store)
        let refused = try await house.refused {
            try await $0.erasures.erase(
                receipt.id,
                because: .survivorAsked,
                at: receipt.version,
                by: house.confirmed(person),
                request: $1
            )
        }
        #expect(refused.error == .refused(code: "wrong_role"))
        #expect(refused.entry.entry.outcome == .denied)
        #expect(try rows(house.store) == before)
    }

    @Test func `a session that was not confirmed a moment ago erases nothing`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let refused = try await house.refused {
            try await $0.erasures.erase(
                receipt.id,
                because: .survivorAsked,
                at: receipt.version,
                by: house.session(.supervisor),
                request: $1
            )
        }
        #expect(refused.error == .confirmationNeeded)
        #expect(try version(house, receipt.id) == receipt.version)
    }

    @Test func `a supervisor whom she named cannot erase what she said of them`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase(
            house.opening(conflicts: ConflictFacts(avoidedStaff: [house.staff(.supervisor)]))
        )
        let refused = try await house.refused {
            try await $0.erasures.erase(
                receipt.id,
                because: .survivorAsked,
                at: receipt.version,
                by: house.confirmed(.supervisor),
                request: $1
            )
        }
        #expect(refused.error == .notFound)
        #expect(refused.entry.entry.rule == "barred")
        #expect(try version(house, receipt.id) == receipt.version)
    }

    @Test func `a case that moved on is not erased, nor one that is kept too short a time`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let stale = try await house.refused {
            try await $0.erasures.erase(
                receipt.id,
                because: .survivorAsked,
                at: receipt.version + 1,
                by: house.confirmed(.supervisor),
                request: $1
            )
        }
        #expect(stale.error == .stale)
        let open = try await house.refused {
            try await $0.erasures.erase(
                receipt.id,
                because: .retentionOver,
                at: receipt.version,
                by: house.confirmed(.supervisor),
                request: $1
            )
        }
        #expect(open.error == .wrongState(code: "case_not_closed"))
        #expect(try version(house, receipt.id) == receipt.version)
    }

    @Test func `the operator erases on an order, and a case that is not there is none`() async throws {
        let house = try await House.founded(onDisk: true)
        let sent = try await house.sentReferral()
        let size = try house.logSize
        let erased = try house.deployment.erasures.eraseByOrder(
            sent.id,
            because: .lawfulOrder,
            request: house.deployment.newRequest()
        )
        #expect(erased.isFinished && erased.released.isEmpty)
        #expect(
            try house.sentences(from: size) == [
                "none case.erase case permitted order none record_keeping count=1 "
                    + "handles=reason:lawful_order,referral",
                "none case.erased case permitted order none record_keeping handles=reason:lawful_order",
            ]
        )
        #expect(throws: CaseworkError.notFound) {
            _ = try house.deployment.erasures.eraseByOrder(
                sent.id,
                because: .lawfulOrder,
                request: house.deployment.newRequest()
            )
        }
    }

    // MARK: What is left

    @Test func `after an erasure the store holds no row that was not there before the case`() async throws {
        let house = try await House.founded(onDisk: true)
        func kinds() throws -> [StoredRow] { try rows(house.store).filter { $0.kind != .idempotency } }
        let before = try kinds()
        let other = try await house.openedCase(called: "other")
        let between = try kinds()
        #expect(between.count > before.count)
        let sent = try await house.acceptedReferral()
        #expect(try kinds().count > between.count + 5)
        _ = try await erase(house, sent.id, at: version(house, sent.id))
        #expect(try kinds() == between)
        // Her neighbour's case opens as before, under the new vault key, also after a restart.
        _ = try await house.deployment.cases.read(
            other.id,
            by: house.session(.worker),
            request: house.deployment.newRequest()
        )
        try house.deployment.close()
        let again = try house.reopened()
        _ = try await again.deployment.cases.read(
            other.id,
            by: again.session(.worker),
            request: again.deployment.newRequest()
        )
        #expect(throws: CaseworkError.notFound) {
            _ = try again.deployment.office.vault.eraseSecret(of: sent.id)
        }
    }

    /// What a case leaves on the disk while it is there: its wraps, sheets and packet as they are sealed, its erase secret
    /// as it is sealed and in clear, and its case secrets in clear.
    private func traces(of id: CaseID, in house: House) throws -> [(label: String, bytes: [UInt8])] {
        let office = house.deployment.office
        var traces: [(String, [UInt8])] = []
        for row in try rows(house.store)
        where [.caseSecrets, .caseIdentity, .caseContact, .caseConflicts, .caseContent]
            .contains(row.kind) && row.id == id.bytes
        {
            traces.append(("row \(row.kind.rawValue)", row.sealed))
        }
        for kind in [RowKind.consent, .packet, .referralRouting, .caseRouting] {
            for row in try rows(house.store) where row.kind == kind {
                traces.append(("row \(kind.rawValue)", row.sealed))
            }
        }
        traces.append(("erase secret", try office.vault.eraseSecret(of: id).publicBytes()))
        let found = try #require(try office.read { try CaseShelf(office: office).row(id, in: $0) })
        let wrap = try #require(try house.stored(.caseSecrets, id.bytes))
        let secrets = try CaseSecretWrap.open(
            wrap.sealed,
            at: found.row.secretsPlace(id),
            with: office.keys(of: found.row.team, for: house.session(.worker))
        )
        for compartment in secrets.compartments {
            traces.append(("case secret \(compartment)", try secrets.secret(of: compartment).publicBytes()))
        }
        return traces
    }

    private func hits(_ traces: [(label: String, bytes: [UInt8])], in folder: String) throws -> [String] {
        let files = try AtRestTests.files(in: folder)
        return traces.flatMap { trace in
            // A sealed row lies in several pages, so its middle is looked for, which one page holds.
            let part = Data(trace.bytes.count > 200 ? Array(trace.bytes[60..<160]) : trace.bytes)
            return files.filter { $0.value.range(of: part) != nil }.map { "\(trace.label) in \($0.key)" }
        }
    }

    @Test func `after an erasure no wrap, sheet, packet or secret of the case lies in database, log or vault`()
        async throws
    {
        let house = try await House.founded(onDisk: true)
        let scratch = try #require(house.scratch)
        let sent = try await house.acceptedReferral()
        let vaultBefore = Array(try Data(contentsOf: URL(fileURLWithPath: scratch.path("vault"))))
        let slots = stride(from: 16, to: vaultBefore.count, by: 164).map { Array(vaultBefore[$0..<$0 + 160]) }
        #expect(slots.count == 2)
        let traces = try traces(of: sent.id, in: house) + slots.map { ("vault record", $0) }
        #expect(traces.count >= 15)
        // The controls: whatever is stored is found, in the log beside the database or in the vault.
        let found = try hits(traces, in: scratch.folder)
        for trace in traces where trace.label.hasPrefix("row") || trace.label == "vault record" {
            #expect(found.contains { $0.hasPrefix(trace.label) }, "\(trace.label) is not found while it is there")
        }
        // And each one in clear is found where it is planted.
        for trace in traces {
            let planted = scratch.path("planted")
            try Data([1, 2, 3] + trace.bytes + [4]).write(to: URL(fileURLWithPath: planted))
            #expect(try hits([trace], in: scratch.folder).contains("\(trace.label) in planted"))
            try FileManager.default.removeItem(atPath: planted)
        }

        // The old vault's blocks are reached through a name of their own, which the erasure does not know.
        try FileManager.default.linkItem(atPath: scratch.path("vault"), toPath: scratch.path("blocks"))
        #expect(try hits(traces, in: scratch.folder).contains("vault record in blocks"))
        _ = try await erase(house, sent.id, at: version(house, sent.id))
        #expect(try hits(traces, in: scratch.folder) == [])
        #expect(try AtRestTests.hits(of: Invented.texts, in: AtRestTests.files(in: scratch.folder)) == [])
        let blocks = Array(try Data(contentsOf: URL(fileURLWithPath: scratch.path("blocks"))))
        #expect(blocks.count == vaultBefore.count && blocks.allSatisfy { $0 == 0 })
        try house.deployment.close()
        #expect(try hits(traces, in: scratch.folder) == [])
    }

    @Test func `an older database beside the current vault keeps the case dark, and a start deletes it again`()
        async throws
    {
        let house = try await House.founded(onDisk: true)
        let scratch = try #require(house.scratch)
        let sent = try await house.acceptedReferral()
        let kept = try await house.openedCase(called: "kept")
        try house.store.fold()
        try FileManager.default.copyItem(atPath: scratch.path("case.db"), toPath: scratch.path("old"))
        _ = try await erase(house, sent.id, at: version(house, sent.id))
        try house.deployment.close()

        try FileManager.default.removeItem(atPath: scratch.path("case.db"))
        try FileManager.default.moveItem(atPath: scratch.path("old"), toPath: scratch.path("case.db"))
        for name in ["case.db-wal", "case.db-shm"] { try? FileManager.default.removeItem(atPath: scratch.path(name)) }
        // Before anything of it is deleted: the old database names the case, and no key opens it.
        let old = try Store(path: scratch.path("case.db"), reserveBytes: 0)
        let size = try old.read { try $0.auditSize() }
        #expect(try old.read { try $0.row(.caseSecrets, id: sent.id.bytes) } != nil)
        #expect(throws: CaseworkError.notFound) {
            _ = try house.deployment.office.vault.eraseSecret(of: sent.id)
        }
        try old.close()

        let restored = try house.reopened()
        #expect(
            try restored.sentences(from: size) == [
                "none case.erased case permitted tombstone none record_keeping handles=referral"
            ]
        )
        let rows = CaseRows(rows: restored.deployment.office.rows)
        #expect(try restored.store.read { try !rows.exist(sent.id, in: $0) })
        _ = try await restored.deployment.cases.read(
            kept.id,
            by: restored.session(.worker),
            request: restored.deployment.newRequest()
        )
        try restored.deployment.close()
        let again = try house.reopened()
        #expect(try again.logSize == size + 2)
    }

    @Test func `an older vault beside the current tombstones loses the erase secret at the start`() async throws {
        let house = try await House.founded(onDisk: true)
        let scratch = try #require(house.scratch)
        let sent = try await house.sentReferral()
        try FileManager.default.copyItem(atPath: scratch.path("vault"), toPath: scratch.path("old"))
        _ = try await erase(house, sent.id, at: version(house, sent.id))
        try house.deployment.close()
        try FileManager.default.removeItem(atPath: scratch.path("vault"))
        try FileManager.default.moveItem(atPath: scratch.path("old"), toPath: scratch.path("vault"))
        let before = try VaultFile(path: scratch.path("vault"), recordSize: VaultRecord.count)
        #expect(before.count == 2)
        before.close()
        let restored = try house.reopened()
        #expect(restored.deployment.office.vault.count == 0)
        #expect(try restored.entries().last?.rule == "tombstone")
        try restored.deployment.close()
        let after = try VaultFile(path: scratch.path("vault"), recordSize: VaultRecord.count)
        #expect(after.count == 1)
    }

    // MARK: Cut short

    /// The store, vault and tombstones as they stand at one moment.
    private func image(of scratch: Scratch) throws -> [String: Data] {
        try AtRestTests.files(in: scratch.folder).filter { !$0.key.hasSuffix(".lock") && !$0.key.hasSuffix(".reserve") }
    }

    @Test func `an erasure that was cut short after any step is finished by the next start and recorded once`()
        async throws
    {
        for step in 0...3 {
            let house = try await House.founded(onDisk: true)
            let scratch = try #require(house.scratch)
            let sent = try await house.acceptedReferral()
            let office = house.deployment.office
            let pending = PendingErasure(caseID: sent.id, reason: .survivorAsked, isByOrder: false)
            // The intent, and then as many of the steps as were done before the process was killed.
            try office.ledger.note(.eraseCase, handle: sent.id.text, rule: "case.erase:supervisor") { transaction, _ in
                _ = try CaseRows(rows: office.rows).delete(sent.id, in: transaction)
                try transaction.put(office.rows.row(pending, .pendingErasure, id: sent.id.bytes), expecting: nil)
            }
            if step >= 1 { try office.vault.bury(pending, at: house.clock.now) }
            if step >= 2 { try office.vault.destroy([sent.id], at: house.clock.now) }
            if step >= 3 { try house.store.fold() }
            let size = try house.logSize
            let files = try image(of: scratch)
            let survivor = try Scratch()
            for (name, data) in files { try data.write(to: URL(fileURLWithPath: survivor.path(name))) }

            let again = try house.reopened(in: survivor)
            #expect(
                try again.sentences(from: size) == [
                    "none case.erased case permitted team none record_keeping handles=reason:survivor_asked"
                ],
                "after step \(step)"
            )
            #expect(again.deployment.office.vault.count == 0)
            #expect(again.deployment.office.vault.erased == [sent.id])
            #expect(try again.store.read { try $0.count(.pendingErasure) } == 0)
            try again.deployment.close()
            let third = try house.reopened(in: survivor)
            #expect(try third.logSize == size + 1)
            try third.deployment.close()
        }
    }

    @Test func `a case that is being erased cannot be changed by whoever had it open`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        _ = try await erase(house, receipt.id, at: receipt.version)
        let late = try await house.refused {
            try await $0.cases.record(
                house.need(),
                in: receipt.id,
                at: receipt.version,
                by: house.confirmed(.worker),
                request: $1,
                once: house.once()
            )
        }
        #expect(late.error == .notFound)
    }
}
