import Foundation
import Store
import Testing

@Suite struct AuditRowTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test(arguments: Place.allCases)
    func `entries get the numbers that follow and come back in order`(_ place: Place) throws {
        let store = try place.store(in: scratch)
        #expect(try store.write { try $0.appendAudit((0..<3).map(Fixture.entry)) } == 0)
        #expect(try store.write { try $0.appendAudit([]) } == 3)
        try store.write { transaction in
            let (first, size) = (try transaction.appendAudit((3..<5).map(Fixture.entry)), try transaction.auditSize())
            #expect(first == 3)
            #expect(size == 5)
        }
        let all = try store.read { try $0.auditEntries(from: 0, limit: 100) }
        #expect(all.map(\.seq) == Array(0..<5))
        #expect(all.map(\.entry) == (0..<5).map { Fixture.entry($0).entry })
        #expect(all.map(\.leaf) == (0..<5).map { Fixture.entry($0).leaf })
        #expect(try store.read { try $0.auditEntries(from: 2, limit: 2) }.map(\.seq) == [2, 3])
        #expect(try store.read { try $0.auditEntries(from: 5, limit: 2) }.isEmpty)
        #expect(try store.read { try $0.auditLeaves(from: 3) } == (3..<5).map { Fixture.entry($0).leaf })
    }

    @Test func `an entry of a wrong size is refused with its whole batch`() throws {
        let store = try Store.inMemory()
        let leaf = [UInt8](repeating: 1, count: 32)
        let longest = [UInt8](repeating: 1, count: 2048)
        for wrong in [([], leaf), (longest + [1], leaf), ([1], Array(leaf.dropLast())), ([1], leaf + [1])] {
            #expect(throws: StoreError.invalid) {
                try store.write { try $0.appendAudit([Fixture.entry(0), (entry: wrong.0, leaf: wrong.1)]) }
            }
        }
        #expect(try store.read { try $0.auditSize() } == 0)
        try store.write { try $0.appendAudit([(entry: longest, leaf: leaf)]) }
        #expect(try store.read { try $0.auditSize() } == 1)
    }

    @Test func `checkpoints follow each other and stay within the log`() throws {
        let store = try Store.inMemory()
        #expect(try store.read { try $0.latestCheckpoint() } == nil)
        try store.write { try $0.appendAudit((0..<10).map(Fixture.entry)) }
        try store.write { try $0.putCheckpoint(size: 4, note: [1]) }
        try store.write { try $0.putCheckpoint(size: 4, note: [2]) }
        try store.write { try $0.putCheckpoint(size: 10, note: [3]) }
        #expect(throws: StoreError.invalid) { try store.write { try $0.putCheckpoint(size: 9, note: [4]) } }
        #expect(throws: StoreError.invalid) { try store.write { try $0.putCheckpoint(size: 11, note: [4]) } }
        #expect(throws: StoreError.invalid) { try store.write { try $0.putCheckpoint(size: 10, note: []) } }
        let latest = try #require(try store.read { try $0.latestCheckpoint() })
        #expect(latest.size == 10)
        #expect(latest.note == [3])
        #expect(try store.read { try $0.checkpoints() }.map(\.note) == [[1], [2], [3]])
        #expect(try store.read { try $0.checkpoints(from: 1, limit: 1) }.map(\.note) == [[2]])
    }

    /// The rules are the file's own, so that another program that opens it meets them too.
    @Test(
        .enabled("sqlite3 is not installed: the triggers were not tried from outside") {
            FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")
        },
        arguments: [
            "UPDATE auditEntry SET entry = x'00' WHERE seq = 1",
            "DELETE FROM auditEntry WHERE seq = 2",
            "DELETE FROM auditEntry",
            "INSERT INTO auditEntry VALUES (4, x'00', zeroblob(32))",
            "INSERT INTO auditEntry VALUES (-1, x'00', zeroblob(32))",
            "INSERT OR REPLACE INTO auditEntry VALUES (1, x'00', zeroblob(32))",
            "UPDATE checkpoint SET size = 1",
            "DELETE FROM checkpoint",
            "INSERT OR REPLACE INTO checkpoint VALUES (0, 3, x'00')",
            "UPDATE record SET version = version, sealed = x'00'",
        ]
    )
    func `the file itself refuses a change of what was logged`(_ statement: String) throws {
        let store = try Store.open(in: scratch)
        try store.write { transaction in
            try transaction.appendAudit((0..<3).map(Fixture.entry))
            try transaction.putCheckpoint(size: 3, note: [1])
            try transaction.put(Fixture.row(1), expecting: nil)
        }
        try store.close()
        func status(_ sql: String) throws -> Int32 {
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
            shell.arguments = [scratch.path("case.db"), sql]
            shell.standardError = Pipe()
            shell.standardOutput = Pipe()
            try shell.run()
            shell.waitUntilExit()
            return shell.terminationStatus
        }
        #expect(try status(statement) != 0)
        // What the rules allow still works from outside, so that the refusal above is theirs.
        #expect(try status("INSERT INTO auditEntry VALUES (3, x'00', zeroblob(32))") == 0)
        let reopened = try Store.open(in: scratch)
        let entries = try reopened.read { try $0.auditEntries(from: 0, limit: 9) }
        #expect(entries.prefix(3).map(\.entry) == (0..<3).map { Fixture.entry($0).entry })
        #expect(try reopened.row(Fixture.kind, id: Fixture.id(1)) == Fixture.row(1))
        #expect(try reopened.read { try $0.latestCheckpoint() }?.note == [1])
    }
}
