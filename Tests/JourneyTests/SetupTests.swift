import Foundation
import Testing

/// `leeward setup` and `leeward staff invite` as an operator runs them.
@Suite struct SetupTests {
    @Test func `a plan becomes an installation that only its owner can read, and codes that lie nowhere on the disk`()
        async throws
    {
        try await withFolder { folder in
            let place = try Place(in: folder)
            let made = try await place.setUp()
            #expect(made.code == 0, "\(made.printed)")
            let answer = try JSONAnswer(made.printed)
            let codes =
                [try #require(answer["founding_code"].text)] + answer["people"].list.compactMap { $0["code"].text }
            #expect(codes.count == 1 + Place.people.count)
            for code in codes { #expect(code.wholeMatch(of: /([0-9A-Z]{5}-){11}[0-9A-Z]{5}/) != nil) }
            #expect(codes[0].hasPrefix("FD") && codes.dropFirst().allSatisfy { $0.hasPrefix("NV") })
            #expect(Set(codes).count == codes.count)
            #expect(answer["people"].list.map { $0["label"].text } == Place.people)
            #expect(
                answer["agencies"].list.map { $0["name"].text } == ["Lagoon House (invented)", "Shore Desk (invented)"]
            )

            #expect(
                try place.modes(of: place.data) == ["leeward.lock": 0o600].merging(place.dataModes) { one, _ in one }
            )
            #expect(try place.modes(of: place.credentials) == ["pepper": 0o600, "log-key": 0o600])
            #expect(try place.mode(place.data) == 0o700)
            #expect(try place.mode(place.credentials) == 0o700)
            #expect(try place.modes(of: place.offline) == ["leeward.founding": 0o600])
            for name in ["pepper", "log-key"] {
                #expect(try Data(contentsOf: place.credentials.appending(path: name)).count == 32)
            }
            let config = try String(contentsOf: place.config, encoding: .utf8)
            for line in [
                "LEEWARD_DATA=\(place.data.path)", "LEEWARD_CREDENTIALS=\(place.credentials.path)",
                "LEEWARD_LOG_ORIGIN=leeward.example/setup",
            ] {
                #expect(config.contains(line + "\n"), "\(line)")
            }
            // No code, and nothing that the codes open, is left on the server in a form that can be read.
            let names = Place.people + ["Lagoon House"]
            for file in try place.files(except: [place.plan]) {
                let bytes = try Data(contentsOf: file)
                for secret in codes + codes.map({ $0.replacing("-", with: "") }) + names {
                    #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file.lastPathComponent)")
                }
            }
        }
    }

    @Test func `what is wrong with a plan is told line by line, all at once, and nothing is made`() async throws {
        try await withFolder { folder in
            let place = try Place(in: folder)
            try """
            agencies:
              - name: One
                country: XX
                teams: [Team, Team]
                desks:
                  - name: Desk
                    services: [lk-1926-mental-health-helplin]
                  - name: Other desk
                    services: [lk-childline-1929]
                  - name: Third desk
                    services: [lk-childline-1929]
                people:
                  - label: Anybody
                    roles: [caseworkr]
                    teams: [Tean]
                  - label: Anybody
                    roles: [caseworker]
                  - label: Both
                    roles: [administrator, safeguarding_focal_point]
                  - lable: Typo
                    roles: [auditor]
              - name: One
                country: LK
            """.write(to: place.plan, atomically: true, encoding: .utf8)
            let refused = try await place.setUp()
            #expect(refused.code == 65)
            let lines = refused.printed.split(separator: "\n").map {
                String($0).replacing(place.plan.path, with: "plan")
            }
            for wanted in [
                "plan:3: 'XX' is no country of the directory, write two capital letters such as LK",
                "plan:4: the team or desk 'Team' stands in line 4 already, write each once",
                "plan:7: the directory has no service 'lk-1926-mental-health-helplin', write "
                    + "'lk-1926-mental-health-helpline'",
                "plan:11: a desk for 'lk-childline-1929' stands in line 9 already, write each once",
                "plan:14: 'caseworkr' is no role, write 'caseworker'",
                "plan:15: the agency has no team or desk 'Tean', write 'Team'",
                "plan:16: the label 'Anybody' stands in line 13 already, write each once",
                "plan:16: a person with the role caseworker has no team, write 'teams: [...]'",
                "plan:18: the safeguarding focal point is an administrator, write two people",
                "plan:20: unknown key 'lable', write 'label'", "plan:20: a person has no 'label', write 'label: …'",
            ] {
                #expect(lines.contains(wanted), "\(wanted)\nin\n\(lines.joined(separator: "\n"))")
            }
            #expect(try place.files(except: [place.plan]) == [])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plan.yaml"])
        }
    }

