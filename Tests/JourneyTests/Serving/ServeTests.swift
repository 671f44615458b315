import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import TestSupport
import Testing

@testable import leeward

/// `leeward serve` as an operator meets it.
@Suite(.serialized) struct ServeTests {
    private func withInstallation(_ body: (ServedInstallation) async throws -> Void) async throws {
        try await withFolder { folder in try await body(try await ServedInstallation.found(in: folder)) }
    }

    @Test func `it serves until it is told to stop, starts again with what it had, and says what it did in codes`()
        async throws
    {
        try await withInstallation { installation in
            for round in 1...2 {
                let server = try await installation.serve()
                let address = try #require(server.servedAt)
                let token = try await installation.signIn("amara", at: address)
                let lookUp = try await send(
                    .POST,
                    "\(address)/v1/lookup",
                    json: #"{"country":"LK","needs":["PSY-CRISIS"],"age":14}"#,
                    token: token
                )
                #expect(lookUp.status == 200)
                #expect(lookUp.body.contains(#""number":"1929""#))
                #expect(try await send(.GET, "\(address)/v1/cases/zq7marker?zq7marker", token: token).status >= 400)
                #expect(try await send(.GET, "\(address)/readyz").status == 200)
                server.terminate()
                #expect(try await server.exitCode(within: 60) == 0)
                let printed = server.printed
                #expect(
                    server.lines.count == printed.split(separator: "\n").count,
                    "not all lines are JSON:\n\(printed)"
                )
                let events = server.lines.compactMap { $0["event"] as? String }.filter { $0 != "memory.not_locked" }
                #expect(events.first == "started")
                #expect(events.suffix(2) == ["stopping", "stopped"])
                #expect(!events.contains("unlisted"))
                #expect(server.lines(of: .directoryLoaded).count == (round == 1 ? 1 : 0))
                let answered = server.lines(of: .answered)
                #expect(answered.contains { $0["route"] as? String == "/v1/lookup" && $0["status"] as? Int == 200 })
                #expect(answered.allSatisfy { $0["milliseconds"] is Int && ($0["request"] as? String)?.count == 27 })
                for secret in ["amara", ServedInstallation.password, token, "zq7marker", "PSY-CRISIS"] {
                    #expect(!printed.contains(secret))
                }
            }
            #expect(try mode(installation.data.appending(path: "leeward.sqlite").path) == 0o600)
            #expect(try mode(installation.data.appending(path: "directory.snapshot").path) == 0o600)
        }
    }

    @Test func `a second one is refused while the first holds the folder, and told what to stop`() async throws {
        try await withInstallation { installation in
            let server = try await installation.serve()
            let second = try await installation.run("serve")
            #expect(second.code == 75)
            #expect(second.printed.contains("leeward serve \(server.identifier)"))
            server.terminate()
            #expect(try await server.exitCode(within: 60) == 0)
            let third = try await installation.serve()
            third.terminate()
            #expect(try await third.exitCode(within: 60) == 0)
        }
    }

    @Test func `what is missing or wrong keeps it from starting, each with what to do`() async throws {
        try await withInstallation { installation in
            let pepper = installation.credentials.appending(path: "pepper").path
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: pepper)
            let readable = try await installation.run("serve")
            #expect(readable.code == 78)
            #expect(readable.printed.contains("chmod 600 \(pepper)"))
            #expect(try await installation.run("config", "check").code == 78)

            let right = [UInt8](try Data(contentsOf: URL(fileURLWithPath: pepper)))
            try installation.write([UInt8](repeating: 7, count: 32), secret: "pepper")
            let other = try await installation.run("serve")
            #expect(other.code == 65)
            #expect(other.printed.contains("nothing is damaged"))
            try installation.write(right, secret: "pepper")

            let vault = installation.data.appending(path: "leeward.vault")
            try FileManager.default.moveItem(at: vault, to: installation.folder.appending(path: "vault"))
            let lost = try await installation.run("serve")
            #expect(lost.code == 66)
            #expect(lost.printed.contains("leeward.vault is missing"))
            try FileManager.default.moveItem(at: installation.folder.appending(path: "vault"), to: vault)

            try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: installation.data.path)
            let open = try await installation.run("serve")
            #expect(open.code == 78)
            #expect(open.printed.contains("chmod 700"))
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: installation.data.path)

            try installation.configure([.listen: "0.0.0.0:0"])
            let plain = try await installation.run("serve")
            #expect(plain.code == 78)
            #expect(plain.printed.contains("LEEWARD_TLS_CERTIFICATE"))
            try installation.configure()

            #expect(try await installation.run("config", "check").code == 0)
            let server = try await installation.serve()
            server.terminate()
            #expect(try await server.exitCode(within: 60) == 0)
        }
    }

    @Test func `a folder without an installation is not served`() async throws {
        try await withFolder { folder in
            let installation = try await ServedInstallation.found(in: folder)
            for name in try FileManager.default.contentsOfDirectory(atPath: installation.data.path) {
                try FileManager.default.removeItem(at: installation.data.appending(path: name))
            }
            let empty = try await installation.run("serve")
            #expect(empty.code == 66)
            #expect(empty.printed.contains("leeward setup"))
            #expect(!FileManager.default.fileExists(atPath: installation.data.appending(path: "leeward.sqlite").path))
        }
    }

    @Test func `it speaks TLS 1.3 and nothing older, and takes up a new certificate without a restart`() async throws {
        guard MadeCertificate.canBeMade else {
            print("not run: openssl is not on this machine")
            return
        }
        try await withInstallation { installation in
            let first = try MadeCertificate(named: "first", in: installation.folder)
            let second = try MadeCertificate(named: "second", in: installation.folder)
            try installation.configure([
                .listen: "0.0.0.0:0", .certificate: first.certificate.path, .certificateKey: first.key.path,
            ])
            let server = try await installation.serve()
            let port = try #require(server.servedAt?.split(separator: ":").last)
            let address = "https://127.0.0.1:\(port)"
            let old = try client(trusting: first.certificate)
            let new = try client(trusting: second.certificate)
            let outdated = try client(trusting: first.certificate, atMost: .tlsv12)
            let ready = try await get(address, by: old)
            #expect(ready.status == .ok)
            #expect(ready.headers.first(name: "Strict-Transport-Security") == "max-age=31536000")
            await #expect(throws: (any Error).self) { try await get(address, by: outdated) }
            await #expect(throws: (any Error).self) { try await get(address, by: new) }

            // No certificate at all, then one whose key is another: the old pair stays.
            try Data("no certificate".utf8).write(to: first.certificate)
            server.hangUp()
            try await server.waitFor(.certificateRefused)
            try Data(contentsOf: second.certificate).write(to: first.certificate)
            server.hangUp()
            try await server.waitFor(.certificateRefused, times: 2)
            #expect(try await get(address, by: old).status == .ok)
            await #expect(throws: (any Error).self) { try await get(address, by: new) }

            try Data(contentsOf: second.key).write(to: first.key)
            server.hangUp()
            try await server.waitFor(.certificateLoaded)
            #expect(try await get(address, by: new).status == .ok)
            await #expect(throws: (any Error).self) { try await get(address, by: old) }

            for client in [old, new, outdated] { try await client.shutdown() }
            server.terminate()
            #expect(try await server.exitCode(within: 60) == 0)
        }
    }

    @Test func `a directory is taken up without a restart, in the log and in the answers; a faulty one leaves the old`()
        async throws
    {
        try await withInstallation { installation in
            let server = try await installation.serve()
            let address = try #require(server.servedAt)
            let amara = try await installation.signIn("amara", at: address)
            func lines() async throws -> String {
                try await send(.GET, "\(address)/v1/countries/LK", token: amara).body
            }
            #expect(try await lines().contains(#""number":"119""#))
            try installation.edit("LK.yaml", replacing: "- number: 119\n", with: "- number: 117\n")
            server.hangUp()
            try await server.waitFor(.directoryLoaded, times: 2)
            #expect(try await lines().contains(#""number":"117""#))
            #expect(try await !lines().contains(#""number":"119""#))

            try installation.edit("LK.yaml", replacing: "    hours: 24/7\n", with: "    hous: 24/7\n")
            server.hangUp()
            try await server.waitFor(.directoryRefused)
            let refused = try #require(server.lines(of: .directoryRefused).first)
            #expect((refused["problems"] as? String)?.contains("LK.yaml:") == true)
            #expect((refused["problems"] as? String)?.contains("hous") == true)
            #expect(try await lines().contains(#""number":"117""#))

            let oksana = try await installation.signIn("oksana", at: address)
            let entries = try await send(
                .GET,
                "\(address)/v1/audit/entries?act=directory.load",
                token: oksana
            ).body
            let contents = server.lines(of: .directoryLoaded).compactMap { $0["content"] as? String }
            #expect(contents.count == 2)
            for content in contents { #expect(entries.contains(#""object":"directory:\#(content)""#)) }
            #expect(entries.contains(#""rule":"operator""#))
            server.terminate()
            #expect(try await server.exitCode(within: 60) == 0)

            // The slip still stands in the file: the next start goes on with what was in order.
            let again = try await installation.serve()
            #expect(again.lines(of: .directoryRefused).count == 1)
            #expect(again.lines(of: .directoryLoaded).isEmpty)
            let anew = try #require(again.servedAt)
            let token = try await installation.signIn("amara", at: anew)
            let page = try await send(.GET, "\(anew)/v1/countries/LK", token: token).body
            #expect(page.contains(#""number":"117""#))
            again.terminate()
            #expect(try await again.exitCode(within: 60) == 0)

            try FileManager.default.removeItem(at: installation.data.appending(path: "directory.snapshot"))
            let without = try await installation.run("serve")
            #expect(without.code == 65)
            #expect(without.printed.contains("hous"))
        }
    }

    @Test func `on a unix socket its group may speak to it, and health tells ready from not`() async throws {
        try await withInstallation { installation in
            let socket = "/tmp/leeward-\(UUID().uuidString.prefix(8)).sock"
            try installation.configure([.listen: "unix:\(socket)"])
            let before = try await installation.run("health")
            #expect(before.code == 1)
            let server = try await installation.serve()
            #expect(try mode(socket) == 0o660)
            let health = try await installation.run("health")
            #expect(health.code == 0)
            #expect(health.printed == "ready\n")
            server.terminate()
            #expect(try await server.exitCode(within: 60) == 0)
            #expect(!FileManager.default.fileExists(atPath: socket))
        }
    }

    @Test func `a disk that fails is said with what to do, health says so, and the emergency lines still answer`()
        async throws
    {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/prlimit") else {
            print("not run: prlimit is not on this machine")
            return
        }
        try await withInstallation { installation in
            let port = try freePort()
            try installation.configure([.listen: "127.0.0.1:\(port)"])
            let server = try await installation.serve()
            let address = try #require(server.servedAt)
            let token = try await installation.signIn("amara", at: address)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
            process.arguments = ["--pid", "\(server.identifier)", "--fsize=4096:unlimited"]
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
            let body = #"{"country":"LK","needs":["PSY-CRISIS"],"age":14}"#
            #expect(try await send(.POST, "\(address)/v1/lookup", json: body, token: token).status == 503)
            try await server.waitFor(.storeStopped)
            #expect((server.lines(of: .storeStopped).first?["remedy"] as? String)?.contains("restart") == true)
            let page = try await send(.GET, "\(address)/v1/countries/LK", token: token)
            #expect(page.status == 200)
            #expect(page.body.contains(#""recorded":false"#))
            let health = try await installation.run("health")
            #expect(health.code == 1)
            #expect(health.printed.contains("store"))
            server.terminate()
            _ = try await server.exitCode(within: 60)
        }
    }

    @Test func `an address that is taken is named`() async throws {
        try await withInstallation { installation in
            let port = try freePort()
            try installation.configure([.listen: "127.0.0.1:\(port)"])
            let server = try await installation.serve()
            let data = installation.folder.appending(path: "other")
            try FileManager.default.copyItem(at: installation.data, to: data)
            let other = try await installation.run("serve", "--data", data.path)
            #expect(other.code == 69)
            #expect(other.printed.contains("127.0.0.1:\(port)"))
            server.terminate()
            #expect(try await server.exitCode(within: 60) == 0)
        }
    }

    private func get(_ address: String, by client: HTTPClient) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "\(address)/readyz")
        // So that each request begins a connection of its own.
        request.headers.add(name: "Connection", value: "close")
        let response = try await client.execute(request, timeout: .seconds(30))
        _ = try await response.body.collect(upTo: 1 << 16)
        return response
    }

    private func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }
}
