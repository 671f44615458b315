import Audit
import Care
import Directory
import Dispatch
import Foundation
import Policy
import Sealing
import Store
import Testing

@testable import Casework

/// The log: one entry an act, one order, one tree; what auditors read of it; what damage does.
@Suite struct LogTests {
    @Test func `five hundred acts at once are each recorded once, in one order, and the tree is theirs`() async throws {
        let house = try await House.founded(onDisk: true)
        let receipt = try await house.openedCase()
        let worker = try house.session(.worker)
        let outsider = try house.session(.outsider)
        let size = try house.logSize
        let requests = await withTaskGroup(of: (RequestID, Bool).self) { group in
            for number in 0..<500 {
                group.addTask {
                    let request = house.deployment.newRequest()
                    do {
                        // Every fifth is refused, every fifth fails, the rest are permitted.
                        switch number % 5 {
                        case 0: _ = try await house.deployment.cases.read(receipt.id, by: outsider, request: request)
                        case 1:
                            _ = try await house.deployment.cases.record(
                                house.need(),
                                in: receipt.id,
                                at: 99,
                                by: worker,
                                request: request,
                                once: house.once()
                            )
                        default: _ = try await house.deployment.cases.read(receipt.id, by: worker, request: request)
                        }
                        return (request, true)
                    } catch {
                        return (request, false)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let entries = try house.entries(from: size)
        #expect(entries.count == 500)
        #expect(entries.map(\.seq) == Array(size..<(size + 500)))
        #expect(Set(entries.map(\.request)) == Set(requests.map(\.0.text)))
        #expect(entries.filter { $0.outcome == .permitted }.count == 300)
        #expect(entries.filter { $0.outcome == .denied }.count == 100)
        #expect(entries.filter { $0.outcome == .failed && $0.rule == "stale" }.count == 100)
        #expect(requests.filter(\.1).count == 300)
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.mono <= $1.mono })

        // The tree made again from the stored entries is the one that was signed.
        var tree = MerkleTree()
        for entry in try house.entries() { try tree.append(leaf: MerkleTree.leafHash(entry.bytes)) }
        let note = try await house.deployment.audit.checkpoint(
            for: house.session(.auditor),
            request: house.deployment.newRequest()
        )
        let newest = try #require(try house.entries().last)
        try tree.append(leaf: MerkleTree.leafHash(newest.bytes))
        let signed = try VerifiedCheckpoint(note: note, signedBy: House.logKey(house.template.logSeed).verifier)
        #expect(signed.size == size + 501)
        #expect(signed.root == (try tree.root()))
        try house.deployment.close()
    }

    /// What an act may throw while it writes, besides the refusals that it knows.
    enum Mishap: String, CaseIterable, Sendable {
        case invalidRow, missingRow, foreignError

        func happen(in transaction: borrowing Transaction) throws {
            switch self {
            case .invalidRow:
                try transaction.put(StoredRow(kind: .packet, id: [], version: 1, sealed: [1]), expecting: nil)
            case .missingRow: try transaction.delete(.packet, id: [9])
            case .foreignError: throw CancellationError()
            }
        }
    }

    @Test(arguments: Mishap.allCases)
    func `an act that fails in a batch is undone alone, and its neighbours stand`(mishap: Mishap) async throws {
        // On disk, where reading goes on beside a writer that waits.
        let house = try await House.founded(onDisk: true)
        let worker = try house.session(.worker)
        let size = try house.logSize
        let marks = try (0..<9).map { _ in try Randomness.bytes(16) }
        let isQueued = DispatchSemaphore(value: 0)
        func act(_ number: Int) async -> CaseworkError? {
            do {
                try await house.deployment.office.ledger.perform(
                    .listCases,
                    by: worker.worker,
                    on: .nothing,
                    purpose: .caseManagement,
                    request: house.deployment.newRequest(),
                    prepare: { () throws(CaseworkError) in },
                    commit: { _, _, transaction, _ in
                        // The first holds the writer while the others queue up behind it, so that they are one batch.
                        if number == 0 { _ = isQueued.wait(timeout: .now() + 0.5) }
                        try transaction.put(
                            StoredRow(kind: .idempotency, id: marks[number], version: 1, sealed: [1]),
                            expecting: nil
                        )
                        if number == 4 { try mishap.happen(in: transaction) }
                    },
                    reveal: { _, _ throws(CaseworkError) in }
                )
                return nil
            } catch {
                return error
            }
        }
        let errors = await withTaskGroup(of: (Int, CaseworkError?).self) { group in
            for number in 0..<9 { group.addTask { (number, await act(number)) } }
            return await group.reduce(into: [Int: CaseworkError?]()) { $0[$1.0] = $1.1 }
        }
        #expect(errors.filter { $0.value != nil }.map(\.key) == [4])
        #expect(errors[4] == .damaged(code: mishap == .foreignError ? "act" : "row"))
        for (number, mark) in marks.enumerated() {
            #expect((try house.stored(.idempotency, mark) == nil) == (number == 4))
        }
        let entries = try house.entries(from: size)
        #expect(entries.count == 9)
        #expect(
            entries.filter { $0.outcome == .failed }.map(\.rule) == [
                mishap == .foreignError ? "damaged.act" : "damaged.row"
            ]
        )
    }

    @Test func `an act whose entry cannot be made is undone, and its neighbours stand`() async throws {
        let house = try await House.founded()
        let worker = try house.session(.worker)
        let mark = try Randomness.bytes(16)
        let size = try house.logSize
        async let good = house.deployment.cases.list(for: worker, request: house.deployment.newRequest())
        await #expect(throws: CaseworkError.auditUnavailable) {
            try await house.deployment.office.ledger.perform(
                .listCases,
                by: worker.worker,
                on: .nothing,
                purpose: .caseManagement,
                request: house.deployment.newRequest(),
                prepare: { () throws(CaseworkError) in },
                commit: { _, _, transaction, notes in
                    notes.handles = ["a name is no handle"]
                    try transaction.put(
                        StoredRow(kind: .idempotency, id: mark, version: 1, sealed: [1]),
                        expecting: nil
                    )
                },
                reveal: { _, _ throws(CaseworkError) in }
            )
        }
        _ = try await good
        #expect(try house.stored(.idempotency, mark) == nil)
        #expect(try house.logSize == size + 1)
    }