    @Test func `a plan without an administrator, and a plan that is none, are refused`() async throws {
        try await withFolder { folder in
            let place = try Place(in: folder)
            for (text, wanted) in [
                ("agencies:\n  - name: One\n    country: LK\n", "nobody is an administrator"),
                ("agencies: []\n", "is empty"),
                ("people: []\n", "unknown key 'people'"), ("- a\n", "not a map"), ("agencies: *x\n", ":1:"),
            ] {
                try text.write(to: place.plan, atomically: true, encoding: .utf8)
                let refused = try await place.setUp()
                #expect(refused.code == 65)
                #expect(refused.printed.contains(wanted), "\(refused.printed)")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plan.yaml"])
        }
    }

    @Test func `an installation is set up once, and what stands stays as it is`() async throws {
        try await withFolder { folder in
            let place = try Place(in: folder)
            #expect(try await place.setUp().code == 0)
            let before = try place.held()
            let again = try await place.setUp()
            #expect(again.code == 73)
            #expect(again.printed.contains("is there already"))
            // Nor under another file of settings, another data folder, or with the same founding file in the way.
            for (name, change) in [
                ("data", ["--config", folder.appending(path: "other.conf").path]),
                (
                    "credentials",
                    [
                        "--config", folder.appending(path: "other.conf").path, "--data",
                        folder.appending(path: "other").path,
                    ]
                ),
                (
                    "founding file",
                    [
                        "--config", folder.appending(path: "other.conf").path, "--data",
                        folder.appending(path: "other").path, "--credentials", folder.appending(path: "others").path,
                    ]
                ),
            ] {
                let refused = try await place.setUp(change)
                #expect(refused.code == 73, "\(name): \(refused.printed)")
            }
            #expect(try place.held() == before)
        }
    }

    @Test func `codes that could not be shown leave nothing behind`() async throws {
        try await withFolder { folder in
            let place = try Place(in: folder)
            let full = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
            let refused = try await place.setUp(output: full)
            #expect(refused.code == 73)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plan.yaml"])
            #expect(try await place.setUp().code == 0)
        }
    }

    @Test func `what a killed setup left is no installation, and the next one makes its own`() async throws {
        try await withFolder { folder in
            let place = try Place(in: folder)
            // As it lies there when the process is killed between its steps.
            for parent in [place.data, place.credentials] {
                let unfinished = parent.appending(path: ".setup-unfinished")
                try FileManager.default.createDirectory(at: unfinished, withIntermediateDirectories: true)
                try Data("left".utf8).write(to: unfinished.appending(path: "pepper"))
            }
            let made = try await place.setUp()
            #expect(made.code == 0, "\(made.printed)")
            #expect(try place.modes(of: place.credentials) == ["pepper": 0o600, "log-key": 0o600])
            #expect(try Data(contentsOf: place.credentials.appending(path: "pepper")).count == 32)
        }
    }

    @Test func `without a plan it founds one agency and its first administrator, and a missing flag is named`()
        async throws
    {
        try await withFolder { folder in
            let place = try Place(in: folder)
            try FileManager.default.removeItem(at: place.plan)
            let unsaid = try await place.setUp(plan: false)
            #expect(unsaid.code == 64)
            #expect(unsaid.printed.contains("--agency"))
            let wrong = try await place.setUp(["--agency", "Harbour House", "--country", "XX"], plan: false)
            #expect(wrong.code == 64)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
            let made = try await place.setUp(["--agency", "Harbour House", "--country", "LK"], plan: false)
            #expect(made.code == 0, "\(made.printed)")
            let people = try JSONAnswer(made.printed)["people"].list
            #expect(people.map { $0["label"].text } == ["First administrator"])
            #expect(people.first?["roles"].list.map(\.text) == ["administrator"])
        }
    }

    @Test func `the founding file is not written into a folder of the server`() async throws {
        try await withFolder { folder in
            let place = try Place(in: folder)
            for inside in [place.data.appending(path: "offline"), place.credentials] {
                let refused = try await place.setUp(["--offline", inside.path])
                #expect(refused.code == 73)
                #expect(refused.printed.contains("must not stay on this server"))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plan.yaml"])
        }
    }

    @Test func `later people come with the founding file and its code, and wait where the team stands already`()
        async throws
    {
        try await withFolder { folder in
            let place = try Place(in: folder)
            let made = try await place.setUp()
            let code = try #require(try JSONAnswer(made.printed)["founding_code"].text)
            try place.writeCode(code.lowercased().replacing("-", with: " "))
            try """
            agencies:
              - name: Lagoon House (invented)
                teams: [Night team]
                people:
                  - label: Night caseworker
                    roles: [caseworker]
                    teams: [Night team, Children's team]
                  - label: Auditor
                    roles: [auditor]
            """.write(to: place.plan, atomically: true, encoding: .utf8)
            let invited = try await place.invite()
            #expect(invited.code == 0, "\(invited.printed)")
            let people = try JSONAnswer(invited.printed)["people"].list
            #expect(people.map { $0["label"].text } == ["Night caseworker", "Auditor"])
            #expect(people.map { $0["waits_for"].list.map(\.text) } == [["Children's team"], []])
            #expect(people.allSatisfy { $0["code"].text?.hasPrefix("NV") == true })

            // What the file cannot do is told by line, and changes nothing.
            let before = try place.held()
            try """
            agencies:
              - name: Lagoon House (invented)
                teams: [Night team]
                desks:
                  - name: Second desk
                    services: [lk-1926-mental-health-helpline]
                people:
                  - label: One more
                    roles: [caseworker]
                    teams: [Childrens team]
              - name: Lagoon Hause (invented)
              - name: Shore Desk (invented)
                country: LK
            """.write(to: place.plan, atomically: true, encoding: .utf8)
            let unknown = try await place.invite()
            #expect(unknown.code == 65)
            #expect(unknown.printed.contains(":13: unknown key 'country'"))
            try String(contentsOf: place.plan, encoding: .utf8).replacing("    country: LK", with: "")
                .write(to: place.plan, atomically: true, encoding: .utf8)
            let refused = try await place.invite()
            #expect(refused.code == 65)
            for wanted in [
                ":3: the team or desk 'Night team' stands already",
                ":6: a desk receives for 'lk-1926-mental-health-helpline' already",
                ":10: the agency has no team or desk 'Childrens team', and the plan founds none, write 'Children's team'",
                ":11: no agency 'Lagoon Hause (invented)' was founded with this file, write 'Lagoon House (invented)'",
            ] {
                #expect(refused.printed.contains(wanted), "\(wanted) in \(refused.printed)")
            }
            #expect(try place.held() == before)
        }
    }

    @Test func `a wrong code, another installation's file and a damaged one are refused, and nothing is changed`()
        async throws
    {
        try await withFolder { folder in
            let place = try Place(in: folder)
            let own = try #require(try JSONAnswer(try await place.setUp().printed)["founding_code"].text)
            let other = try Place(in: folder.appending(path: "elsewhere"))
            let others = try #require(try JSONAnswer(try await other.setUp().printed)["founding_code"].text)
            try "agencies:\n  - name: Lagoon House (invented)\n".write(
                to: place.plan,
                atomically: true,
                encoding: .utf8
            )
            let before = try place.held()

            let wrong = own.hasSuffix("0") ? own.dropLast() + "1" : own.dropLast() + "0"
            for (code, file, sentence) in [
                (String(wrong), place.founding, "this is no founding code"),
                (others, place.founding, "this code is that of another founding file"),
                (others, other.founding, "this founding file is of another installation"),
                (own, place.config, "this is no founding file, or it is damaged"),
            ] {
                try place.writeCode(code)
                let refused = try await place.invite(founding: file)
                #expect(refused.code == 77, "\(refused.printed)")
                #expect(refused.printed.contains(sentence), "\(refused.printed)")
            }
            try place.writeCode(own)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: place.codeFile.path)
            let readable = try await place.invite()
            #expect(readable.code == 77)
            #expect(readable.printed.contains("chmod 600"))
            #expect(try place.held() == before)
        }
    }
}
