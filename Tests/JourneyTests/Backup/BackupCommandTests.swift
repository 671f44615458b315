import Foundation
import Sealing
import Store
import Testing

/// `leeward backup`: what it makes opens, what is not a sound backup of this deployment is refused with its own words and its
/// own code, and nothing is changed by any refusal.
@Suite struct BackupCommandTests {
    @Test func `a backup opens with its key, holds a database by itself, and is looked through from end to end`()
        async throws
    {
        try await withFolder { folder in
            let house = try await BackupPlace.make(in: folder)
            let made = try await house.create()
            let content = try AgeReader.content(
                of: Array(Data(contentsOf: made.database)),
                identities: [house.identity()]
            )
            #expect(content.starts(with: Array("SQLite format 3\0".utf8)))
            let seen = try await house.leeward(
                ["backup", "verify", made.database.path, "--identity", house.key.path, "--json"]
            )
            #expect(seen.code == 0, "\(seen.printed)")
            let answer = try JSONAnswer(seen.printed)
            #expect(try #require(answer["entries"].whole) > 5)
            #expect(try #require(answer["opened"].whole) > 5)
            #expect(try #require(answer["sealed"].whole) > 5)
            #expect(answer["without_secret"].list.isEmpty)
            for file in [made.database, made.vault, made.tombstones] { #expect(try house.place.mode(file) == 0o600) }
            #expect(!FileManager.default.fileExists(atPath: house.place.data.path + ".verify"))
            let names = try FileManager.default.contentsOfDirectory(atPath: house.place.data.path)
            #expect(!names.contains { $0.contains("unsealed") })
            let listed = try await house.leeward(["backup", "list", "--json"])
            #expect(try JSONAnswer(listed.printed)["databases"].list.count == 1)
        }
    }

    @Test func `whatever is no sound backup of this deployment is refused with its own code and changes nothing`()
        async throws
    {
        try await withFolder { folder in
            let house = try await BackupPlace.make(in: folder)
            let other = try await BackupPlace.make(
                in: folder.appending(path: "other"),
                origin: "leeward.example/other"
            )
            let made = try await house.create()
            let foreign = try await other.create()
            let whole = Array(try Data(contentsOf: made.database))
            let content = try AgeReader.content(of: whole, identities: [house.identity()])
            func altered(_ name: String, _ change: (inout [UInt8]) -> Void) throws -> URL {
                var bytes = whole
                change(&bytes)
                let file = folder.appending(path: name)
                try Data(bytes).write(to: file)
                let note = URL(fileURLWithPath: made.database.path + ".json")
                try FileManager.default.copyItem(at: note, to: URL(fileURLWithPath: file.path + ".json"))
                return file
            }
            let foreignContent = try AgeReader.content(
                of: Array(Data(contentsOf: foreign.database)),
                identities: [other.identity()]
            )
            let cases: [(URL, Int32, String)] = [
                (try house.seal(content, to: AgeIdentity.random().recipient, as: "other-key.age"), 80, "another key"),
                (try altered("short.age") { $0.removeLast(100) }, 81, "cut short"),
                (try altered("stub.age") { $0.removeLast($0.count - 40) }, 81, "cut short"),
                // What leads to the key cannot be told from what is for another one; what follows it can.
                (try altered("share.age") { $0[60] ^= 1 }, 80, "another key"),
                (try altered("head.age") { Self.changeSeal(of: &$0) }, 82, "changed or damaged"),
                (try altered("middle.age") { $0[$0.count / 2] ^= 1 }, 82, "changed or damaged"),
                (try altered("end.age") { $0[$0.count - 1] ^= 0x80 }, 82, "changed or damaged"),
                (try altered("word.age") { $0[0] ^= 1 }, 83, "no backup"),
                (try house.seal(Array("not a database, only words".utf8), as: "words.age"), 83, "no backup"),
                (
                    try house.seal(
                        Array(Data(contentsOf: house.place.data.appending(path: "leeward.sqlite"))),
                        as: "raw.age"
                    ),
                    84, "without its write-ahead log"
                ),
                (try house.seal(foreignContent, as: "foreign.age"), 85, "another deployment"),
                (try house.seal(Self.newer(content, in: folder), as: "newer.age"), 87, "newer Leeward"),
                (try house.seal(Self.flippedEntry(content, in: folder), as: "entry.age"), 88, "does not hold together"),
            ]
            let held = try house.place.held()
            for (file, code, words) in cases {
                for command in ["verify", "restore"] {
                    let seen = try await house.leeward([
                        "backup", command, file.path, "--identity", house.key.path, "--json",
                    ])
                    #expect(seen.code == code, "\(command) \(file.lastPathComponent): \(seen.code) \(seen.printed)")
                    #expect(seen.printed.contains(words), "\(file.lastPathComponent): \(seen.printed)")
                }
            }
            #expect(try house.place.held() == held)
            for end in [".verify", ".restoring"] {
                #expect(!FileManager.default.fileExists(atPath: house.place.data.path + end))
            }
        }
    }

    /// Puts another letter into the seal of an age file's header, which stands behind "--- ".
    private static func changeSeal(of bytes: inout [UInt8]) {
        guard let mark = Data(bytes).range(of: Data("\n--- ".utf8)) else { return }
        let letter = mark.upperBound + 3
        bytes[letter] = bytes[letter] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
    }

    /// The database with a migration that this program does not know.
    private static func newer(_ content: [UInt8], in folder: URL) throws -> [UInt8] {
        try changed(content, in: folder, "INSERT INTO grdb_migrations VALUES ('v99 of a later Leeward')")
    }

    /// The database with one letter of an entry changed, as somebody does who can write to it.
    private static func flippedEntry(_ content: [UInt8], in folder: URL) throws -> [UInt8] {
        try changed(
            content,
            in: folder,
            "DROP TRIGGER auditEntryStays; UPDATE auditEntry SET entry = CAST(replace(CAST(entry AS TEXT), "
                + "'\"outcome\":\"permitted\"', '\"outcome\":\"denied\"') AS BLOB) WHERE seq = 3"
        )
    }

    private static func changed(_ content: [UInt8], in folder: URL, _ statements: String) throws -> [UInt8] {
        let file = folder.appending(path: "changed.sqlite")
        try Data(content).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let python = Process()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        python.arguments = [
            "python3", "-c",
            "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit(); c.close()",
            file.path, statements,
        ]
        try python.run()
        python.waitUntilExit()
        try #require(python.terminationStatus == 0)
        let bytes = Array(try Data(contentsOf: file))
        #expect(bytes != content)
        return bytes
    }

    @Test func `a restored backup goes on under a new name of its log, confirmed by two, and the old folder stays`()
        async throws
    {
        try await withFolder { folder in
            let house = try await BackupPlace.make(in: folder)
            let made = try await house.create()
            let seen = try await house.leeward(
                ["backup", "verify", made.database.path, "--identity", house.key.path, "--json"]
            )
            let head = try #require(JSONAnswer(seen.printed)["head"].text)
            let entries = try #require(JSONAnswer(seen.printed)["entries"].whole)
            let restore = ["backup", "restore", made.database.path, "--identity", house.key.path, "--json"]
            let held = try house.place.held()
            for confirmations in [
                [], ["--first", String(head.prefix(8))], ["--first", String(head.prefix(8)), "--second", "00000000"],
            ] {
                let refused = try await house.leeward(restore + confirmations)
                #expect(refused.code != 0)
            }
            #expect(try house.place.held() == held)

            let restored = try await house.leeward(
                restore + ["--first", String(head.prefix(8)), "--second", String(head.suffix(8))]
            )
            #expect(restored.code == 0, "\(restored.printed)")
            let answer = try JSONAnswer(restored.printed)
            let key = try #require(answer["new_log_key"].text)
            #expect(key.hasPrefix("leeward.example/setup/r1+"))
            let old = try #require(answer["replaced"].text)
            #expect(FileManager.default.fileExists(atPath: old + "/leeward.sqlite"))
            let store = try Store(path: house.place.data.appending(path: "leeward.sqlite").path, reserveBytes: 0)
            let entry = try store.read { try $0.auditEntries(from: entries, limit: 1) }.first
            let text = String(decoding: try #require(entry).entry, as: UTF8.self)
            #expect(text.contains(#""act":"log.continue""#) && text.contains(#""envelope":"\#(head)""#))
            #expect(text.contains(#""rule":"two_confirmations""#) && text.contains(#""count":\#(entries)"#))
            try store.close()
            // A stranger verifies the log under its new name, and a second restoration has the next one.
            let export = folder.appending(path: "export").path
            let exported = try await house.audit(["audit", "export", "--data", house.place.data.path, export])
            #expect(exported.code == 0, "\(exported.printed)")
            let verified = try await house.audit(["audit", "verify", export, "--key", key])
            #expect(verified.code == 0, "\(verified.printed)")
            let later = try await house.create()
            let again = try await house.leeward(
                ["backup", "verify", later.database.path, "--identity", house.key.path, "--json"]
            )
            #expect(try JSONAnswer(again.printed)["origin"].text == "leeward.example/setup/r1")
        }
    }

    @Test func `copies of the vault are deleted after seven days, and the last one never`() async throws {
        try await withFolder { folder in
            let house = try await BackupPlace.make(in: folder)
            let first = try await house.create()
            let old = house.vaults.appending(path: "leeward-20200101T000000000Z.vault.age")
            let graves = house.vaults.appending(path: "leeward-20200101T000000000Z.tombstones.age")
            let kept = house.backups.appending(path: "leeward-20200101T000000000Z.sqlite.age")
            try FileManager.default.copyItem(at: first.vault, to: old)
            try FileManager.default.copyItem(at: first.tombstones, to: graves)
            try FileManager.default.copyItem(at: first.database, to: kept)
            let made = try await house.leeward(["backup", "create"])
            #expect(made.printed.contains("deleted, older than 7 days: \(old.path)"))
            for file in [old, graves] { #expect(!FileManager.default.fileExists(atPath: file.path)) }
            #expect(FileManager.default.fileExists(atPath: kept.path))
            #expect(FileManager.default.fileExists(atPath: first.vault.path))
        }
    }

    @Test func `a drill goes the whole way without the key in the safe and leaves nothing behind`() async throws {
        try await withFolder { folder in
            let house = try await BackupPlace.make(in: folder)
            try FileManager.default.removeItem(at: house.key)
            let held = try house.place.held()
            let drill = try await house.leeward(["backup", "drill", "--json"])
            #expect(drill.code == 0, "\(drill.printed)")
            #expect(try JSONAnswer(drill.printed)["new_log_key"].text?.hasPrefix("leeward.example/setup/r1+") == true)
            #expect(try house.place.held() == held)
            #expect(!FileManager.default.fileExists(atPath: house.place.data.path + ".drill"))
            #expect(!FileManager.default.fileExists(atPath: house.backups.path))
        }
    }

    @Test func `without a recipient no backup is made, and a key that others can read is refused`() async throws {
        try await withFolder { folder in
            let house = try await BackupPlace.make(in: folder)
            let made = try await house.create()
            let none = try LeewardProcess(
                ["backup", "create", "--config", house.place.config.path],
                temporaryFolder: folder
            )
            #expect(try await none.exitCode(within: 60) == 78)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: house.key.path)
            let open = try await house.leeward(
                ["backup", "verify", made.database.path, "--identity", house.key.path]
            )
            #expect(open.code == 78)
            #expect(open.printed.contains("chmod 600"))
        }
    }
}

extension BackupPlace {
    /// Runs a command of the auditor, which takes no settings.
    func audit(_ arguments: [String]) async throws -> (code: Int32, printed: String) {
        let process = try LeewardProcess(arguments, temporaryFolder: folder)
        let code = try await process.exitCode(within: 120)
        return (code, process.printed)
    }
}
