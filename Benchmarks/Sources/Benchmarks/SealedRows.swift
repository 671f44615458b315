import Foundation
import Sealing
import Store

/// What sealing and the store's rules cost over plain SQLite: the same records of 1 kB, the same columns and index, the
/// same durability.
enum SealedRows {
    private static let kind = RowKind(rawValue: 25)
    private static let contentCount = 1000
    private static let budgets = (
        one: Row.Budget(side: .atMost, value: 1.05, isRatio: true),
        batched: Row.Budget(side: .atMost, value: 2, isRatio: true),
        read: Row.Budget(side: .atMost, value: 3, isRatio: true)
    )

    static func measure(_ effort: Effort, in folder: URL, cipher: CipherRival?) async throws -> [Row] {
        let bench = try SealedBench(folder: folder, rows: effort.size(10_000, quick: 2000))
        let commits = effort.size(200, quick: 20)
        let batches = effort.size(4, quick: 1)
        let reads = effort.size(20_000, quick: 2000)
        let plain = "plain SQLite, the same rows"
        let one = try await Paired(
            effort.repetitions,
            ours: { try bench.sealedWrites(commits, of: 1) * 1000 },
            rival: { try bench.plainWrites(commits, of: 1) * 1000 }
        )
        let batched = try await Paired(
            effort.repetitions,
            ours: { try bench.sealedWrites(batches, of: 1000) * 1e6 },
            rival: { try bench.plainWrites(batches, of: 1000) * 1e6 }
        )
        let unsealed = try await Paired(
            effort.repetitions,
            ours: { try bench.unsealedWrites(batches, of: 1000) * 1e6 },
            rival: { try bench.plainWrites(batches, of: 1000) * 1e6 }
        )
        let read = try await Paired(
            effort.repetitions,
            ours: { try bench.sealedReads(reads) * 1e6 },
            rival: { try bench.plainReads(reads) * 1e6 }
        )
        let unsealedRead = try await Paired(
            effort.repetitions,
            ours: { try bench.storeReads(reads) * 1e6 },
            rival: { try bench.plainReads(reads) * 1e6 }
        )
        try bench.close()
        var rows = [
            one.row(
                "sealed-rows",
                "sealed write of 1 kB, one durable commit each",
                unit: "ms",
                rival: plain,
                budget: budgets.one
            ),
            batched.row(
                "sealed-rows",
                "sealed write of 1 kB, 1,000 a commit",
                unit: "µs",
                rival: plain,
                budget: budgets.batched
            ),
            unsealed.row(
                "sealed-rows",
                "of which the store: the same write with nothing sealed",
                unit: "µs",
                rival: plain
            ),
            read.row(
                "sealed-rows",
                "sealed point read of 1 kB among \(bench.count.formatted())",
                unit: "µs",
                rival: plain,
                budget: budgets.read
            ),
            unsealedRead.row("sealed-rows", "of which the store: the row as it is", unit: "µs", rival: plain),
        ]
        rows += try CipherRival.rows(cipher, effort, in: folder, write: batched, read: read)
        return rows
    }

    /// Both tables, with the same records under the same identifiers.
    private final class SealedBench {
        let store: Store
        let plain: PlainSQLite
        let insert: PlainStatement
        let select: PlainStatement
        let key: SymmetricKey
        let contents = (0..<64).map { Invented.content(contentCount, UInt64($0)) }
        private var counts: [RowKind: Int] = [:]
        private var plainCount = 0
        private var dice = Dice(seed: 5)

        init(folder: URL, rows: Int) throws {
            store = try Store(path: folder.appending(path: "sealed.sqlite").path, reserveBytes: 0)
            plain = try PlainSQLite(path: folder.appending(path: "plain.sqlite").path)
            // The store's own table without its checks: the row's place in the file is random there too.
            try plain.run(
                """
                CREATE TABLE record (slot INTEGER NOT NULL PRIMARY KEY, kind INTEGER NOT NULL, id BLOB NOT NULL,
                                     owner BLOB, idx BLOB, version INTEGER NOT NULL, sealed BLOB NOT NULL)
                """
            )
            try plain.run("CREATE UNIQUE INDEX recordKey ON record (kind, id)")
            insert = try plain.statement(
                "INSERT INTO record VALUES (random() & 9223372036854775807, ?, ?, NULL, NULL, ?, ?)"
            )
            select = try plain.statement("SELECT version, sealed FROM record WHERE kind = ? AND id = ?")
            key = try SymmetricKey.random()
            _ = try sealedWrites(rows / 1000, of: 1000)
            _ = try plainWrites(rows / 1000, of: 1000)
        }

