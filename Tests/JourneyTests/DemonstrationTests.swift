import Foundation
import NIOHTTP1
import Testing

/// The main job as a newcomer meets it: `leeward demo`.
@Suite(.serialized) struct DemonstrationTests {
    @Test func `the demonstration plays to its end, a second run does not trip over the first, and nothing is left`()
        async throws
    {
        try await withFolder { folder in
            for _ in 1...2 {
                let demo = try LeewardProcess(["demo", "--once"], temporaryFolder: folder)
                let code = try await demo.exitCode(within: 120)
                #expect(code == 0, "\(demo.printed.suffix(2000))")
                for said in [
                    "1929  Childline Sri Lanka 1929", "refused, assent_missing", "+ Care after online exploitation",
                    "- Therapy for young adults", "- Counselling at the harbour club",
                    "refused, consent_items_missing: name",
                    "need PSY-ONLINE, age 12-14, si+ta, in LK, urgent", "opening the packet before accepting: refused",
                    "completed on the receiver's word", "404:",
                    "case.read, denied", "the tree and the signature are right", "is the first bad one",
                    "controls that were planted first were found", "The journey is over",
                ] {
                    let flat = demo.printed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                    let wanted = said.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                    #expect(flat.contains(wanted), "it did not say: \(said)")
                }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test func `it serves until it is told to stop, on loopback, with the logins it printed`() async throws {
        try await withFolder { folder in
            let demo = try LeewardProcess(["demo"], temporaryFolder: folder)
            try await demo.waitFor("Everything is deleted when it stops.", within: 120)
            let address = try #require(demo.address)
            let token = try await signIn("amara", demo, address)
            let lookUp = try await send(
                .POST,
                "\(address)/v1/lookup",
                json: #"{"country":"LK","needs":["PSY-CRISIS"],"age":14}"#,
                token: token
            )
            #expect(lookUp.status == 200)
            #expect(lookUp.body.contains(#""number":"1929""#))
            demo.terminate()
            #expect(try await demo.exitCode(within: 30) == 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test func `the published role matrix is what the rules say`() async throws {
        try await withFolder { folder in
            let matrix = try await command(["policy", "matrix"], folder)
            #expect(matrix.code == 0)
            let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
                path: "../../docs/role-matrix.md"
            )
            let published = try String(contentsOf: page.standardized, encoding: .utf8)
            #expect(published.hasSuffix("\n\n" + matrix.printed), "run: leeward policy matrix")
        }
    }

    @Test
    func `an auditor verifies an export at the command line, and a damaged one is refused by its first bad entry`()
        async throws
    {
        try await withFolder { folder in
            let demo = try LeewardProcess(["demo"], temporaryFolder: folder)
            try await demo.waitFor("Everything is deleted when it stops.", within: 120)
            let house = try #require(
                try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).first
            )
            let sound = try await command(["audit", "verify", house.appending(path: "auditor").path], folder)
            #expect(sound.code == 0)
            #expect(sound.printed.contains("sound: "))
            #expect(sound.printed.contains("the key was taken from the export itself"))
            let damaged = try await command(
                ["audit", "verify", house.appending(path: "auditor-damaged").path],
                folder
            )
            #expect(damaged.code == 65)
            #expect(damaged.printed.contains("is the first bad one"))
            let unknownKey = try await command(
                ["audit", "verify", "--key", "nonsense", house.appending(path: "auditor").path],
                folder
            )
            #expect(unknownKey.code == 64)

            // What an operator does with a stopped server: here with a copy of the running one's files.
            let copy = folder.appending(path: "copy")
            try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
            for name in ["leeward.sqlite", "leeward.sqlite-wal"] {
                try FileManager.default.copyItem(at: house.appending(path: name), to: copy.appending(path: name))
            }
            let export = folder.appending(path: "export").path
            let exported = try await command(["audit", "export", "--data", copy.path, export], folder)
            #expect(exported.code == 0, "\(exported.printed)")
            #expect(try await command(["audit", "verify", export], folder).code == 0)
            demo.terminate()
            _ = try await demo.exitCode(within: 30)
        }
    }

    /// A file that may not grow any more, in the running process: what the disk does when it fails.
    @Test func `when nothing can be recorded nothing is released, and the emergency lines still answer`() async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/prlimit") else {
            print("not run: prlimit is not on this machine")
            return
        }
        try await withFolder { folder in
            let demo = try LeewardProcess(["demo"], temporaryFolder: folder)
            try await demo.waitFor("Everything is deleted when it stops.", within: 120)
            let address = try #require(demo.address)
            let token = try await signIn("amara", demo, address)
            try limitFileSize(of: demo.identifier, to: 4096)
            let lookUp = try await send(
                .POST,
                "\(address)/v1/lookup",
                json: #"{"country":"LK","needs":["PSY-CRISIS"],"age":14}"#,
                token: token
            )
            #expect(lookUp.status == 503)
            #expect(!lookUp.body.contains("1929"))
            let page = try await send(.GET, "\(address)/v1/countries/LK", token: token)
            #expect(page.status == 200)
            #expect(page.body.contains(#""recorded":false"#))
            #expect(page.body.contains("119"))
            let alive = try await send(.GET, "\(address)/healthz")
            #expect(alive.status == 204)
            let ready = try await send(.GET, "\(address)/readyz")
            #expect(ready.status == 503)
            demo.terminate()
            _ = try await demo.exitCode(within: 30)
        }
    }

    /// A full disk, and room again: a tmpfs of 24 MiB that is filled to the last page.
    @Test func `a full disk refuses, and once there is room again the work goes on and what was missed is counted`()
        async throws
    {
        try await withFolder { folder in
            guard try run("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", folder.path]) == 0 else {
                print("not run: mounting a tmpfs needs root")
                return
            }
            defer { _ = try? run("/usr/bin/umount", ["-l", folder.path]) }
            let demo = try LeewardProcess(["demo"], temporaryFolder: folder)
            try await demo.waitFor("Everything is deleted when it stops.", within: 120)
            let address = try #require(demo.address)
            let token = try await signIn("amara", demo, address)
            let auditor = try await signIn("oksana", demo, address)
            let filler = folder.appending(path: "filler")
            try fill(filler)
            let body = #"{"country":"LK","needs":["PSY-CRISIS"],"age":14}"#
            var refused = 0
            for _ in 1...20 {
                let answer = try await send(.POST, "\(address)/v1/lookup", json: body, token: token)
                if answer.status == 503 {
                    refused += 1
                    #expect(!answer.body.contains("1929"))
                }
            }
            #expect(refused > 0, "the disk was not full")
            let page = try await send(.GET, "\(address)/v1/countries/LK", token: token)
            #expect(page.status == 200)
            #expect(page.body.contains(#""recorded":false"#))
            try FileManager.default.removeItem(at: filler)
            let again = try await send(.POST, "\(address)/v1/lookup", json: body, token: token)
            #expect(again.status == 200)
            let entries = try await send(.GET, "\(address)/v1/audit/entries?limit=200", token: auditor)
            #expect(entries.body.contains("answered_unrecorded"))
            demo.terminate()
            #expect(try await demo.exitCode(within: 30) == 0)
        }
    }

    private func command(_ arguments: [String], _ folder: URL) async throws -> (code: Int32, printed: String) {
        let process = try LeewardProcess(arguments, temporaryFolder: folder)
        let code = try await process.exitCode(within: 60)
        return (code, process.printed)
    }

    private func signIn(_ name: String, _ demo: LeewardProcess, _ address: String) async throws -> String {
        let password = try #require(demo.password(of: name))
        let answer = try await send(
            .POST,
            "\(address)/v1/session",
            json: #"{"name":"\#(name)","password":"\#(password)"}"#
        )
        #expect(answer.status == 201)
        return try #require(answer.body.firstMatch(of: /"token":"([^"]+)"/).map { String($0.1) })
    }

    private func limitFileSize(of process: Int32, to bytes: Int) throws {
        try #require(try run("/usr/bin/prlimit", ["--pid", "\(process)", "--fsize=\(bytes):unlimited"]) == 0)
    }

    /// Writes until there is no room for another page.
    private func fill(_ file: URL) throws {
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        for size in [1 << 20, 1 << 12, 1] {
            let block = Data(repeating: 0, count: size)
            while (try? handle.write(contentsOf: block)) != nil {}
        }
    }

    private func run(_ command: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
