import Foundation
import NIOHTTP1
import Testing

/// A real installation on disk, made by `leeward setup`, with an invented caseworker, desk worker and auditor, and the
/// whole directory that ships plus one invented service.
struct RealHouse: Sendable {
    static let organization = "lk-rig-lagoon-house"
    static let service = "lk-rig-therapy"

    private static let people = ["caseworker", "desk", "auditor", "supervisor"]

    /// Where store and vault are; a rig puts it on a disk of its own.
    let data: URL
    let settings: URL
    let address: String
    /// The log's public key as setup printed it.
    let logKey: String
    /// The id of the caseworker's team.
    let team: String

    /// Sets an installation up below a folder and enrols its people.
    static func setUp(in folder: URL, data: URL? = nil) async throws -> RealHouse {
        let data = data ?? folder.appending(path: "data")
        let directory = try directory(in: folder)
        let plan = folder.appending(path: "plan.yaml")
        try """
        agencies:
          - name: Lagoon House (invented)
            country: LK
            teams: [Survivors' team]
            desks:
              - name: Therapy desk
                services: [\(service)]
            people:
              - label: administrator
                roles: [administrator]
              - label: caseworker
                roles: [caseworker]
                teams: [Survivors' team]
              - label: supervisor
                roles: [supervisor]
                teams: [Survivors' team]
              - label: desk
                roles: [intake]
                teams: [Therapy desk]
              - label: auditor
                roles: [auditor]
        """.write(to: plan, atomically: true, encoding: .utf8)
        let settings = folder.appending(path: "leeward.conf")
        let address = "127.0.0.1:\(try freePort())"
        let setup = try LeewardProcess(
            [
                "setup", "--json", "--plan", plan.path, "--config", settings.path, "--data", data.path, "--credentials",
                folder.appending(path: "credentials").path, "--offline", folder.appending(path: "offline").path,
                "--log-origin", "leeward.example/rig", "--listen", address, "--directory", directory.path,
                "--disk-reserve", "1",
            ],
            temporaryFolder: folder
        )
        let code = try await setup.exitCode(within: 120)
        try #require(code == 0, "\(setup.printed)")
        let sheet = try JSONDecoder().decode(Sheet.self, from: Data(setup.printed.utf8))
        let house = RealHouse(
            data: data,
            settings: settings,
            address: "http://\(address)",
            logKey: sheet.installation.logKey,
            team: try #require(sheet.agencies.first?.teams.first { !$0.desk }?.id)
        )
        let (server, _) = try await house.start()
        for person in sheet.people where people.contains(person.label) {
            let reply = try await Reply.to(
                .POST,
                "\(house.address)/v1/enrolments",
                json: #"{"code": "\#(person.code)", "name": "\#(person.label)", "password": "\#(password)"}"#
            )
            try #require(reply.status == 201, "enrolling: \(reply.status)")
        }
        try #require(try await server.stop() == 0, "\(server.printed)")
        return house
    }

    // MARK: - The server

    /// Starts the server and waits until it says that it is ready; how many seconds that took.
    func start(_ environment: [String: String] = [:], through command: [String] = []) async throws
        -> (server: ServingProcess, seconds: Double)
    {
        let clock = ContinuousClock()
        let started = clock.now
        let server = try startWithoutWaiting(environment, through: command)
        // By its own word, not by asking: a client that was refused waits longer from one try to the next.
        while !server.printed.contains(#""event":"ready""#) {
            try #require(server.isRunning, "it did not start: \(server.printed)")
            try #require(started.duration(to: clock.now) < .seconds(60), "it is not ready: \(server.printed)")
            try await Task.sleep(for: .milliseconds(2))
        }
        return (server, Double(started.duration(to: clock.now) / .milliseconds(1)) / 1000)
    }

    /// Starts the server; `command` stands before it, such as a program that makes system calls fail.
    func startWithoutWaiting(_ environment: [String: String] = [:], through command: [String] = []) throws
        -> ServingProcess
    {
        let serve = ["serve", "--config", settings.path]
        let temporary = settings.deletingLastPathComponent()
        guard let first = command.first else {
            return ServingProcess(try LeewardProcess(serve, temporaryFolder: temporary, environment: environment))
        }
        return ServingProcess(
            try LeewardProcess(
                executable: URL(fileURLWithPath: first),
                Array(command.dropFirst()) + [LeewardProcess.executable.path] + serve,
                temporaryFolder: temporary,
                environment: environment
            )
        )
    }

    // MARK: - The people

