import Foundation
import Store
import Testing

@Suite struct OpeningTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test func `what was acknowledged is there after closing and opening again`() throws {
        let store = try Store.open(in: scratch)
        try store.write { transaction in
            try transaction.put(Fixture.row(1), expecting: nil)
            try transaction.appendAudit([Fixture.entry(0)])
        }
        try store.close()
        #expect(throws: StoreError.stopped) { try store.write { try $0.auditSize() } }
        #expect(throws: StoreError.stopped) { try store.read { try $0.auditSize() } }
        #expect(throws: StoreError.stopped) { try store.row(Fixture.kind, id: Fixture.id(1)) }
        let again = try Store.open(in: scratch)
        #expect(try again.row(Fixture.kind, id: Fixture.id(1)) == Fixture.row(1))
        #expect(try again.read { try $0.auditSize() } == 1)
        #expect(try again.isWhole())
    }

    @Test func `a second opening of the same file is refused until the first lets go`() throws {
        let first = try Store.open(in: scratch)
        #expect(throws: StoreError.inUse) { try Store.open(in: scratch) }
        try first.close()
        #expect(throws: Never.self) { try Store.open(in: scratch) }
    }

    @Test func `every file is its owner's alone`() throws {
        let store = try Store.open(in: scratch)
        try store.write { try $0.put(Fixture.row(1), expecting: nil) }
        for name in ["case.db", "case.db-wal", "case.db-shm", "case.db.lock", "case.db.reserve"] {
            #expect(try scratch.mode(name) == 0o600, "\(name)")
        }
    }

    @Test func `a file that is not a store is refused and left alone`() throws {
        let text = Array(String(repeating: "This is not a database. ", count: 100).utf8)
        try scratch.write(text, to: "case.db")
        #expect(throws: StoreError.notAStore) { try Store.open(in: scratch) }
        #expect(try scratch.bytes("case.db") == text)
    }

    @Test func `a missing folder is refused`() {
        #expect(throws: StoreError.cannotOpen(code: -2)) {
            try Store(path: scratch.path("nowhere/case.db"), reserveBytes: 0)
        }
    }

    @Test(
        .enabled("sqlite3 is not installed: foreign and newer files were not tried") {
            FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")
        }
    )
    func `another program's database and a newer schema are refused`() throws {
        func run(_ sql: String, on name: String) throws {
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
            shell.arguments = [scratch.path(name), sql]
            try shell.run()
            shell.waitUntilExit()
            #expect(shell.terminationStatus == 0)
        }
        try run("CREATE TABLE bookmark (a)", on: "other.db")
        #expect(throws: StoreError.notAStore) { try Store.open(in: scratch, "other.db") }

        try Store.open(in: scratch).close()
        #expect(throws: Never.self) { try Store.open(in: scratch).close() }
        try run("INSERT INTO grdb_migrations VALUES ('v99 from later')", on: "case.db")
        #expect(throws: StoreError.schemaNewer) { try Store.open(in: scratch) }
    }

    @Test func `a damaged page is reported and stops the store`() throws {
        let store = try Store.open(in: scratch)
        try store.write { transaction in
            for number in 0..<2000 {
                try transaction.put(Fixture.row(number, sealed: [UInt8](repeating: 1, count: 200)), expecting: nil)
            }
        }
        try store.close()
        var bytes = try scratch.bytes("case.db")
        for page in 3..<(bytes.count / 4096) {
            for offset in 0..<100 { bytes[page * 4096 + offset] = 0xEE }
        }
        try scratch.write(bytes, to: "case.db")
        let damaged = try Store.open(in: scratch)
        do {
            _ = try damaged.read { try $0.rows(Fixture.kind, limit: 5000) }
            Issue.record("a damaged file was read")
        } catch StoreError.damaged {
        } catch {
            Issue.record("another error: \(error)")
        }
        #expect(damaged.isStopped)
        #expect(throws: StoreError.stopped) { try damaged.write { try $0.auditSize() } }
    }

    @Test func `the settings that make a commit durable took`() throws {
        // SQLite folds nothing by itself, so that the log shows what was written and the main file does not.
        let store = try Store.open(in: scratch)
        try store.fold()
        let before = try scratch.bytes("case.db")
        try store.write { try $0.put(Fixture.row(1), expecting: nil) }
        #expect(try scratch.bytes("case.db") == before)
        #expect(try !scratch.bytes("case.db-wal").isEmpty)
        try store.fold()
        #expect(try scratch.bytes("case.db") != before)
        #expect(try scratch.bytes("case.db-wal").isEmpty)
    }

    @Test func `a deleted row leaves nothing in the folded file`() throws {
        let store = try Store.open(in: scratch)
        let sealed = (0..<200).map { _ in UInt8.random(in: 0...255) }
        try store.write { transaction in
            try transaction.put(Fixture.row(1, sealed: sealed), expecting: nil)
            try transaction.put(Fixture.row(2, sealed: sealed.reversed()), expecting: nil)
        }
        try store.fold()
        #expect(Data(try scratch.bytes("case.db")).range(of: Data(sealed)) != nil)
        try store.write { try $0.delete(Fixture.kind, id: Fixture.id(1)) }
        try store.fold()
        #expect(Data(try scratch.bytes("case.db")).range(of: Data(sealed)) == nil)
        #expect(Data(try scratch.bytes("case.db-wal")).range(of: Data(sealed)) == nil)
        #expect(Data(try scratch.bytes("case.db")).range(of: Data(sealed.reversed())) != nil)
    }

    @Test func `the log is folded as it grows`() throws {
        let store = try Store.open(in: scratch)
        for batch in 0..<60 {
            try store.write { transaction in
                for number in 0..<20 {
                    let row = Fixture.row(batch * 20 + number, sealed: [UInt8](repeating: 3, count: 12_000))
                    try transaction.put(row, expecting: nil)
                }
            }
        }
        // 60 batches of 20 rows of 3 pages are 14 MB of pages and more; the log is reused instead of growing with them.
        #expect(try scratch.bytes("case.db-wal").count < 9_000_000)
        #expect(try store.read { try $0.count(Fixture.kind) } == 1200)
    }

    @Test func `the reserve stands until it is released`() throws {
        let store = try Store.open(in: scratch, reserveBytes: 100_000)
        #expect(store.hasReserve)
        #expect(try scratch.bytes("case.db.reserve").count == 100_000)
        try store.releaseReserve()
        #expect(!store.hasReserve)
        #expect(!scratch.exists("case.db.reserve"))
        let share = try store.usedShareOfDisk()
        #expect(share > 0 && share <= 1)
    }
}
