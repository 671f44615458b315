import Foundation
import NIOHTTP1
import Testing

/// The server killed at random while cases are erased: every erasure that began is done after the next start, once, and every
/// case whose erasure did not begin is whole. `LEEWARD_ERASURE_KILLS` says how often.
@Suite(.serialized) struct ErasureRigTests {
    static let kills = ProcessInfo.processInfo.environment["LEEWARD_ERASURE_KILLS"].flatMap(Int.init) ?? 6

    @Test(.timeLimit(.minutes(60)))
    func `killed at random while cases are erased, each is whole or erased and never half`() async throws {
        try await withFolder { folder in
            let house = try await RealHouse.setUp(in: folder)
            let answers = AnsweredRequests()
            var open: [String] = []
            var asked: Set<String> = []
            var answered: Set<String> = []
            for kill in 1...Self.kills {
                let (server, _) = try await house.start()
                let access = try await house.access(answers: answers)
                while open.count < 4 {
                    var path = SurvivorsPath(number: asked.count + open.count + kill * 100)
                    while path.caseID == nil { try await path.goOn(access) }
                    open.append(try #require(path.caseID))
                }
                let supervisor = try await house.confirmed("supervisor")
                let victims = open
                let killer = Task {
                    try await Task.sleep(for: .milliseconds(Int.random(in: 1...120)))
                    await server.kill()
                }
                for id in victims {
                    asked.insert(id)
                    guard
                        let reply = try? await Reply.to(
                            .POST,
                            "\(house.address)/v1/cases/\(id)/erasure",
                            json: #"{"reason": "survivor_asked"}"#,
                            token: supervisor,
                            version: 1
                        )
                    else { break }
                    if reply.status == 200 { answered.insert(id) }
                }
                try await killer.value
                try await Self.look(house, access: answers, asked, answered, &open, kill)
            }
        }
    }

    /// What stands after a start: the list against the log.
    private static func look(
        _ house: RealHouse,
        access answers: AnsweredRequests,
        _ asked: Set<String>,
        _ answered: Set<String>,
        _ open: inout [String],
        _ kill: Int
    ) async throws {
        let (server, _) = try await house.start()
        let access = try await house.access(answers: answers)
        let listed = try await house.cases(access)
        let entries = try await house.entries()
        func done(_ act: String) -> [String] {
            entries.filter { $0.act == act && $0.outcome == "permitted" }.map(\.object)
        }
        let begun = done("case.erase")
        let finished = done("case.erased")
        #expect(Set(begun) == Set(finished), "after kill \(kill): every erasure that began is done")
        #expect(begun.count == Set(begun).count && finished.count == Set(finished).count, "each once")
        #expect(answered.isSubset(of: finished), "what was answered is done")
        #expect(listed.isDisjoint(with: finished), "what is erased is in no list")
        for id in open {
            let reply = try await Reply.to(.GET, "\(house.address)/v1/cases/\(id)", token: access.caseworker)
            #expect(reply.status == (finished.contains(id) ? 404 : 200), "\(id) after kill \(kill)")
        }
        open.removeAll { finished.contains($0) }
        #expect(try await server.stop() == 0)
    }
}
