import ArgumentParser
import Foundation
import Testing
import Web

@testable import leeward

@Suite struct SettingsSourcesTests {
    private static let name = ["LEEWARD_LOG_ORIGIN": "leeward.example/log"]

    private func sources(
        _ flags: [Setting: String] = [:],
        _ environment: [String: String] = name,
        file: String? = nil
    ) async throws -> SettingsSources {
        try await withFolder { folder in
            let path = folder.appending(path: "leeward.conf")
            try Data((file ?? "").utf8).write(to: path)
            return try SettingsSources(flags: flags, file: path.path, environment: environment)
        }
    }

    private func problems(
        _ flags: [Setting: String] = [:],
        _ environment: [String: String] = name,
        file: String? = nil
    ) async throws -> [String] {
        let sources = try await sources(flags, environment, file: file)
        do throws(SettingsRefusal) {
            _ = try sources.settings()
            return []
        } catch {
            // The file lies in a folder of the test's own.
            return error.problems.map { $0.description.replacing(/\/\S*leeward\.conf/, with: "FILE") }
        }
    }

    @Test func `flags go before the environment, that before the file, that before the defaults`() async throws {
        let file = "LEEWARD_CORES=2\nLEEWARD_LISTEN=127.0.0.1:2\nLEEWARD_DATA=/srv/two\n"
        let environment = Self.name.merging(["LEEWARD_LISTEN": "127.0.0.1:3", "LEEWARD_DATA": "/srv/three"]) { $1 }
        let found = try await sources([.data: "/srv/four"], environment, file: file).found
        #expect(found[.data]?.value == "/srv/four")
        #expect(found[.data]?.origin.text == "flag")
        #expect(found[.listen]?.value == "127.0.0.1:3")
        #expect(found[.listen]?.origin.text == "environment")
        #expect(found[.cores]?.value == "2")
        #expect(found[.cores]?.origin.text.hasSuffix("leeward.conf:1") == true)
        #expect(found[.diskReserve]?.value == "64")
        #expect(found[.diskReserve]?.origin.text == "default")
    }

    @Test func `a secret in the credentials folder goes before the file, and a flag before it`() async throws {
        try await withFolder { folder in
            try Data([1]).write(to: folder.appending(path: "pepper"))
            let environment = Self.name.merging(["CREDENTIALS_DIRECTORY": folder.path]) { $1 }
            let file =
                "LEEWARD_PEPPER_FILE=/srv/pepper\nLEEWARD_LOG_KEY_FILE=/srv/log-key\nLEEWARD_CREDENTIALS=/srv/c\n"
            let found = try await sources([:], environment, file: file).found
            #expect(found[.credentials]?.value == folder.path)
            #expect(found[.pepperFile]?.value == folder.path + "/pepper")
            #expect(found[.pepperFile]?.origin.text == "credentials folder")
            #expect(found[.logKeyFile]?.value == "/srv/log-key")
            let flagged = try await sources([.pepperFile: "/srv/flag"], environment, file: file).found
            #expect(flagged[.pepperFile]?.value == "/srv/flag")
            let without = try await sources([:], Self.name, file: "LEEWARD_CREDENTIALS=/srv/c\n").found
            #expect(without[.pepperFile]?.value == "/srv/c/pepper")
            #expect(without[.pepperFile]?.origin.text == "default")
        }
    }

    @Test func `settings that are in order are read whole`() async throws {
        let settings = try await sources(
            [.listen: "[::]:443", .certificate: "/c.pem", .certificateKey: "/k.pem", .diskReserve: "0"]
        ).settings()
        #expect(settings.listen == .network(host: "::", port: 443))
        #expect(settings.tls == ServerSettings.TLSFiles(certificate: "/c.pem", key: "/k.pem"))
        #expect(settings.diskReserve == 0)
        #expect(settings.data.store == "/var/lib/leeward/leeward.sqlite")
        #expect(settings.logOrigin == "leeward.example/log")
        #expect(try await problems().isEmpty)
    }

    @Test func `everything that is wrong is said at once, each with its place and what to write`() async throws {
        let file = """
            # a remark
            LEEWARD_LISTN=127.0.0.1:1
            just words
            LEEWARD_CORES=0
            LEEWARD_CORES=3
            LEEWARD_DATA="/srv/quoted"
            WHO=me
            """
        let environment = ["LEEWARD_DISK_RESERVE": "much", "LEEWARD_DIRECTRY": "/x"]
        let found = try await problems([.policies: "relative"], environment, file: file)
        #expect(
            found == [
                "LEEWARD_DIRECTRY in the environment: unknown key 'LEEWARD_DIRECTRY'; write LEEWARD_DIRECTORY",
                "FILE:2: unknown key 'LEEWARD_LISTN'; write LEEWARD_LISTEN",
                "FILE:7: unknown key 'WHO'; leave it out; leeward config show lists all keys",
                "FILE:3: this is no setting; write KEY=value, or # before a remark",
                "FILE:5: LEEWARD_CORES stands in line 4 already; keep one of the two",
                "FILE:6: LEEWARD_DATA is in quotes; write the value without them",
                "LEEWARD_LOG_ORIGIN: the audit log has no name; write \(Setting.logOrigin.form)",
                "FILE:4: this is no such number; write a number from 1 to 256",
                "LEEWARD_DISK_RESERVE: this is no such number; write megabytes, a number from 0 to 1024",
                "--policies: LEEWARD_POLICIES is no absolute path; write \(Setting.policies.form)",
            ]
        )
    }

    @Test(arguments: ["LEEWARD_PEPPER", "LEEWARD_LOG_KEY"])
    func `a secret itself is refused in the environment and in the file, and not repeated`(key: String) async throws {
        for found in [
            try await problems([:], Self.name.merging([key: "zq7marker"]) { $1 }),
            try await problems(file: "\(key)=zq7marker"),
        ] {
            #expect(found.count == 1)
            #expect(found.first?.contains("\(key)_FILE") == true)
            #expect(found.first?.contains("zq7marker") == false)
        }
    }

    @Test func `a public address needs a certificate, and a certificate its key`() async throws {
        let plain = try await problems([.listen: "0.0.0.0:8443"])
        #expect(plain.count == 1)
        #expect(plain.first?.contains("LEEWARD_TLS_CERTIFICATE") == true)
        #expect(plain.first?.hasPrefix("--listen: others could read along") == true)
        #expect(try await problems([.listen: "127.0.0.1:8443"]).isEmpty)
        let keyless = try await problems([.listen: "0.0.0.0:8443", .certificate: "/c.pem"])
        #expect(keyless.count == 1)
        #expect(keyless.first?.contains("without its key") == true)
        let bare = try await problems([.certificateKey: "/k.pem"])
        #expect(bare.first?.contains("without its certificate") == true)
        #expect(try await problems([.listen: "example.org:443"]).first?.contains("no address") == true)
    }

    @Test func `every setting has its flag, and the page of settings says what the table says`() throws {
        let page = try String(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appending(path: "../../../docs/settings.md").standardized,
            encoding: .utf8
        )
        for setting in Setting.allCases {
            let line =
                "| `\(setting.key)` | `\(setting.flag)` | \(setting.meaning) | \(setting.form) | "
                + "\(setting.standardInWords) | \(setting.isReread ? "yes" : "") |"
            #expect(page.contains(line + "\n"), "docs/settings.md should hold: \(line)")
            #expect(try SettingsOptions.parse([setting.flag, "x"]).flags == [setting: "x"])
        }
        #expect(page.split(separator: "\n").filter { $0.hasPrefix("| `LEEWARD_") }.count == Setting.allCases.count)
    }
}
