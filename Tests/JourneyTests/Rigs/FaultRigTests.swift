import Foundation
import Glibc
import NIOHTTP1
import Testing

/// The running server on a full disk, under a failing fsync and under a clock that jumps (DECISIONS 7, 27). They need root,
/// fiu-run, which `make faults` installs, and a C compiler; where one is not there the test says that it was not run.
@Suite(.serialized) struct FaultRigTests {
    /// Files cases until one is refused, at most `limit` of them.
    private func fileUntilRefused(
        _ access: SurvivorsPath.Access,
        from first: Int,
        limit: Int
    ) async throws -> (done: [SurvivorsPath], refusal: Int?) {
        var done: [SurvivorsPath] = []
        for number in first..<(first + limit) {
            var path = SurvivorsPath(number: number)
            do {
                while !path.isDone { try await path.goOn(access) }
            } catch let stumble as SurvivorsPath.Stumble {
                return (done + [path], stumble.status)
            }
            done.append(path)
        }
        return (done, nil)
    }

    /// What protects life is answered from memory, and says that it stands in no log yet.
    private func expectEmergencyLines(_ access: SurvivorsPath.Access) async throws {
        let reply = try await Reply.to(.GET, "\(access.address)/v1/countries/LK", token: access.caseworker)
        #expect(reply.status == 200)
        #expect(reply.object["recorded"] as? Bool == false)
        #expect(!reply.list("emergency").isEmpty)
    }

    @Test func `on a full disk it answers emergency lines alone, says what to do, and goes on when there is room`()
        async throws
    {
        try await withFolder { folder in
            let disk = folder.appending(path: "disk")
            try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
            guard unsafe mount("tmpfs", disk.path, "tmpfs", 0, "size=12m") == 0 else {
                print("not run: a disk of its own that fills up needs root")
                return
            }
            defer { _ = unsafe umount(disk.path) }
            let house = try await RealHouse.setUp(in: folder, data: disk.appending(path: "data"))
            let answers = AnsweredRequests()
            let (server, _) = try await house.start()
            let access = try await house.access(answers: answers)
            let trusted = try await house.keepCheckpoint(in: folder)
            let before = try await fileUntilRefused(access, from: 0, limit: 3)
            #expect(before.refusal == nil)

            // Somebody else fills the disk to its last byte.
            let filler = disk.appending(path: "filler")
            #expect(FileManager.default.createFile(atPath: filler.path, contents: nil))
            let handle = try FileHandle(forWritingTo: filler)
            var block = Data(repeating: 1, count: 1 << 16)
            while !block.isEmpty {
                do { try handle.write(contentsOf: block) } catch { block = block.prefix(block.count / 2) }
            }
            let full = try await fileUntilRefused(access, from: 10, limit: 400)
            #expect(full.refusal == 503)
            try await server.waitFor(event: "disk.full")
            #expect(server.printed.contains("make room"))
            try await expectEmergencyLines(access)

            // There is room again: it goes on without a restart, and what was refused can be repeated.
            try handle.close()
            try FileManager.default.removeItem(at: filler)
            let after = try await fileUntilRefused(access, from: 500, limit: 3)
            #expect(after.refusal == nil)
            try await server.waitFor(event: "disk.has_room")
            var losses: [String] = []
            for path in before.done + full.done.dropLast() + after.done { losses += try await path.check(access) }
            #expect(losses.isEmpty, "\(losses)")
            #expect(try await server.stop() == 0)
            try await house.verifyLog(since: trusted, in: folder)
            print("full disk rig: refused after \(full.done.count - 1) referrals, then went on")
        }
    }

