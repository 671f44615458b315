import Foundation
import Testing

@Suite struct ConfigCommandTests {
    private func run(_ arguments: [String], file: String) async throws -> (code: Int32, printed: String) {
        try await withFolder { folder in
            let path = folder.appending(path: "leeward.conf")
            try Data(file.utf8).write(to: path)
            let process = try LeewardProcess(
                arguments + (arguments.contains("--config") ? [] : ["--config", path.path]),
                temporaryFolder: folder
            )
            let code = try await process.exitCode(within: 60)
            return (code, process.printed.replacing(path.path, with: "FILE"))
        }
    }

    @Test func `what is shown is a file of settings, with the origin of each when it is asked for`() async throws {
        let file = "LEEWARD_CORES=2\nLEEWARD_PEPPER_FILE=/nowhere/pepper\n"
        let plain = try await run(["config", "show"], file: file)
        #expect(plain.code == 0)
        #expect(plain.printed.contains("\nLEEWARD_CORES=2\n"))
        #expect(plain.printed.contains("# unset\nLEEWARD_PEPPER_FILE=/nowhere/pepper\n"))
        #expect(plain.printed.contains("# LEEWARD_LOG_ORIGIN is not set\n"))
        #expect(!plain.printed.contains("from "))
        let origin = try await run(["config", "show", "--origin", "--listen", "127.0.0.1:1"], file: file)
        #expect(origin.printed.contains("# from FILE:1\nLEEWARD_CORES=2\n"))
        #expect(origin.printed.contains("# from flag\nLEEWARD_LISTEN=127.0.0.1:1\n"))
        #expect(origin.printed.contains("# from default\nLEEWARD_DISK_RESERVE=64\n"))
        #expect(origin.printed.contains("# unset, from FILE:2\n"))
    }

    @Test func `as JSON it is a list with the same`() async throws {
        let shown = try await run(["config", "show", "--json", "--origin"], file: "LEEWARD_CORES=2\n")
        let list = try #require(
            try JSONSerialization.jsonObject(with: Data(shown.printed.utf8)) as? [[String: String]]
        )
        let cores = try #require(list.first { $0["key"] == "LEEWARD_CORES" })
        #expect(cores == ["key": "LEEWARD_CORES", "value": "2", "origin": "from FILE:1"])
        #expect(list.first { $0["key"] == "LEEWARD_LOG_KEY_FILE" }?["secret"] == "unset")
    }

    @Test func `check says every problem and exits with the code of settings`() async throws {
        let file = "LEEWARD_CORS=2\nLEEWARD_LISTEN=0.0.0.0:8443\nLEEWARD_LOG_ORIGIN=leeward.example/test\n"
        let checked = try await run(["config", "check"], file: file)
        #expect(checked.code == 78)
        #expect(checked.printed.contains("FILE:1: unknown key 'LEEWARD_CORS'; write LEEWARD_CORES\n"))
        #expect(checked.printed.contains("FILE:2: others could read along"))
        let missing = try await run(
            ["config", "check", "--data", "/nowhere/data", "--credentials", "/nowhere/credentials"],
            file: "LEEWARD_LOG_ORIGIN=leeward.example/test\n"
        )
        #expect(missing.code == 78)
        #expect(missing.printed.contains("/nowhere/data: the data folder is not there"))
        #expect(missing.printed.contains("/nowhere/credentials/pepper: the pepper is not there"))
        #expect(missing.printed.contains("/nowhere/credentials/log-key: the log key is not there"))
    }

    @Test func `a flag that is wrong is a mistake of use`() async throws {
        let file = "LEEWARD_LOG_ORIGIN=leeward.example/test\n"
        #expect(try await run(["config", "check", "--cores", "none"], file: file).code == 64)
        let unknown = try await run(["serve", "--lisen", "127.0.0.1:1"], file: file)
        #expect(unknown.code == 64)
        #expect(unknown.printed.contains("--listen"))
        let none = try await run(["config", "check", "--config", "/nowhere/leeward.conf"], file: file)
        #expect(none.code == 78)
        #expect(none.printed.contains("/nowhere/leeward.conf: the file cannot be read"))
    }
}