    /// Signs the caseworker and the desk in.
    func access(answers: AnsweredRequests) async throws -> SurvivorsPath.Access {
        async let caseworker = signIn("caseworker")
        async let desk = signIn("desk")
        return try await SurvivorsPath.Access(
            address: address,
            caseworker: caseworker,
            desk: desk,
            team: team,
            answers: answers
        )
    }

    /// Signs somebody in; the token.
    func signIn(_ name: String) async throws -> String {
        let reply = try await Reply.to(
            .POST,
            "\(address)/v1/session",
            json: #"{"name": "\#(name)", "password": "\#(Self.password)"}"#
        )
        return try #require(reply.status == 201 ? reply.text("token") : nil, "signing in: \(reply.status)")
    }

    /// Signs somebody in and confirms the session; the token.
    func confirmed(_ name: String) async throws -> String {
        let token = try await signIn(name)
        let reply = try await Reply.to(
            .POST,
            "\(address)/v1/session/confirmation",
            json: #"{"password": "\#(Self.password)"}"#,
            token: token
        )
        try #require(reply.status == 200, "confirming: \(reply.status)")
        return token
    }

    /// Every case that the caseworker's list shows.
    func cases(_ access: SurvivorsPath.Access) async throws -> Set<String> {
        let reply = try await Reply.to(.GET, "\(address)/v1/cases", token: access.caseworker)
        return Set(reply.list("cases").compactMap { $0["id"] as? String })
    }

    // MARK: - The log

    /// Every entry of the log, as the auditor reads it.
    func entries() async throws -> [LoggedAct] {
        struct Page: Decodable {
            let entries: [LoggedAct]
            let next: Int?
        }
        let token = try await signIn("auditor")
        var entries: [LoggedAct] = []
        var after = ""
        while true {
            let reply = try await Reply.to(.GET, "\(address)/v1/audit/entries?limit=200\(after)", token: token)
            let page = try JSONDecoder().decode(Page.self, from: Data(reply.body))
            entries += page.entries
            // Each page is an entry itself, so the log grows while it is read: what was there at the start is enough.
            guard let next = page.next, page.entries.count == 200 else { return entries }
            after = "&after=\(next)"
        }
    }

    /// Writes down the newest checkpoint as an auditor does.
    func keepCheckpoint(in folder: URL) async throws -> URL {
        let reply = try await Reply.to(.GET, "\(address)/v1/audit/checkpoint", token: try await signIn("auditor"))
        try #require(reply.status == 200)
        let file = folder.appending(path: "trusted-checkpoint")
        try Data(reply.body).write(to: file)
        return file
    }

    /// Exports the log of the stopped server and verifies it against the key and a checkpoint from before.
    func verifyLog(since checkpoint: URL, in folder: URL) async throws {
        let export = folder.appending(path: "export-\(UUID().uuidString)").path
        for arguments in [
            ["audit", "export", "--data", data.path, export],
            ["audit", "verify", export, "--key", logKey, "--since", checkpoint.path],
        ] {
            let command = try LeewardProcess(arguments, temporaryFolder: folder)
            let code = try await command.exitCode(within: 120)
            #expect(code == 0, "\(command.printed)")
        }
    }

    // MARK: - Making it

    private static let password = "an invented pass phrase of nobody"

    private struct Sheet: Decodable {
        struct Person: Decodable {
            let code: String
            let label: String
        }
        struct Agency: Decodable {
            struct Team: Decodable {
                let id: String
                let desk: Bool
            }
            let teams: [Team]
        }
        struct Made: Decodable {
            let logKey: String
            private enum CodingKeys: String, CodingKey { case logKey = "log_key" }
        }
        let people: [Person]
        let agencies: [Agency]
        let installation: Made
    }

    /// The directory that ships with an invented service beside it.
    private static func directory(in folder: URL) throws -> URL {
        let shipped = URL(fileURLWithPath: #filePath).appending(path: "../../../../Directory").standardized
        let copy = folder.appending(path: "Directory")
        try FileManager.default.copyItem(at: shipped, to: copy)
        let file = copy.appending(path: "LK.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let added = text.replacing(
            "organizations:\n",
            with: "organizations:\n  \(organization): Lagoon House (invented)\n",
            maxReplacements: 1
        )
        try
            (added + """

                  - id: \(service)
                    organization: \(organization)
                    name: Therapy (invented)
                    kind: psychological
                    status: active
                    offers: [PSY-THERAPY]
                    contacts:
                      - phone: +1 202 555 0199
                    modes: [phone, in_person]
                    hours: 24/7
                    languages: [si, en]
                    cost: free
                    intake: [worker_introduces, survivor_contacts]
                    capacity: available
                    source: invented for a test
                    source_date: 2026-01-01
                    confidence: medium

                """).write(to: file, atomically: true, encoding: .utf8)
        return copy
    }
}
