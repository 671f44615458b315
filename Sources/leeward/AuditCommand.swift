import ArgumentParser
import Audit
import Foundation
import Store

/// The audit log on the auditor's own machine: no server, no key of a case.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verify an export of the audit log offline, or make one from a data folder.",
        subcommands: [Verify.self, Export.self]
    )

    /// Rebuilds the tree from the entries and compares it with every signed checkpoint.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether an export is sound, or name the first bad entry. Exits 0 or 65."
        )

        @Argument(help: "The folder of the export.")
        var folder: String

        @Option(help: "The log's public key, as you wrote it down: name+id+base64.")
        var key: String?

        @Option(help: "A file with a checkpoint that you trusted before; the log must have grown from it.")
        var since: String?

        func run() throws {
            let trusted: LogVerifierKey?
            do {
                trusted = try key.map { try LogVerifierKey($0) }
            } catch {
                Terminal.err("--key: this is no log key; write name+id+base64 as in the file log.vkey")
                throw ExitCode.usage
            }
            var note: [UInt8]?
            if let since {
                guard let data = FileManager.default.contents(atPath: since) else {
                    Terminal.err("--since: the file cannot be read; write the path of a checkpoint")
                    throw ExitCode.usage
                }
                note = Array(data)
            }
            let report = try AuditVerifier(folder: folder, trusting: trusted, since: note).verify()
            Terminal.out(report.sentence)
            for warning in report.warnings { Terminal.err("note: \(warning.description)") }
            if !report.isSound { throw ExitCode.dataError }
        }
    }

    /// Writes the log of a stopped server as an export.
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Export the log of a data folder whose server is stopped, up to its last checkpoint."
        )

        @Option(help: "The data folder, with leeward.sqlite in it.")
        var data: String

        @Argument(help: "A new or empty folder for the export.")
        var folder: String

        func run() throws {
            let path = URL(fileURLWithPath: data).appending(path: "leeward.sqlite").path
            guard FileManager.default.fileExists(atPath: path) else {
                Terminal.err("\(data): there is no leeward.sqlite here; write the path of a data folder")
                throw ExitCode.usage
            }
            let store = try Store(path: path)
            let size = try store.read { reading in
                guard let latest = try reading.latestCheckpoint(), let key = try reading.meta("log.vkey") else {
                    throw ValidationError("the log has no checkpoint yet: start the server once")
                }
                let known = try LogVerifierKey(String(decoding: key, as: UTF8.self))
                var export = try AuditExport(into: folder, key: known)
                var next = 0
                while next < latest.size {
                    let rows = try reading.auditEntries(from: next, limit: min(1000, latest.size - next))
                    guard !rows.isEmpty else { break }
                    for row in rows { try export.append(entry: row.entry, leaf: row.leaf) }
                    next += rows.count
                }
                for checkpoint in try reading.checkpoints().dropLast() where known.isNamed(in: checkpoint.note) {
                    try export.append(checkpoint: checkpoint.note)
                }
                try export.finish(checkpoint: latest.note)
                return latest.size
            }
            try store.close()
            Terminal.out("\(size) entries exported to \(folder)")
        }
    }
}
