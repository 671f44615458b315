import ArgumentParser
import Casework
import Foundation
import Sealing
import Store

extension BackupCommand {
    /// Opens a backup in a folder of its own, looks through it, and removes it again.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a backup in a folder of its own and look through all of it. Nothing is changed."
        )

        @OptionGroup var options: SettingsOptions

        @Argument(help: "The backup: a file that ends in \(BackupCatalog.databaseEnd).")
        var file: String

        @Option(help: "The file with the private key of the backups.")
        var identity: String

        @Option(help: "The copy of the vault; else that in the data folder, else the newest.")
        var vault: String?

        @Option(help: "The folder where it is opened, which is removed again; else beside the data folder.")
        var scratch: String?

        @Flag(help: "Answer as one JSON object.")
        var json = false

        func run() throws { try BackupCommand.running { try verify() } }

        private func verify() throws {
            let settings = try options.settings()
            let restoration = Restoration(settings, in: scratch ?? settings.data.path + ".verify", progress: Progress())
            defer { restoration.remove() }
            let source = Restoration.Source(
                database: file,
                identity: try BackupCommand.identity(identity),
                vault: vault
            )
            let findings = Findings(try restoration.open(source))
            if json { try Terminal.json(findings) } else { findings.show() }
        }
    }

    /// Puts a backup in the place of the data folder.
    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Restore a backup. The server must be stopped; the old data folder stays beside the new one.",
            discussion:
                "What was recorded after the backup is lost, so the log goes on under a new name whose first entry "
                + "carries the old head. Two people confirm it, each with a part of that head."
        )

        @OptionGroup var options: SettingsOptions

        @Argument(help: "The backup: a file that ends in \(BackupCatalog.databaseEnd).")
        var file: String

        @Option(help: "The file with the private key of the backups.")
        var identity: String

        @Option(help: "The copy of the vault; else that in the data folder, else the newest.")
        var vault: String?

        @Option(help: "The first eight characters of the old head, by the first person, instead of typing them.")
        var first: String?

        @Option(help: "The last eight characters of the old head, by the second person, instead of typing them.")
        var second: String?

        @Flag(help: "Answer as one JSON object.")
        var json = false

        func run() throws { try BackupCommand.running { try restore() } }

        private func restore() throws {
            let settings = try options.settings()
            let identity = try BackupCommand.identity(identity)
            let hasOld = FileManager.default.fileExists(atPath: settings.data.path)
            // Held until the folder has been moved away, so that no server writes into it meanwhile.
            let lock = hasOld ? try settings.data.lock(by: "leeward backup restore") : nil
            defer { lock?.release() }
            let restoration = Restoration(settings, in: settings.data.path + ".restoring", progress: Progress())
            var findings = Findings(
                try restoration.open(Restoration.Source(database: file, identity: identity, vault: vault))
            )
            do {
                if !json { findings.show() }
                try confirm(findings)
                findings.newLogKey = try restoration.goOn(at: .ofThisMachine())
                let old = "\(settings.data.path).before-\(BackupCatalog.stamp(Date()))"
                try restoration.swap(keeping: old)
                findings.replaced = hasOld ? old : nil
            } catch {
                restoration.remove()
                throw error
            }
            if json { return try Terminal.json(findings) }
            Terminal.out("restored to \(settings.data.path)")
            if let old = findings.replaced {
                Terminal.out("what was there is in \(old): it still holds erase secrets, so delete it within 7 days")
            }
            Terminal.out(
                "The log goes on under a new name. Give its public key to the auditors: \(findings.newLogKey ?? "")"
            )
        }

        /// Each of two people types a part of the head, after comparing it with the checkpoint that an auditor keeps outside.
        /// That two people stand here no program can know; it asks twice, and the log says so.
        private func confirm(_ findings: Findings) throws {
            let questions = Questions(canAsk: json ? false : Questions().canAsk)
            for (given, part, who, flag) in [
                (
                    first, findings.head.prefix(8), "First person: type the first eight characters of the head",
                    "--first"
                ),
                (
                    second, findings.head.suffix(8), "Second person: type the last eight characters of the head",
                    "--second"
                ),
            ] {
                let typed = try questions.value(given, "\(who), after comparing it with an auditor's copy:", flag: flag)
                guard typed == part else {
                    throw InstallationError.refused("\(flag): that is not this head; nothing was changed")
                }
            }
        }
    }

    /// Goes the whole way once, into folders of its own.
    struct Drill: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Make a backup, restore it to a folder of its own, look through it, start it once, and remove it.",
            discussion:
                "It uses a key of its own that is forgotten, so that it can run each night without the one in the "
                + "safe. The server may be running."
        )

        @OptionGroup var options: SettingsOptions

        @Flag(help: "Answer as one JSON object.")
        var json = false

        func run() throws { try BackupCommand.running { try drill() } }

        private func drill() throws {
            let settings = try options.settings()
            guard FileManager.default.fileExists(atPath: settings.data.store) else {
                throw InstallationError.notFounded(folder: settings.data.path)
            }
            let folder = settings.data.path + ".drill"
            let own = settings.at(DataFolder(settings.data.path), backupsIn: folder)
            let identity = try AgeIdentity.random()
            let progress = Progress()
            let catalog = BackupCatalog(own)
            defer {
                // The next drill begins by making the folder anew.
                try? FileManager.default.removeItem(atPath: folder)
            }
            try? FileManager.default.removeItem(atPath: folder)
            try catalog.make()
            let making = BackupMaking(settings: own, recipient: identity.recipient, progress: progress)
            let made = try making.make(catalog.names(at: Date()))
            // With the copy of the vault and not with the vault itself: that is what is there on the day it is needed.
            let elsewhere = own.at(DataFolder("\(folder)/nothing"))
            let restoration = Restoration(elsewhere, in: "\(folder)/restored", progress: progress)
            var findings = Findings(
                try restoration.open(
                    Restoration.Source(database: made.database, identity: identity, vault: made.vault)
                )
            )
            findings.newLogKey = try restoration.goOn(at: .ofThisMachine())
            if json { return try Terminal.json(findings) }
            findings.show()
            Terminal.out("the backup was made, opened, looked through and started once; all of it was removed again")
        }
    }
}
