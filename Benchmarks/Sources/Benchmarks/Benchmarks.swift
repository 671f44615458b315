import ArgumentParser
import Foundation

/// Every budget of the design pages that something exists for, measured, met or not.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leeward-benchmarks",
        abstract: "Measure Leeward beside its rivals, in one run on one machine (docs/performance.md).",
        subcommands: [Measure.self, StartOnce.self],
        defaultSubcommand: Measure.self
    )
}

/// A group of rows that is measured together; its name is what `--only` takes.
enum Group: String, CaseIterable, ExpressibleByArgument {
    case envelope
    case sealedRows = "sealed-rows"
    case log
    case match
    case desk
    case lookup
    case caseRead = "case-read"
    case signIn = "sign-in"
    case start
    case growth
}

/// Measures and prints.
struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "measure", abstract: "Measure and print every row.")

    @Option(
        parsing: .upToNextOption,
        help: "Only these groups: \(Group.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var only: [Group] = []

    @Flag(help: "Small sizes and few repetitions, to see that everything still runs; the figures mean nothing.")
    var quick = false

    @Option(help: "Write the rows as JSON to this file.")
    var json: String?

    @Flag(help: "Print the table of docs/performance.md too.")
    var table = false

    @Option(help: "The folder in which the throw-away files are made; it must lie on the disk that counts.")
    var folder = "."

    @Option(help: "The repository, for Directory/ and Policies/.")
    var repository = "."

    @Option(help: "A Python that has sqlcipher3 (pip install sqlcipher3-wheels), for the rows about SQLCipher.")
    var python: String?

    func run() async throws {
        let folder = URL(filePath: folder).appending(
            path: "leeward-benchmarks-\(ProcessInfo.processInfo.processIdentifier)"
        )
        let home = URL(filePath: repository)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { Self.remove(folder) }
        let effort = Effort(isQuick: quick)
        var report = Report(machine: Machine(folder: folder, repository: home), isQuick: quick)
        Terminal.out(report.machine.line)
        if quick { Terminal.out("a quick run: it shows that everything works, its figures mean nothing") }
        for group in only.isEmpty ? Group.allCases : only {
            let place = folder.appending(path: group.rawValue)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            var rows: [Row] = []
            let time = try await seconds(waiting: { rows = try await measure(group, effort, in: place, home) })
            Terminal.out("\n== \(group.rawValue) (\(Figure.text(time)) s)")
            for row in rows { Terminal.out(Report.text(row)) }
            report.add(rows)
            Self.remove(place)
        }
        Terminal.out("\n\(report.summary)")
        if table { Terminal.out("\n\(report.table)") }
        if let json { try report.json.write(to: URL(filePath: json)) }
    }

    private func measure(_ group: Group, _ effort: Effort, in folder: URL, _ home: URL) async throws -> [Row] {
        switch group {
        case .envelope: return try EnvelopeRows.measure(effort)
        case .sealedRows:
            let cipher = python.map {
                CipherRival(python: $0, script: home.appending(path: "Benchmarks/sqlcipher.py").path)
            }
            if cipher == nil { Terminal.out("no --python with sqlcipher3: the rows about SQLCipher are left out") }
            return try await SealedRows.measure(effort, in: folder, cipher: cipher)
        case .log: return try await LogRows.measure(effort, in: folder)
        case .match: return try await MatchRows.measure(effort)
        case .desk: return try await DeskRows.measure(effort, in: folder, repository: home)
        case .lookup: return try await HTTPRows.lookUps(effort, in: folder, repository: home)
        case .caseRead: return try await HTTPRows.caseReads(effort, in: folder, repository: home)
        case .signIn: return try await SignInRows.measure(effort, in: folder, repository: home)
        case .start: return try StartRows.measure(effort, in: folder, repository: home)
        case .growth: return try await GrowthRows.measure(effort, in: folder, repository: home)
        }
    }

    private static func remove(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            Terminal.out("could not remove \(folder.path): remove it by hand")
        }
    }
}

/// Writes a line at once, also into a file or pipe: a run takes minutes and must show how far it is.
enum Terminal {
    static func out(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