    @Test func `somebody with every role there is has entries too`() async throws {
        let house = try await House.founded()
        let worker = try house.session(.worker)
        let index = try house.deployment.office.rows.blind(
            .signInName,
            SignInDesk.normalized(House.Person.worker.signInName)
        )
        let roles = Set(Role.allCases)
        try house.plant(
            house.deployment.office.rows.row(
                Account(
                    staff: worker.worker.staff,
                    agency: worker.worker.agency,
                    roles: roles,
                    teams: worker.worker.teams
                ),
                .account,
                id: worker.worker.staff.bytes,
                index: index
            )
        )
        let (signedIn, _) = try await House.signIn(.worker, in: house.deployment)
        #expect(signedIn.worker.roles == roles)
        let (_, entry) = try await house.one { try await $0.cases.list(for: signedIn, request: $1) }
        #expect(entry.entry.role.utf8.count <= 64)
        #expect(entry.entry.role == "administrator:auditor:caseworker:directory_editor:6_more")
        #expect(EntryDraft.text(of: []) == "none")
        #expect(EntryDraft.text(of: [.intake, .caseworker]) == "caseworker:intake")
    }

    @Test func `an act that meets a damaged row is recorded as failed`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let row = try #require(try house.stored(.caseRouting, receipt.id.bytes))
        var sealed = row.sealed
        sealed[60] ^= 1
        try house.plant(
            StoredRow(kind: row.kind, id: row.id, owner: row.owner, version: row.version, sealed: sealed)
        )
        let (error, entry) = try await house.refused {
            try await $0.cases.read(receipt.id, by: house.session(.worker), request: $1)
        }
        #expect(error == .damaged(code: "routing_row"))
        #expect(entry.sentence == "worker case.read case failed damaged.routing_row none case_management")
    }

    @Test func `country lines are answered though the account cannot be read`() async throws {
        let house = try await House.founded()
        let worker = try house.session(.worker)
        let row = try #require(try house.stored(.account, worker.worker.staff.bytes))
        try house.plant(
            StoredRow(kind: row.kind, id: row.id, index: row.index, version: row.version, sealed: [1, 2, 3])
        )
        let reading = try await house.deployment.lookups.country(
            Invented.country("LK"),
            for: worker,
            request: house.deployment.newRequest()
        )
        #expect(!reading.isRecorded)
        #expect(reading.page.country.code == (try Invented.country("LK")))
    }

    // MARK: - Auditors

    @Test func `auditors alone read the log, administrators the checkpoint too, and both are recorded`() async throws {
        let house = try await House.founded()
        _ = try await house.openedCase()
        let filter = AuditDesk.Filter()
        let (page, entry) = try await house.one {
            try await $0.audit.entries(filter, for: house.session(.auditor), request: $1)
        }
        #expect(
            entry.sentence
                == "auditor audit.read log permitted audit.read:auditor none audit_review count=\(page.entries.count)"
        )
        #expect(page.entries.count == page.size)
        for person in House.Person.allCases where person != .auditor {
            let (error, refusal) = try await house.refused {
                try await $0.audit.entries(filter, for: house.session(person), request: $1)
            }
            #expect(error == .refused(code: "wrong_role"))
            #expect(refusal.sentence == "\(person.rawValue) audit.read log denied wrong_role none audit_review")
            let (extract, _) = try await house.refused {
                try await $0.audit.extract(from: 0, upTo: nil, for: house.confirmed(person), request: $1)
            }
            #expect(extract == .refused(code: "wrong_role"))
            guard person != .administrator else { continue }
            let (checkpoint, _) = try await house.refused {
                try await $0.audit.checkpoint(for: house.session(person), request: $1)
            }
            #expect(checkpoint == .refused(code: "wrong_role"))
        }
        let (_, checkpoint) = try await house.one {
            try await $0.audit.checkpoint(for: house.session(.administrator), request: $1)
        }
        #expect(
            checkpoint.sentence
                == "administrator audit.checkpoint log permitted audit.checkpoint:administrator none audit_review"
        )
    }

    @Test func `an auditor takes the log away in a confirmed session only`() async throws {
        let house = try await House.founded()
        let (error, refusal) = try await house.refused {
            try await $0.audit.extract(from: 0, upTo: nil, for: house.session(.auditor), request: $1)
        }
        #expect(error == .confirmationNeeded)
        #expect(refusal.sentence == "auditor audit.extract log denied confirmation_needed none audit_review")
        let confirmed = try house.confirmed(.auditor)
        let (_, entry) = try await house.one {
            try await $0.audit.extract(from: 0, upTo: nil, for: confirmed, request: $1)
        }
        #expect(entry.sentence == "auditor audit.extract log permitted audit.extract:auditor none audit_review")
        house.clock.advance(seconds: 300)
        let (late, _) = try await house.refused {
            try await $0.audit.extract(from: 0, upTo: nil, for: confirmed, request: $1)
        }
        #expect(late == .confirmationNeeded)
    }

    @Test(arguments: [Int.min, -2, -1, 0, 3, 7, 1_000_000, Int.max - 1, Int.max])
    func `a page after any number there is answers`(after: Int) async throws {
        let house = try await House.founded()
        _ = try await house.acceptedReferral()
        let size = try house.logSize
        let page = try await house.deployment.audit.entries(
            AuditDesk.Filter(after: after, limit: 200),
            for: house.session(.auditor),
            request: house.deployment.newRequest()
        )
        #expect(page.entries.count == (after < 0 ? size : max(0, size - 1 - min(after, size))))
        #expect(page.next == nil)
    }

    @Test func `pages with a filter go through the whole log and lose nothing`() async throws {
        let house = try await House.founded()
        for number in 0..<30 { _ = try await house.openedCase(called: "case\(number)") }
        var seen = 0
        var after: Int?
        repeat {
            let page = try await house.deployment.audit.entries(
                AuditDesk.Filter(after: after, limit: 7, act: .openCase, outcome: "permitted"),
                for: house.session(.auditor),
                request: house.deployment.newRequest()
            )
            seen += page.entries.count
            #expect(page.entries.count <= 7)
            after = page.next
        } while after != nil
        #expect(seen == 30)
    }

    private func export(_ house: House, into folder: String) async throws -> [[UInt8]] {
        let key = try House.logKey(house.template.logSeed).verifier
        let auditor = try house.confirmed(.auditor)
        var entries: [[UInt8]] = []
        var checkpoints: [[UInt8]] = []
        var size: Int?
        repeat {
            let part = try await house.deployment.audit.extract(
                from: entries.count,
                upTo: size,
                for: auditor,
                request: house.deployment.newRequest()
            )
            #expect(part.key == key.text)
            #expect(part.from == entries.count)
            #expect(part.entries.count <= 1000)
            if size == nil { checkpoints = part.checkpoints }
            size = part.size
            entries += part.entries
        } while entries.count < size ?? 0
        var export = try AuditExport(into: folder, key: key)
        for entry in entries { try export.append(entry: entry, leaf: MerkleTree.leafHash(entry)) }
        for note in checkpoints.dropLast() { try export.append(checkpoint: note) }
        try export.finish(checkpoint: #require(checkpoints.last))
        return entries
    }

    /// Flips one bit of an entry where it lies in an export.
    private func flip(_ entry: [UInt8], in folder: String) throws {
        let bundles = URL(fileURLWithPath: folder).appending(path: "tile/entries")
        for path in try FileManager.default.subpathsOfDirectory(atPath: bundles.path) {
            let file = bundles.appending(path: path)
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            var bytes = try Data(contentsOf: file)
            guard let range = bytes.range(of: Data(entry)) else { continue }
            bytes[range.lowerBound + entry.count / 2] ^= 1
            try bytes.write(to: file)
            return
        }
        Issue.record("the entry is in no bundle")
    }

    @Test func `an extract of a long log verifies offline, and a flipped byte is named`() async throws {
        let house = try await House.founded()
        let scratch = try Scratch()
        let worker = try house.session(.worker)
        _ = try await house.acceptedReferral()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1100 {
                group.addTask {
                    _ = try? await house.deployment.cases.list(for: worker, request: house.deployment.newRequest())
                }
            }
        }
        let key = try House.logKey(house.template.logSeed).verifier
        let entries = try await export(house, into: scratch.path("sound"))
        #expect(entries.count > 1100)
        let sound = try AuditVerifier(folder: scratch.path("sound"), trusting: key).verify()
        guard case .sound(let found, _) = sound.verdict else {
            Issue.record("\(sound)")
            return
        }
        #expect(found == entries.count)
        try flip(entries[777], in: scratch.path("sound"))
        let flipped = try AuditVerifier(folder: scratch.path("sound"), trusting: key).verify()
        guard case .broken(let first, _) = flipped.verdict else {
            Issue.record("\(flipped)")
            return
        }
        #expect(first == 777)
    }

    @Test func `a part of an extract up to a size that was never signed is refused`() async throws {
        let house = try await House.founded()
        _ = try await house.openedCase()
        for (from, size) in [(0, 10_000), (-1, nil), (10_000, nil), (Int.max, nil), (0, -1)] as [(Int, Int?)] {
            let (error, _) = try await house.refused {
                try await $0.audit.extract(from: from, upTo: size, for: house.confirmed(.auditor), request: $1)
            }
            #expect(error == .invalid(field: "up_to", what: "write the size that the first part gave"))
        }
    }

    // MARK: - Opening

    @Test func `what was counted is recorded before the deployment stops, and signed`() async throws {
        let house = try await House.founded(onDisk: true)
        _ = try await house.openedCase()
        #expect(throws: CaseworkError.notSignedIn) { try house.deployment.signIn.signedIn(bearer: [1]) }
        let size = try house.logSize
        try house.deployment.close()
        let again = try house.reopened()
        #expect(
            try again.sentences(from: size) == ["none session.open - denied no_session none account_access count=1"]
        )
        #expect(try again.store.read { try $0.latestCheckpoint() }?.size == size + 1)
        try again.deployment.close()
    }

    @Test func `a log goes on after a restart where it ended`() async throws {
        let house = try await House.founded(onDisk: true)
        let receipt = try await house.openedCase()
        let size = try house.logSize
        try house.deployment.close()
        let again = try house.reopened()
        let (_, entry) = try await again.one {
            try await $0.cases.read(receipt.id, by: again.session(.worker), request: $1)
        }
        #expect(entry.entry.seq == size)
        #expect(entry.sentence == "worker case.read case permitted case.read:assigned assigned case_management")
        try again.deployment.close()
    }

    /// What somebody does to the log who can write to the file.
    enum Tampering: String, CaseIterable, Sendable {
        case lastEntriesRemoved, leafChanged

        var sql: String {
            switch self {
            case .lastEntriesRemoved:
                "DROP TRIGGER auditEntryRemains; DELETE FROM auditEntry WHERE seq > 0;"
            case .leafChanged:
                "DROP TRIGGER auditEntryStays; UPDATE auditEntry SET leaf = zeroblob(32) WHERE seq = 0;"
            }
        }
    }

    @Test(
        .enabled("sqlite3 is not installed: the log was not tampered with from outside") {
            FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")
        },
        arguments: Tampering.allCases
    )
    func `a log that does not lead to what was signed does not open`(tampering: Tampering) async throws {
        let house = try await House.founded(onDisk: true)
        _ = try await house.acceptedReferral()
        try house.deployment.close()
        let scratch = try #require(house.scratch)
        #expect(Scratch.run("/usr/bin/sqlite3", [scratch.path("case.db"), tampering.sql]))
        #expect(throws: CaseworkError.damaged(code: "audit_log")) { try house.reopened() }
    }
}
