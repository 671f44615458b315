import Foundation
import Glibc
import Store
import Testing

/// Real faults (DECISIONS 27): a file system that is full, and a file that may not grow.
///
/// A full disk needs a file system of its own, which needs root; without it the suite says what it did not run. What
/// changes a whole process (a size limit) runs in a child process.
@Suite struct FaultTests {
    @Test func `a full disk refuses the batch whole and the store goes on once there is space`() throws {
        guard let disk = try SmallDisk(kilobytes: 2048) else { return }
        let store = try Store.open(in: disk.scratch)
        func writeBatch(_ batch: Int) throws {
            try store.write { transaction in
                for number in 0..<10 {
                    let row = Fixture.row(batch * 10 + number, sealed: [UInt8](repeating: 9, count: 4000))
                    try transaction.put(row, expecting: nil)
                }
                try transaction.appendAudit([Fixture.entry(batch)])
            }
        }
        try writeBatch(0)
        #expect(disk.fill())
        var acknowledged = 1
        var refused: StoreError?
        while refused == nil, acknowledged < 100 {
            do {
                try writeBatch(acknowledged)
                acknowledged += 1
            } catch let error as StoreError {
                refused = error
            }
        }
        #expect(refused == .full)
        #expect(!store.isStopped)
        #expect(store.condition == .full)
        // Again and again: still refused, nothing half there.
        for _ in 0..<5 {
            #expect(throws: StoreError.full) { try writeBatch(acknowledged) }
        }
        #expect(try store.read { try $0.count(Fixture.kind) } == acknowledged * 10)
        #expect(try store.read { try $0.auditSize() } == acknowledged)
        disk.clear()
        try writeBatch(acknowledged)
        #expect(try store.read { try $0.auditSize() } == acknowledged + 1)
        #expect(store.condition == .working)
        try store.close()
        let again = try Store.open(in: disk.scratch)
        #expect(try again.read { try $0.count(Fixture.kind) } == (acknowledged + 1) * 10)
        #expect(try again.isWhole())
        try again.close()
    }