    @Test func `after a failing fsync it releases nothing until it is started again, and nothing acknowledged is lost`()
        async throws
    {
        let fiu = "/usr/bin/fiu-run"
        guard FileManager.default.isExecutableFile(atPath: fiu) else {
            print("not run: failing system calls need fiu-run (make faults installs it)")
            return
        }
        try await withFolder { folder in
            let house = try await RealHouse.setUp(in: folder)
            let answers = AnsweredRequests()
            let control = folder.appending(path: "fiu").path
            let (server, _) = try await house.start(through: [fiu, "-x", "-f", control])
            let access = try await house.access(answers: answers)
            let trusted = try await house.keepCheckpoint(in: folder)
            let before = try await fileUntilRefused(access, from: 0, limit: 3)
            #expect(before.refusal == nil)

            let ordered = try LeewardProcess(
                executable: URL(fileURLWithPath: "/usr/bin/fiu-ctrl"),
                ["-f", control, "-c", "enable name=posix/io/sync/*,failinfo=5", "\(server.identifier)"],
                temporaryFolder: folder
            )
            #expect(try await ordered.exitCode(within: 30) == 0, "\(ordered.printed)")
            let failed = try await fileUntilRefused(access, from: 10, limit: 400)
            #expect(failed.refusal == 503)
            try await server.waitFor(event: "store.stopped")
            #expect(server.printed.contains("restart the service"))
            // It stays so, whatever the disk does next.
            let released = try LeewardProcess(
                executable: URL(fileURLWithPath: "/usr/bin/fiu-ctrl"),
                ["-f", control, "-c", "disable name=posix/io/sync/*", "\(server.identifier)"],
                temporaryFolder: folder
            )
            #expect(try await released.exitCode(within: 30) == 0)
            let still = try await fileUntilRefused(access, from: 500, limit: 1)
            #expect(still.refusal == 503)
            #expect(try await Reply.to(.GET, "\(house.address)/readyz").status == 503)
            try await expectEmergencyLines(access)
            _ = try? await server.stop()

            let (again, _) = try await house.start()
            let later = try await house.access(answers: answers)
            var losses: [String] = []
            for path in before.done + failed.done { losses += try await path.check(later) }
            #expect(losses.isEmpty, "\(losses)")
            let entries = try await house.entries()
            let byRequest = Dictionary(grouping: entries, by: \.request)
            for answer in answers.all { #expect(byRequest[answer.request]?.count == 1, "\(answer)") }
            #expect(try await again.stop() == 0)
            try await house.verifyLog(since: trusted, in: folder)
        }
    }

    @Test func `when the clock jumps sessions end, the log keeps its order, and a clock set back is said`() async throws
    {
        try await withFolder { folder in
            guard let clock = try await ShiftedClock(in: folder) else {
                print("not run: a clock that jumps needs a C compiler")
                return
            }
            let house = try await RealHouse.setUp(in: folder)
            let (server, _) = try await house.start(clock.environment)
            let answers = AnsweredRequests()
            let access = try await house.access(answers: answers)
            let trusted = try await house.keepCheckpoint(in: folder)
            #expect(try await fileUntilRefused(access, from: 0, limit: 2).refusal == nil)

            // Eleven hours on: every session is over, and signing in again works.
            try clock.jump(to: 11)
            #expect(try await Reply.to(.GET, "\(house.address)/v1/cases", token: access.caseworker).status == 401)
            let ahead = try await house.access(answers: answers)
            #expect(try await fileUntilRefused(ahead, from: 10, limit: 1).refusal == nil)

            // Two days back: what was recorded stands in its order, and the operator is told.
            try clock.jump(to: -48)
            try await server.waitFor(event: "clock.went_back", within: 60)
            #expect(server.printed.contains("timedatectl"))
            let back = try await house.access(answers: answers)
            _ = try await Reply.to(.GET, "\(house.address)/v1/cases", token: back.caseworker)
            try clock.jump(to: 0)
            let now = try await house.access(answers: answers)
            #expect(try await fileUntilRefused(now, from: 20, limit: 1).refusal == nil)
            let entries = try await house.entries()
            #expect(entries.map(\.seq) == Array(0..<entries.count))
            #expect(try await server.stop() == 0)
            try await house.verifyLog(since: trusted, in: folder)
        }
    }
}
