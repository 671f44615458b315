import Audit
import Care
import Directory
import Foundation
import Glibc
import Sealing
import Store
import Testing

@testable import Casework

/// Real faults (DECISIONS 27). A limit on the size of files holds for a whole process, so those tests run in a child
/// process; a full disk needs a file system of its own, which needs root: else the suite says what it did not run.
@Suite struct FaultTests {
    /// Lets no file of this process grow past a length; nil lifts the limit. A write past it fails, and SQLite calls that
    /// an I/O error.
    static func limitFiles(to bytes: UInt?) -> Bool {
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: rlim_t(bytes ?? .max), rlim_max: rlim_t.max)
        return unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0
    }

    /// The length of the longest file in a folder.
    static func longest(in folder: String) throws -> UInt {
        try FileManager.default.contentsOfDirectory(atPath: folder).map { name in
            let size = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.size] as? UInt
            return size ?? 0
        }.max() ?? 0
    }

    @Test func `after an I/O error nothing is released, country lines are, and all that was acknowledged is there`()
        async
    {
        await #expect(processExitsWith: .success) {
            let house = try await House.founded(onDisk: true)
            let scratch = try #require(house.scratch)
            let sent = try await house.acceptedReferral()
            let worker = try house.session(.worker)
            let intake = try house.session(.intake)
            let (_, token) = try await House.signIn(.worker, in: house.deployment)

            #expect(FaultTests.limitFiles(to: try FaultTests.longest(in: scratch.folder) + 1_500_000))
            let opening = try house.opening()
            // Acts run, four at a time, until the first is not recorded.
            var acknowledged: [RequestID: CaseID] = [:]
            var refused: [CaseworkError] = []
            while refused.isEmpty, acknowledged.count < 2000 {
                let answers = await withTaskGroup(of: (RequestID, Result<CaseID, CaseworkError>).self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            let request = house.deployment.newRequest()
                            do throws(CaseworkError) {
                                let receipt = try await house.deployment.cases.open(
                                    opening,
                                    by: worker,
                                    request: request,
                                    once: Once(key: request.bytes, request: [1])
                                )
                                return (request, .success(receipt.id))
                            } catch {
                                return (request, .failure(error))
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                for (request, answer) in answers {
                    switch answer {
                    case .success(let id): acknowledged[request] = id
                    case .failure(let error): refused.append(error)
                    }
                }
            }
            #expect(!refused.isEmpty)
            #expect(refused.allSatisfy { [.auditUnavailable, .stopped].contains($0) })
            #expect(acknowledged.count > 2)

            // Nothing is released any more, by anybody.
            await #expect(throws: CaseworkError.stopped) {
                try await house.deployment.cases.read(sent.id, by: worker, request: house.deployment.newRequest())
            }
            await #expect(throws: CaseworkError.stopped) {
                try await house.deployment.intake.packet(
                    of: sent.referral,
                    by: intake,
                    request: house.deployment.newRequest()
                )
            }
            await #expect(throws: CaseworkError.withdrawalNotRecorded) {
                try await house.deployment.consents.withdraw(
                    sent.consent,
                    in: sent.id,
                    by: worker,
                    request: house.deployment.newRequest()
                )
            }
            #expect(house.deployment.readiness().contains { $0.name == "store" && !$0.isReady })
            // Emergency lines are answered, to somebody whose session is known from memory, all the way from the token.
            let signedIn = try house.deployment.signIn.signedIn(bearer: token)
            for _ in 0..<3 {
                let reading = try await house.deployment.lookups.country(
                    Invented.country("LK"),
                    for: signedIn,
                    request: house.deployment.newRequest()
                )
                #expect(!reading.isRecorded)
                #expect(!reading.page.country.emergency.lines.isEmpty)
            }
            // And signing out works.
            await house.deployment.signIn.signOut(bearer: token, request: house.deployment.newRequest())
            #expect(throws: CaseworkError.notSignedIn) { try house.deployment.signIn.signedIn(bearer: token) }

            // Lifting the limit does not make the store believe its disk again.
            #expect(FaultTests.limitFiles(to: nil))
            await #expect(throws: CaseworkError.stopped) {
                try await house.deployment.cases.read(sent.id, by: worker, request: house.deployment.newRequest())
            }
            let unrecorded = house.deployment.unrecorded
            try house.deployment.close()

            let again = try house.reopened(recording: unrecorded)
            let entries = try again.entries()
            var tree = MerkleTree()
            for entry in entries { try tree.append(leaf: MerkleTree.leafHash(entry.bytes)) }
            #expect(entries.map(\.seq) == Array(0..<entries.count))
            for (request, id) in acknowledged {
                let own = entries.filter { $0.request == request.text }
                #expect(own.map(\.act) == ["case.open"])
                #expect(own.first?.handles == [id.text])
                let reading = try await again.deployment.cases.read(
                    id,
                    by: worker,
                    request: again.deployment.newRequest()
                )
                #expect(reading.file.identity.name == Invented.name)
            }
            // The withdrawal is repeated and recorded; what was answered unrecorded stands in the log as a count.
            _ = try await again.deployment.consents.withdraw(
                sent.consent,
                in: sent.id,
                by: worker,
                request: again.deployment.newRequest()
            )
            let counted = try again.entries(from: entries.count).filter { $0.actor == "none" }
            #expect(
                counted.map(again.sentence) == [
                    "none country.read LK permitted answered_unrecorded none helpline count=3",
                    "none session.close - permitted recorded_late none account_access count=1",
                    "none session.open - denied no_session none account_access count=1",
                ]
            )
            #expect(try again.store.isWhole())
            try again.deployment.close()
        }
    }

    @Test func `on a full disk acts are refused whole, country lines are counted, and all goes on when there is room`()
        async throws
    {
        guard let disk = try SmallDisk(kilobytes: 8192) else { return }
        let house = try await House.founded(in: disk.scratch)
        let receipt = try await house.openedCase()
        let worker = try house.session(.worker)
        #expect(disk.fill())
        var error: CaseworkError?
        for _ in 0..<500 where error == nil {
            do throws(CaseworkError) {
                _ = try await house.deployment.cases.read(
                    receipt.id,
                    by: worker,
                    request: house.deployment.newRequest()
                )
            } catch let found {
                error = found
            }
        }
        #expect(error == .auditUnavailable)
        let size = try house.logSize
        for _ in 0..<2 {
            await #expect(throws: CaseworkError.auditUnavailable) {
                try await house.deployment.cases.open(
                    house.opening(),
                    by: worker,
                    request: house.deployment.newRequest(),
                    once: house.once()
                )
            }
            let reading = try await house.deployment.lookups.country(
                Invented.country("NP"),
                for: worker,
                request: house.deployment.newRequest()
            )
            #expect(!reading.isRecorded)
        }
        #expect(try house.logSize == size)
        #expect(try house.store.read { try $0.count(.caseRouting) } == 1)

        disk.clear()
        _ = try await house.deployment.cases.read(receipt.id, by: worker, request: house.deployment.newRequest())
        #expect(
            try house.sentences(from: size) == [
                "worker case.read case permitted case.read:assigned assigned case_management",
                "none country.read NP permitted answered_unrecorded none helpline count=2",
            ]
        )
        try house.deployment.close()
    }

    @Test func `a deployment begins on a full disk, so that it can answer what it can`() async throws {
        guard let disk = try SmallDisk(kilobytes: 8192) else { return }
        let house = try await House.founded(in: disk.scratch)
        for _ in 0..<3 { _ = try await House.signIn(.worker, in: house.deployment) }
        let (_, token) = try await House.signIn(.worker, in: house.deployment)
        try house.deployment.close()
        let again = try house.reopened { #expect(disk.fill()) }
        // The old sessions are over, whether or not their rows could be deleted.
        #expect(throws: CaseworkError.notSignedIn) { try again.deployment.signIn.signedIn(bearer: token) }
        let reading = try await again.deployment.lookups.country(
            Invented.country("LK"),
            for: again.session(.worker),
            request: again.deployment.newRequest()
        )
        #expect(!reading.page.country.emergency.lines.isEmpty)
        disk.clear()
        try again.deployment.close()
    }

    @Test func `a case whose erase secret cannot be written is not opened`() async {
        await #expect(processExitsWith: .success) {
            let house = try await House.founded(onDisk: true)
            let scratch = try #require(house.scratch)
            let worker = try house.session(.worker)
            _ = try await house.openedCase()
            // The vault alone may not grow: it is the shortest file, so the limit stops the store too if it is reached first.
            let vault = try #require(
                FileManager.default.attributesOfItem(atPath: scratch.path("vault"))[.size] as? UInt
            )
            #expect(FaultTests.limitFiles(to: vault + 10))
            await #expect(throws: CaseworkError.self) {
                try await house.deployment.cases.open(
                    house.opening(),
                    by: worker,
                    request: house.deployment.newRequest(),
                    once: house.once()
                )
            }
            #expect(FaultTests.limitFiles(to: nil))
            try? house.deployment.close()
            let again = try house.reopened()
            #expect(try again.store.read { try $0.count(.caseRouting) } == 1)
            #expect(again.deployment.office.vault.count == 1)
            try again.deployment.close()
        }
    }
}
