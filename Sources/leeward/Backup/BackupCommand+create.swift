import ArgumentParser
import Audit
import Care
import Casework
import Foundation
import Sealing

extension BackupCommand {
    /// Makes a backup; the server may be running.
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a backup of the database, and apart from it one of the vault, for the offline key.",
            discussion: "Copies of the vault older than \(BackupCatalog.vaultDays) days are deleted, and named."
        )

        @OptionGroup var options: SettingsOptions

        @Flag(help: "Answer as one JSON object.")
        var json = false

        private struct Form: Encodable {
            let database: String
            let vault: String
            let tombstones: String
            let deleted: [String]
        }

        func run() throws { try BackupCommand.running { try create() } }

        private func create() throws {
            let settings = try options.settings()
            guard let recipient = settings.backupRecipient else {
                throw InstallationError.refused(
                    "\(Setting.backupRecipient.key) is not set: make a key with leeward backup key, or write the age1… "
                        + "of one that you have"
                )
            }
            guard FileManager.default.fileExists(atPath: settings.data.store) else {
                throw InstallationError.notFounded(folder: settings.data.path)
            }
            let catalog = BackupCatalog(settings)
            try catalog.make()
            let now = Date()
            let making = BackupMaking(settings: settings, recipient: recipient, progress: Progress())
            let made = try making.make(catalog.names(at: now))
            for path in [made.database, made.vault, made.tombstones] { try catalog.note(path) }
            let deleted = try catalog.expire(at: now)
            guard !json else {
                return try Terminal.json(
                    Form(database: made.database, vault: made.vault, tombstones: made.tombstones, deleted: deleted)
                )
            }
            Terminal.out("backup: \(made.database)")
            Terminal.out("vault, apart from it: \(made.vault)")
            for path in deleted { Terminal.out("deleted, older than \(BackupCatalog.vaultDays) days: \(path)") }
        }
    }

    /// What a look through a backup found.
    struct Findings: Encodable {
        let entries: Int
        let signed: Int
        let origin: String
        let head: String
        let rows: [String: Int]
        let opened: Int
        let sealed: Int
        let withoutSecret: [String]
        let erased: [String]
        let orphans: Int
        var newLogKey: String?
        var replaced: String?

        init(_ found: StoreInspection) {
            entries = found.entries
            signed = found.head.size
            origin = found.head.origin
            head = Self.hex(found.head.root)
            rows = Dictionary(uniqueKeysWithValues: found.rows.map { ("\($0.key)", $0.value) })
            opened = found.opened
            sealed = found.sealed
            withoutSecret = found.withoutSecret.map(\.text)
            erased = found.erased.map(\.text)
            orphans = found.orphans
        }

        private static func hex(_ bytes: [UInt8]) -> String {
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }

        /// In sentences, for a terminal.
        func show() {
            Terminal.out(
                "log: \(entries) entries, \(signed) of them signed under \(origin); every one fits its checkpoint"
            )
            Terminal.out("head: \(head)")
            Terminal.out(
                "rows: \(rows.values.reduce(0, +)); \(opened) are the server's and were opened, \(sealed) are sealed to people"
            )
            if !erased.isEmpty { Terminal.out("erased since, and gone at the next start: \(erased.count) cases") }
            if orphans > 0 { Terminal.out("erase secrets of cases that are not in it: \(orphans)") }
            guard !withoutSecret.isEmpty else { return }
            Terminal.out("Cases that nobody can open, for want of an erase secret: \(withoutSecret.count)")
            for text in withoutSecret { Terminal.out("  \(text)") }
        }
    }
}

extension Terminal {
    /// An answer as one JSON object in snake_case.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        out(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