    @Test func `a full disk inside one act fails the whole batch, even when the act's error is swallowed`() throws {
        guard let disk = try SmallDisk(kilobytes: 2048) else { return }
        let store = try Store.open(in: disk.scratch)
        try store.write { try $0.put(Fixture.row(1), expecting: nil) }
        #expect(disk.fill())
        // More than SQLite keeps in its page cache (2 MB), so that the act itself spills to the disk and not the commit.
        let large = [UInt8](repeating: 9, count: 200_000)
        #expect(throws: StoreError.full) {
            try store.write { transaction in
                try transaction.put(Fixture.row(2), expecting: nil)
                do {
                    try transaction.savepoint {
                        for number in 100..<140 {
                            try transaction.put(Fixture.row(number, sealed: large), expecting: nil)
                        }
                    }
                } catch is StoreError {
                }
            }
        }
        #expect(try store.row(Fixture.kind, id: Fixture.id(2)) == nil)
        #expect(try store.read { try $0.count(Fixture.kind) } == 1)
        try store.close()
        // Closed on a full disk, with what was acknowledged still in the log.
        let again = try Store.open(in: disk.scratch)
        #expect(try again.row(Fixture.kind, id: Fixture.id(1)) == Fixture.row(1))
        disk.clear()
        try again.close()
    }

    @Test func `the reserve gives the space to shut down in order`() throws {
        guard let disk = try SmallDisk(kilobytes: 2048) else { return }
        let store = try Store.open(in: disk.scratch, reserveBytes: 512 << 10)
        #expect(store.hasReserve)
        #expect(disk.fill())
        let row = Fixture.row(1, sealed: [UInt8](repeating: 9, count: 200_000))
        #expect(throws: StoreError.full) { try store.write { try $0.put(row, expecting: nil) } }
        #expect(try store.usedShareOfDisk() > 0.95)
        try store.releaseReserve()
        try store.write { try $0.put(row, expecting: nil) }
        try store.close()
    }

    @Test func `a store opens without its reserve when there is no room for it`() throws {
        guard let disk = try SmallDisk(kilobytes: 2048) else { return }
        let store = try Store.open(in: disk.scratch, reserveBytes: 64 << 20)
        #expect(!store.hasReserve)
        #expect(!disk.scratch.exists("case.db.reserve"))
        try store.write { try $0.put(Fixture.row(1), expecting: nil) }
        try store.close()
    }

    @Test func `a full disk takes back a vault record that was written in part`() throws {
        guard let disk = try SmallDisk(kilobytes: 256) else { return }
        let path = disk.scratch.path("vault")
        let vault = try VaultFile(path: path, recordSize: 100)
        let records = (0..<200).map { [UInt8](repeating: UInt8($0), count: 100) }
        try vault.append(records)
        #expect(disk.fill())
        #expect(throws: StoreError.full) { try vault.append(records) }
        #expect(throws: StoreError.full) { try vault.rewrite(records + records) }
        #expect(try vault.records() == records)
        #expect(!disk.scratch.exists("vault.new"))
        disk.clear()
        try vault.append([records[7]])
        vault.close()
        #expect(try VaultFile(path: path, recordSize: 100).count == 201)
    }

    /// A limit on the size of files makes writes fail with an error that is not "full": what SQLite calls an I/O error.
    @Test func `after an I/O error the store is stopped until it is opened again, and nothing acknowledged is lost`()
        async
    {
        await #expect(processExitsWith: .success) {
            let scratch = try Scratch()
            let store = try Store.open(in: scratch)
            #expect(Faults.limitFiles(to: 400_000))
            var acknowledged = 0
            var refused: StoreError?
            while refused == nil, acknowledged < 1000 {
                do {
                    try store.write { transaction in
                        let row = Fixture.row(acknowledged, sealed: [UInt8](repeating: 9, count: 4000))
                        try transaction.put(row, expecting: nil)
                        try transaction.appendAudit([Fixture.entry(acknowledged)])
                    }
                    acknowledged += 1
                } catch let error as StoreError {
                    refused = error
                }
            }
            // SQLITE_IOERR_WRITE, 10 | 3 << 8.
            #expect(refused == .ioError(code: 778))
            #expect(acknowledged > 5)
            #expect(store.isStopped)
            #expect(throws: StoreError.stopped) { try store.write { try $0.auditSize() } }
            #expect(throws: StoreError.stopped) { try store.read { try $0.auditSize() } }
            #expect(throws: StoreError.stopped) { try store.row(Fixture.kind, id: Fixture.id(0)) }
            #expect(Faults.limitFiles(to: nil))
            #expect(throws: StoreError.stopped) { try store.read { try $0.auditSize() } }
            try store.close()
            let again = try Store.open(in: scratch)
            let size = try again.read { try $0.auditSize() }
            #expect(size >= acknowledged && size <= acknowledged + 1)
            #expect(try again.read { try $0.count(Fixture.kind) } == size)
            #expect(try again.isWhole())
        }
    }

    @Test func `a vault whose write fails keeps what was acknowledged`() async {
        await #expect(processExitsWith: .success) {
            let scratch = try Scratch()
            let vault = try VaultFile(path: scratch.path("vault"), recordSize: 100)
            #expect(Faults.limitFiles(to: 1000))
            let record = [UInt8](repeating: 3, count: 100)
            var acknowledged = 0
            #expect(throws: StoreError.ioError(code: -Int(EFBIG))) {
                while acknowledged < 100 {
                    try vault.append([record])
                    acknowledged += 1
                }
            }
            #expect(acknowledged == 9)
            #expect(throws: StoreError.stopped) { try vault.records() }
            #expect(Faults.limitFiles(to: nil))
            let again = try VaultFile(path: scratch.path("vault"), recordSize: 100)
            #expect(try again.records() == [[UInt8]](repeating: record, count: 9))
        }
    }

    /// A child process writes until it is killed and reports each acknowledgement on a pipe; what it reported is there.
    @Test func `what was acknowledged before a kill is there after it`() async throws {
        let scratch = try Scratch()
        for round in 0..<3 {
            await #expect(processExitsWith: .signal(SIGKILL)) { [folder = scratch.folder as String] in
                let store = try Store(path: folder + "/case.db", reserveBytes: 0)
                let first = try store.read { try $0.auditSize() }
                for number in first..<(first + 1_000_000) {
                    try store.write { transaction in
                        try transaction.appendAudit([Fixture.entry(number)])
                        try transaction.put(Fixture.row(number), expecting: nil)
                    }
                    Faults.say(in: folder + "/said")
                    if number == first + 40 {
                        DispatchQueue.global().async { kill(getpid(), SIGKILL) }
                    }
                }
            }
            let store = try Store.open(in: scratch)
            let size = try store.read { try $0.auditSize() }
            let said = try scratch.bytes("said").count
            // One more than was said when the kill fell between the commit and the word, in each round.
            #expect(size >= said && size <= said + round + 1)
            #expect(said > 40 * (round + 1))
            #expect(try store.read { try $0.count(Fixture.kind) } == size)
            #expect(try store.isWhole())
            try store.close()
        }
    }
}
