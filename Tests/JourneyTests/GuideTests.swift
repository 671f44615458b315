import Foundation
import Testing

/// The guides' commands, run as they stand: setup, serve, enrolment, the first referral, the audit, TLS.
@Suite struct GuideTests {
    /// The order in which a newcomer meets them; the operator's guide says where to go on with the others.
    private static let afterSignIn = ["helpline", "caseworker", "receiving-desk", "integrator", "auditor"]

    @Test func `every command of the guides does what its guide says`() async throws {
        try await withFolder { folder in
            let operatorsBlocks = try Self.blocks(of: "operator")
            let place = try #require(operatorsBlocks.firstIndex { $0.contains("sign_in()") })
            var script = "set -euo pipefail\ntrap 'kill -KILL ${SERVER:-} 2>/dev/null || true' EXIT\n"
            script += operatorsBlocks[...place].joined(separator: "\n")
            // The auditor exports the log of a stopped server: that part comes after the operator's last command.
            var afterTheEnd: [String] = []
            for guide in Self.afterSignIn {
                for block in try Self.blocks(of: guide) {
                    if block.contains("log-export") { afterTheEnd.append(block) } else { script += "\n" + block }
                }
            }
            script += "\n" + operatorsBlocks[(place + 1)...].joined(separator: "\n")
            script +=
                "\nexport DATA=$HERE/data\n" + afterTheEnd.joined(separator: "\n") + "\necho every command was run\n"
            let port = try freePort()
            script = script.replacing("8443", with: "\(port)")
            // The trial's address is the one that the guide's settings have by default.
            script = script.replacing("leeward setup --json", with: "leeward setup --json --listen 127.0.0.1:\(port)")
            #expect(!afterTheEnd.isEmpty)

            let file = folder.appending(path: "guides.sh")
            try script.write(to: file, atomically: true, encoding: .utf8)
            let products = LeewardProcess.executable.deletingLastPathComponent().path
            let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
            let bash = try LeewardProcess(
                executable: URL(fileURLWithPath: "/bin/bash"),
                [file.path],
                temporaryFolder: folder,
                environment: ["PATH": "\(products):\(path)"],
                in: folder
            )
            let code = try await bash.exitCode(within: 300)
            #expect(code == 0, "\(bash.printed.suffix(4000))")
            #expect(bash.printed.contains("every command was run"))
            #expect(bash.printed.contains("sound: "))
            #expect(bash.printed.contains("1929  Childline Sri Lanka 1929"))
        }
    }

    @Test func `each guide has commands that are run, and no other shell blocks`() throws {
        let all = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".md") }
        #expect(Set(all) == Set((Self.afterSignIn + ["operator"]).map { "\($0).md" }))
        for guide in all {
            let text = try String(contentsOf: Self.folder.appending(path: guide), encoding: .utf8)
            let fences = text.split(separator: "\n").filter { $0.hasPrefix("```") && $0 != "```" }
            #expect(!fences.isEmpty && fences.allSatisfy { $0 == "```sh" }, "\(guide)")
        }
    }

    private static var folder: URL {
        URL(fileURLWithPath: #filePath).appending(path: "../../../docs/guides").standardized
    }

    /// The shell blocks of a guide.
    private static func blocks(of guide: String) throws -> [String] {
        let text = try String(contentsOf: folder.appending(path: "\(guide).md"), encoding: .utf8)
        return text.components(separatedBy: "```sh\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }
}
