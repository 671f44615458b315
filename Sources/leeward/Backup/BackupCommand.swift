import ArgumentParser
import Foundation
import Glibc
import Sealing

/// Backups: made beside the running server, looked through, and restored.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Back an installation up for an offline key, check the backups, and restore one.",
        discussion:
            "Exit codes beside those of leeward serve: 80 the backup was sealed to another key, 81 cut short, 82 "
            + "changed, 83 no backup, 84 copied without its write-ahead log, 85 of another deployment, 86 written with "
            + "another pepper, 87 made by a newer Leeward, 88 it does not hold together.",
        subcommands: [Key.self, Create.self, List.self, Verify.self, Restore.self, Drill.self]
    )

    /// Makes the pair of keys for the backups.
    struct Key: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key for the backups: a file for the safe, and the recipient for the settings."
        )

        @Argument(help: "A new file for the private key, on a medium that leaves the server.")
        var file: String

        func run() throws {
            _ = umask(0o077)
            _ = SecureMemory.forbidDumps()
            let identity = try AgeIdentity.random()
            var text = identity.text() + [UInt8(ascii: "\n")]
            do {
                try SecretFile.create(file, holding: Secret(moving: &text))
            } catch {
                Terminal.err("\(file): the key cannot be written there, or something is there already")
                throw ExitCode.noPermission
            }
            Terminal.out("\(Setting.backupRecipient.key)=\(identity.recipient)")
        }
    }

    /// Shows what backups there are.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the backups and the copies of the vault.")

        @OptionGroup var options: SettingsOptions

        @Flag(help: "Answer as one JSON object.")
        var json = false

        private struct Form: Encodable {
            struct Item: Encodable {
                let file: String
                let made: Date
                let bytes: Int
            }
            let databases: [Item]
            let vaults: [Item]
            let tombstones: [Item]
        }

        func run() throws {
            let catalog = BackupCatalog(try options.settings())
            let parts = [catalog.databases(), catalog.vaults(), catalog.tombstones()].map { items in
                items.map { Form.Item(file: $0.path, made: $0.made, bytes: $0.bytes) }
            }
            guard !json else {
                return try Terminal.json(Form(databases: parts[0], vaults: parts[1], tombstones: parts[2]))
            }
            for (title, items) in zip(["Backups", "Copies of the vault", "Copies of the tombstones"], parts) {
                Terminal.out("\(title): \(items.count)")
                for item in items { Terminal.out("  \(item.file)  \(item.bytes) bytes") }
            }
        }
    }

    /// Runs a step and says what was refused, with its exit code.
    static func running(_ step: () throws -> Void) throws {
        _ = umask(0o077)
        _ = SecureMemory.forbidDumps()
        do {
            try step()
        } catch let refused as RefusedBackup {
            Terminal.err(refused.refusal.sentence(refused.path))
            throw refused.refusal.exitCode
        } catch let error as InstallationError {
            Terminal.err(error.description)
            throw error.exitCode
        } catch let refusal as FoundingRefusal {
            Terminal.err(refusal.description)
            throw refusal.exitCode
        }
    }

    /// The private key of the backups, out of a file that only its owner can read: the one line of it that is a key.
    static func identity(_ file: String) throws(InstallationError) -> AgeIdentity {
        let identity: AgeIdentity?
        do {
            identity = try SecretFile.withBytes(of: file, atMost: 4096) { bytes in
                for line in bytes.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
                    // A line that is no key is passed over; without any the file is refused below.
                    if let identity = try? AgeIdentity(text: Array(line)) { return identity }
                }
                return nil
            }
        } catch {
            throw .refused(error.sentence(file, "the key of the backups"))
        }
        guard let identity else { throw .refused("\(file): there is no key of backups in it (AGE-SECRET-KEY-1…)") }
        return identity
    }
}