        func close() throws { try store.close() }

        /// How many sealed rows there are to read.
        var count: Int { counts[SealedRows.kind, default: 0] }

        private func context(_ id: [UInt8]) -> RecordContext {
            RecordContext(recordID: id, recordType: "row-25", recordVersion: 1)
        }

        /// Seconds a record.
        func sealedWrites(_ commits: Int, of size: Int) throws -> Double {
            try storeWrites(commits, of: size) { content, id in
                try Envelope.seal(content, kind: .record, under: key, context: context(id))
            }
        }

        /// The same with the bytes as they are, under a kind of its own so that no reading takes them for sealed ones.
        func unsealedWrites(_ commits: Int, of size: Int) throws -> Double {
            try storeWrites(commits, of: size, kind: RowKind(rawValue: 99)) { content, _ in content }
        }

        private func storeWrites(
            _ commits: Int,
            of size: Int,
            kind: RowKind = SealedRows.kind,
            _ seal: ([UInt8], [UInt8]) throws -> [UInt8]
        ) throws -> Double {
            let first = counts[kind, default: 0]
            let ids = (first..<first + commits * size).map(Invented.id)
            counts[kind] = first + ids.count
            let time = try seconds {
                for commit in 0..<commits {
                    try store.write { transaction in
                        for number in commit * size..<(commit + 1) * size {
                            let sealed = try seal(contents[number & 63], ids[number])
                            try transaction.put(
                                StoredRow(kind: kind, id: ids[number], version: 1, sealed: sealed),
                                expecting: nil
                            )
                        }
                    }
                }
            }
            return time / Double(ids.count)
        }

        func plainWrites(_ commits: Int, of size: Int) throws -> Double {
            let ids = (plainCount..<plainCount + commits * size).map(Invented.id)
            plainCount += ids.count
            let time = try seconds {
                for commit in 0..<commits {
                    try plain.run("BEGIN IMMEDIATE")
                    for number in commit * size..<(commit + 1) * size {
                        insert.bind(1, 25)
                        insert.bind(2, ids[number])
                        insert.bind(3, 1)
                        insert.bind(4, contents[number & 63])
                        try insert.change()
                    }
                    try plain.run("COMMIT")
                }
            }
            return time / Double(ids.count)
        }

        func sealedReads(_ reads: Int) throws -> Double {
            let ids = drawn(reads, among: count)
            let time = try seconds {
                for id in ids {
                    guard let row = try store.row(SealedRows.kind, id: id) else { throw BenchmarkFailure("lost row") }
                    let bytes = try Envelope.open(row.sealed, expecting: .record, under: key, context: context(id))
                    guard bytes.count == contentCount else { throw BenchmarkFailure("a row gave other bytes") }
                }
            }
            return time / Double(reads)
        }

        func storeReads(_ reads: Int) throws -> Double {
            let ids = drawn(reads, among: count)
            let time = try seconds {
                for id in ids {
                    guard try store.row(SealedRows.kind, id: id) != nil else { throw BenchmarkFailure("lost row") }
                }
            }
            return time / Double(reads)
        }

        func plainReads(_ reads: Int) throws -> Double {
            let ids = drawn(reads, among: plainCount)
            let time = try seconds {
                for id in ids {
                    var length = 0
                    select.bind(1, 25)
                    select.bind(2, id)
                    try select.rows { row in
                        guard row.integer(0) == 1 else { return }
                        length = row.bytes(1).count
                    }
                    guard length == contentCount else { throw BenchmarkFailure("lost row") }
                }
            }
            return time / Double(reads)
        }

        private func drawn(_ count: Int, among all: Int) -> [[UInt8]] {
            (0..<count).map { _ in Invented.id(Int.random(in: 0..<all, using: &dice)) }
        }
    }
}
