import AsyncHTTPClient
import Care
import Casework
import Directory
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Sealing
import Testing

@testable import leeward

/// An installation founded for one test: one agency, one helpline worker and one auditor, and a small directory.
struct ServedInstallation: Sendable {
    static let password = "an-invented-password-of-tests"

    let folder: URL

    var data: URL { folder.appending(path: "data") }
    var directory: URL { folder.appending(path: "Directory") }
    var credentials: URL { folder.appending(path: "credentials") }
    var configuration: URL { folder.appending(path: "leeward.conf") }

    /// Founds it in a folder.
    static func found(in folder: URL) async throws -> ServedInstallation {
        let made = ServedInstallation(folder: folder)
        for url in [made.data, made.credentials] { try made.makePrivate(url) }
        try FileManager.default.createDirectory(at: made.directory, withIntermediateDirectories: true)
        for name in ["taxonomy.yaml", "worldwide.yaml", "LK.yaml"] {
            try FileManager.default.copyItem(
                at: repository.appending(path: "Directory/\(name)"),
                to: made.directory.appending(path: name)
            )
        }
        for name in ["pepper", "log-key"] { try made.write(try Randomness.bytes(32), secret: name) }
        try made.configure()
        let settings = try ServerSettings.read(flags: [:], file: made.configuration.path, environment: [:])
        let lock = try settings.data.lock(by: "a test")
        let installation = try Installation.open(
            settings,
            holding: lock,
            expecting: .new,
            time: .ofThisMachine()
        )
        let deployment = installation.deployment
        let ceremony = deployment.staff.ceremony(root: try SigningKey.random())
        let country = try #require(CountryCode("LK"))
        let agency = try await ceremony.agency(
            named: "Lagoon House (invented)",
            in: country,
            request: deployment.newRequest()
        )
        for (name, role) in [("amara", Role.helpline), ("oksana", .auditor)] {
            var bytes = Array(password.utf8)
            _ = try await ceremony.person(
                signInName: name,
                password: Secret(moving: &bytes),
                roles: [role],
                of: agency,
                in: [],
                request: deployment.newRequest()
            )
        }
        try installation.close()
        return made
    }

    private static var repository: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
    }

    func write(_ bytes: [UInt8], secret name: String) throws {
        let path = credentials.appending(path: name).path
        try? FileManager.default.removeItem(atPath: path)
        _ = FileManager.default.createFile(
            atPath: path,
            contents: Data(bytes),
            attributes: [.posixPermissions: 0o600]
        )
    }

    /// Writes the file of settings; what is given goes in place of what is usual.
    func configure(_ settings: [Setting: String] = [:]) throws {
        var all: [Setting: String] = [
            .data: data.path, .directory: directory.path, .policies: Self.repository.appending(path: "Policies").path,
            .listen: "127.0.0.1:0", .logOrigin: "leeward.example/test", .credentials: credentials.path,
            .diskReserve: "1",
        ]
        all.merge(settings) { $1 }
        let text = all.map { "\($0.key.key)=\($0.value)" }.sorted().joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: configuration)
    }

    private func makePrivate(_ url: URL) throws {
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// Starts `leeward serve` and waits until it is ready.
    func serve() async throws -> LeewardProcess {
        let server = try start("serve")
        try await server.waitFor(#""event":"ready""#, within: 120)
        return server
    }

    /// Starts a command on this installation.
    func start(_ arguments: String...) throws -> LeewardProcess {
        try LeewardProcess(arguments + ["--config", configuration.path], temporaryFolder: folder)
    }

    /// Runs a command on this installation to its end.
    func run(_ arguments: String...) async throws -> (code: Int32, printed: String) {
        let process = try LeewardProcess(
            arguments + ["--config", configuration.path],
            temporaryFolder: folder
        )
        let code = try await process.exitCode(within: 120)
        return (code, process.printed)
    }

    /// Puts another text in a country file.
    func edit(_ file: String, replacing text: String, with other: String) throws {
        let url = directory.appending(path: file)
        let content = try String(contentsOf: url, encoding: .utf8)
        #expect(content.contains(text))
        try Data(content.replacing(text, with: other).utf8).write(to: url)
    }

    func signIn(_ name: String, at address: String, by client: HTTPClient = .shared) async throws -> String {
        let answer = try await send(
            .POST,
            "\(address)/v1/session",
            json: #"{"name":"\#(name)","password":"\#(Self.password)"}"#,
            by: client
        )
        #expect(answer.status == 201)
        return try #require(answer.body.firstMatch(of: /"token":"([^"]+)"/).map { String($0.1) })
    }
}

extension LeewardProcess {
    /// The lines of its log.
    var lines: [[String: Any]] {
        printed.split(separator: "\n").compactMap { line in
            (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any]
        }
    }

    /// The lines of one event.
    func lines(of event: ServerEvent) -> [[String: Any]] { lines.filter { $0["event"] as? String == event.rawValue } }

    /// The address that its line says it is ready at.
    var servedAt: String? { lines(of: .ready).first?["address"] as? String }

    /// Waits until it has said an event so many times.
    func waitFor(_ event: ServerEvent, times: Int = 1) async throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while lines(of: event).count < times {
            guard Date() < deadline, isRunning else {
                throw NotInTime("\(event); it printed:\n\(printed.suffix(2000))")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

/// A client that trusts one certificate alone and speaks the versions given.
func client(
    trusting certificate: URL,
    atMost version: TLSVersion? = nil
) throws -> HTTPClient {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(certificate.path))
    tls.maximumTLSVersion = version
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
    configuration.timeout.connect = .seconds(10)
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
}
