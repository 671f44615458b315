import Foundation
import NIOHTTP1
import Testing

/// A backup that was made while people worked, restored after the data was lost.
@Suite struct RestoredHouseTests {
    @Test(.timeLimit(.minutes(5)))
    func `a backup made beside the running server brings back what was there, and erased cases stay erased`()
        async throws
    {
        try await withFolder { folder in
            let house = try await RealHouse.setUp(in: folder)
            let key = folder.appending(path: "backup.key")
            let backups = folder.appending(path: "backups")
            func leeward(_ arguments: [String]) async throws -> String {
                let command = try LeewardProcess(
                    arguments
                        + (arguments[1] == "key"
                            ? []
                            : [
                                "--config", house.settings.path, "--backups", backups.path, "--vault-backups",
                                folder.appending(path: "vaults").path,
                            ]),
                    temporaryFolder: folder
                )
                let code = try await command.exitCode(within: 120)
                try #require(code == 0, "\(arguments): \(command.printed)")
                return command.printed
            }
            let recipient = try await leeward(["backup", "key", key.path]).split(separator: "=").last
            let to = ["--backup-recipient", try #require(recipient).trimmingCharacters(in: .newlines)]

            let answers = AnsweredRequests()
            let (server, _) = try await house.start()
            var access = try await house.access(answers: answers)
            var kept = SurvivorsPath(number: 1)
            while !kept.isDone { try await kept.goOn(access) }
            var erased = SurvivorsPath(number: 2)
            while erased.caseID == nil { try await erased.goOn(access) }
            let made = try JSONAnswer(try await leeward(["backup", "create", "--json"] + to))
            var later = SurvivorsPath(number: 3)
            while later.caseID == nil { try await later.goOn(access) }
            let supervisor = try await house.confirmed("supervisor")
            let gone = try await Reply.to(
                .POST,
                "\(house.address)/v1/cases/\(try #require(erased.caseID))/erasure",
                json: #"{"reason": "survivor_asked"}"#,
                token: supervisor,
                version: 1
            )
            #expect(gone.status == 200 && gone.text("state") == "erased")
            #expect(try await server.stop() == 0)

            let file = try #require(made["database"].text)
            let opened = ["--identity", key.path, "--json"] + to
            let seen = try JSONAnswer(try await leeward(["backup", "verify", file] + opened))
            #expect(seen["erased"].list.map(\.text) == [erased.caseID])
            #expect(seen["orphans"].whole == 1, "the case that was opened after the backup")
            #expect(seen["without_secret"].list.isEmpty)
            let head = try #require(seen["head"].text)
            let restored = try JSONAnswer(
                try await leeward(
                    ["backup", "restore", file, "--first", String(head.prefix(8)), "--second", String(head.suffix(8))]
                        + opened
                )
            )
            #expect(restored["new_log_key"].text?.hasPrefix("leeward.example/rig/r1+") == true)

            let (again, _) = try await house.start()
            access = try await house.access(answers: answers)
            #expect(try await house.cases(access) == [try #require(kept.caseID)])
            for (path, status) in [(kept, 200), (erased, 404), (later, 404)] {
                let reply = try await Reply.to(
                    .GET,
                    "\(house.address)/v1/cases/\(try #require(path.caseID))",
                    token: access.caseworker
                )
                #expect(reply.status == status)
            }
            let entries = try await house.entries()
            #expect(entries.contains { $0.act == "log.continue" })
            #expect(entries.contains { $0.act == "case.erased" && $0.object == erased.caseID })
            #expect(try await again.stop() == 0)
        }
    }
}
