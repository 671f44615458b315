import Foundation
import Store
import Testing

/// Where a test sets an installation up: its folders and files, and the commands that work on them.
struct Place {
    let folder: URL
    var plan: URL { folder.appending(path: "plan.yaml") }
    var data: URL { folder.appending(path: "data") }
    var credentials: URL { folder.appending(path: "credentials") }
    var offline: URL { folder.appending(path: "offline") }
    var founding: URL { offline.appending(path: "leeward.founding") }
    var config: URL { folder.appending(path: "leeward.conf") }
    /// Beside the folder, so that it is not among what a test looks through.
    var codeFile: URL { folder.deletingLastPathComponent().appending(path: "\(folder.lastPathComponent).code") }

    /// The labels of the plan, in its order.
    static let people = ["First administrator", "Lead caseworker", "Second caseworker", "Desk worker"]

    /// A folder with a plan of two invented agencies.
    init(in folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try """
        agencies:
          - name: Lagoon House (invented)
            country: LK
            teams: [Children's team]
            people:
              - label: First administrator
                roles: [administrator]
              - label: Lead caseworker
                roles: [caseworker, supervisor]
                teams: [Children's team]
              - label: Second caseworker
                roles: [caseworker]
                teams: [Children's team]
          - name: Shore Desk (invented)
            country: LK
            desks:
              - name: Crisis desk
                services: [lk-1926-mental-health-helpline]
            people:
              - label: Desk worker
                roles: [intake]
                teams: [Crisis desk]
        """.write(to: plan, atomically: true, encoding: .utf8)
    }

    /// The flags that every setup here has.
    var usual: [String] {
        [
            "--config", config.path, "--data", data.path, "--credentials", credentials.path, "--offline", offline.path,
            "--log-origin", "leeward.example/setup", "--disk-reserve", "1",
        ]
    }

    /// Runs `leeward setup`; what is given comes last and goes before what this place says.
    func setUp(
        _ more: [String] = [],
        plan isThere: Bool = true,
        output: FileHandle? = nil
    ) async throws -> (code: Int32, printed: String) {
        var options = Dictionary(
            uniqueKeysWithValues: stride(from: 0, to: usual.count, by: 2).map { (usual[$0], usual[$0 + 1]) }
        )
        if isThere { options["--plan"] = plan.path }
        for place in stride(from: 0, to: more.count - 1, by: 2) { options[more[place]] = more[place + 1] }
        let arguments = options.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        return try await run(["setup", "--json"] + arguments, output)
    }

    /// Runs `leeward staff invite` with the founding file and the code that was written down.
    func invite(founding: URL? = nil) async throws -> (code: Int32, printed: String) {
        try await run(
            [
                "staff", "invite", "--json", "--config", config.path, "--plan", plan.path, "--founding",
                (founding ?? self.founding).path, "--founding-code-file", codeFile.path,
            ],
            nil
        )
    }

    func writeCode(_ code: String) throws {
        try? FileManager.default.removeItem(at: codeFile)
        let made = FileManager.default.createFile(
            atPath: codeFile.path,
            contents: Data((code + "\n").utf8),
            attributes: [.posixPermissions: 0o600]
        )
        #expect(made)
    }

    private func run(_ arguments: [String], _ output: FileHandle?) async throws -> (code: Int32, printed: String) {
        let process = try LeewardProcess(
            arguments,
            temporaryFolder: FileManager.default.temporaryDirectory,
            output: output
        )
        let code = try await process.exitCode(within: 120)
        return (code, process.printed)
    }

    // MARK: - What lies there

    /// Every file of the place.
    func files(except: [URL]) throws -> [URL] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).map { folder.appending(path: $0) }
            .filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
            .filter { file in !except.contains { $0.path == file.path } }
    }

    /// What a command that is refused must not change: every row, the length of the log, and every other file but the plan
    /// and locks.
    struct Held: Equatable {
        let rows: [StoredRow]
        let entries: Int
        let files: [String: Data]
    }

    func held() throws -> Held {
        var held: [String: Data] = [:]
        for file in try files(except: [plan]) where !file.path.hasSuffix(".lock") && !file.path.contains(".sqlite") {
            held[file.path] = try Data(contentsOf: file)
        }
        let store = try Store(path: data.appending(path: "leeward.sqlite").path, reserveBytes: 0)
        let (rows, entries) = try store.read { reading in
            (
                try (UInt8.min...UInt8.max).flatMap { try reading.rows(RowKind(rawValue: $0), limit: 1000) },
                try reading.auditSize()
            )
        }
        try store.close()
        return Held(rows: rows, entries: entries, files: held)
    }

    func mode(_ url: URL) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int)
    }

    /// The files and folders in a folder with their modes.
    func modes(of folder: URL) throws -> [String: Int] {
        var modes: [String: Int] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            modes[name] = try mode(folder.appending(path: name))
        }
        return modes
    }

    /// What a data folder holds after setup, each for its owner alone.
    let dataModes: [String: Int] = [
        "leeward.sqlite": 0o600, "leeward.sqlite-shm": 0o600, "leeward.sqlite-wal": 0o600,
        "leeward.sqlite.reserve": 0o600, "leeward.vault": 0o600, "leeward.vault.tombstones": 0o600,
        "directory.snapshot": 0o600, "leeward.lock": 0o600,
    ]
}

/// JSON of a command or an answer, read step by step.
struct JSONAnswer {
    private let value: Any?

    init(_ text: String) throws { value = try JSONSerialization.jsonObject(with: Data(text.utf8)) }

    private init(value: Any?) { self.value = value }

    subscript(_ name: String) -> JSONAnswer { JSONAnswer(value: (value as? [String: Any])?[name]) }
    var list: [JSONAnswer] { (value as? [Any] ?? []).map { JSONAnswer(value: $0) } }
    var text: String? { value as? String }
    var whole: Int? { value as? Int }
}
