import Foundation
import NIOHTTP1
import Testing

/// The server killed at random while referrals are filed (DECISIONS 27, 28). `LEEWARD_KILLS` says how often: a few where
/// nothing is said, 200 in `make faults`, 1,000 in `make evidence`.
@Suite(.serialized) struct KillRigTests {
    static let kills = ProcessInfo.processInfo.environment["LEEWARD_KILLS"].flatMap(Int.init) ?? 12

    @Test(.timeLimit(.minutes(120)))
    func
        `killed at random while referrals are filed, it loses no acknowledged act, leaves none half done and answers none without an entry`()
        async throws
    {
        try await withFolder { folder in
            let house = try await RealHouse.setUp(in: folder)
            let answers = AnsweredRequests()
            var paths: [SurvivorsPath] = (0..<4).map(SurvivorsPath.init)
            var finished: [SurvivorsPath] = []
            var next = paths.count
            var starts: [Double] = []
            var trusted: URL?
            for kill in 1...Self.kills {
                // Every fifth kill comes while the server is starting.
                if kill.isMultiple(of: 5) {
                    let server = try house.startWithoutWaiting()
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...150)))
                    await server.kill()
                }
                let (server, seconds) = try await house.start()
                starts.append(seconds)
                let access = try await house.access(answers: answers)
                if trusted == nil { trusted = try await house.keepCheckpoint(in: folder) }
                var losses: [String] = []
                for path in paths { losses += try await path.check(access) }
                for path in finished.suffix(8) { losses += try await path.check(access) }
                #expect(losses.isEmpty, "after kill \(kill - 1): \(losses)")
                let killer = Task {
                    try await Task.sleep(for: .milliseconds(Int.random(in: 5...350)))
                    await server.kill()
                }
                paths = try await Self.goOn(paths, access, until: server)
                try await killer.value
                for index in paths.indices where paths[index].isDone {
                    finished.append(paths[index])
                    paths[index] = SurvivorsPath(number: next)
                    next += 1
                }
            }
            // What was on its way at the last kill comes to its end; then everything is compared.
            let (server, seconds) = try await house.start()
            starts.append(seconds)
            let access = try await house.access(answers: answers)
            for var path in paths {
                while !path.isDone { try await path.goOn(access) }
                finished.append(path)
            }
            var losses: [String] = []
            for path in finished { losses += try await path.check(access) }
            #expect(losses.isEmpty, "\(losses)")
            try await Self.compare(
                answers.all,
                with: try await house.entries(),
                finished,
                try await house.cases(access)
            )
            #expect(try await server.stop() == 0)
            try await house.verifyLog(since: try #require(trusted), in: folder)
            starts.sort()
            print(
                "kill rig: \(Self.kills) kills, \(finished.count) referrals, \(answers.all.count) answers; "
                    + "start to ready \(Self.milliseconds(starts[starts.count / 2])) in the middle, "
                    + "\(Self.milliseconds(starts[starts.count - 1])) at worst"
            )
        }
    }

    /// Every survivor's path, side by side, until the server is gone.
    private static func goOn(
        _ paths: [SurvivorsPath],
        _ access: SurvivorsPath.Access,
        until server: ServingProcess
    ) async throws -> [SurvivorsPath] {
        try await withThrowingTaskGroup(of: (Int, SurvivorsPath).self) { group in
            for (index, path) in paths.enumerated() {
                group.addTask {
                    var path = path
                    while !path.isDone {
                        do {
                            try await path.goOn(access)
                        } catch let stumble as SurvivorsPath.Stumble {
                            throw stumble
                        } catch {
                            // No answer: the server is gone, or was about to be; then the step is sent again later.
                            if !server.isRunning { break }
                        }
                    }
                    return (index, path)
                }
            }
            var paths = paths
            for try await (index, path) in group { paths[index] = path }
            return paths
        }
    }

    /// The log against the answers, and the cases against the log.
    private static func compare(
        _ answers: [Answered],
        with entries: [LoggedAct],
        _ finished: [SurvivorsPath],
        _ listed: Set<String>
    ) async throws {
        #expect(entries.map(\.seq) == Array(0..<entries.count))
        let byRequest = Dictionary(grouping: entries, by: \.request)
        let unrecorded = answers.filter { answer in
            let own = byRequest[answer.request] ?? []
            guard own.count == 1, own[0].act == answer.act, own[0].outcome == answer.outcome else { return true }
            return answer.handle.map { $0 != own[0].object && !own[0].handles.contains($0) } ?? false
        }
        #expect(unrecorded.isEmpty, "answers without their entry: \(unrecorded.prefix(5))")
        // What the log says was done is there, and what is there the log says was done.
        func done(_ act: String) -> [LoggedAct] { entries.filter { $0.act == act && $0.outcome == "permitted" } }
        let opened = Set(done("case.open").flatMap(\.handles))
        #expect(opened == Set(finished.compactMap(\.caseID)))
        #expect(opened == listed)
        let referrals = Set(finished.compactMap(\.referral))
        #expect(Set(done("referral.complete").map(\.object)) == referrals)
        #expect(referrals.count == finished.count)
    }

    private static func milliseconds(_ seconds: Double) -> String { "\(Int((seconds * 1000).rounded())) ms" }
}
