import Audit
import Foundation
import Sealing
import Store

/// The audit log by itself: entries in batches onto a real disk, and the check of an export.
enum LogRows {
    static func measure(_ effort: Effort, in folder: URL) async throws -> [Row] {
        var rows: [Row] = []
        for batch in [64, 256, 1024] {
            rows.append(try await append(batch, effort, in: folder))
        }
        rows.append(try await appendInMemory(effort))
        return rows + [try verify(effort, in: folder)]
    }

    /// An entry as a look-up leaves it.
    private static func entry(_ seq: Int) throws -> AuditEntry {
        guard let time = AuditTime(milliseconds: 1_800_000_000_000 + seq) else {
            throw BenchmarkFailure("no time for an entry")
        }
        return try AuditEntry(
            seq: seq,
            time: time,
            mono: seq,
            request: "q0123456789abcdefghjkmnpqrs",
            actor: "s0123456789abcdefghjkmnpqrs",
            role: "helpline",
            agency: "a0123456789abcdefghjkmnpqrs",
            act: "lookup.services",
            object: "LK",
            relationship: "none",
            purpose: "help_line",
            outcome: .permitted,
            rule: "lookup.services.1",
            count: 5,
            handles: ["PSY-CRISIS"]
        )
    }

    /// A log that grows as the writer of the ledger lets it grow: entries, leaves and tree in one transaction a batch.
    private struct Log {
        let store: Store
        let signer: SigningKey
        var tree = MerkleTree()

        mutating func append(_ batches: Int, of size: Int) throws {
            for _ in 0..<batches {
                var next = tree
                try store.write { transaction in
                    var rows: [(entry: [UInt8], leaf: [UInt8])] = []
                    rows.reserveCapacity(size)
                    for _ in 0..<size {
                        let entry = try LogRows.entry(next.size)
                        let leaf = try MerkleTree.leafHash(entry.bytes)
                        try next.append(leaf: leaf)
                        rows.append((entry.bytes, leaf))
                    }
                    try transaction.appendAudit(rows)
                    if next.size / 256 > tree.size / 256 {
                        let checkpoint = try Checkpoint(origin: "leeward.example/benchmark", tree: next)
                        try transaction.putCheckpoint(size: next.size, note: checkpoint.signed(with: signer))
                    }
                }
                tree = next
            }
        }
    }

    private static func append(_ batch: Int, _ effort: Effort, in folder: URL) async throws -> Row {
        let path = folder.appending(path: "log-\(batch)")
        var log = Log(
            store: try Store(path: path.path + ".sqlite", reserveBytes: 0),
            signer: try SigningKey.random()
        )
        let plain = try PlainSQLite(path: path.path + "-plain.sqlite")
        try plain.run("CREATE TABLE entry (seq INTEGER PRIMARY KEY, entry BLOB NOT NULL, leaf BLOB NOT NULL)")
        let insert = try plain.statement("INSERT INTO entry VALUES (?, ?, ?)")
        let batches = effort.size(max(20, 16_384 / batch), quick: 4)
        var size = 0
        let bytes = try entry(1_000_000).bytes
        let leaf = [UInt8](repeating: 7, count: 32)
        let pair = try await Paired(
            effort.repetitions,
            ours: { Double(batches * batch) / (try seconds { try log.append(batches, of: batch) }) },
            rival: {
                let time = try seconds {
                    for _ in 0..<batches {
                        try plain.run("BEGIN IMMEDIATE")
                        for _ in 0..<batch {
                            insert.bind(1, size)
                            insert.bind(2, bytes)
                            insert.bind(3, leaf)
                            try insert.change()
                            size += 1
                        }
                        try plain.run("COMMIT")
                    }
                }
                return Double(batches * batch) / time
            }
        )
        try log.store.close()
        return pair.row(
            "log",
            "append to the log, batches of \(batch), each batch durable on disk",
            unit: "entries/s",
            rival: "plain SQLite, the same bytes in the same batches",
            budget: Row.Budget(side: .atLeast, value: 100_000)
        )
    }

    /// The work without the disk, so that a slow disk is told from slow code.
    private static func appendInMemory(_ effort: Effort) async throws -> Row {
        let batches = effort.size(256, quick: 8)
        var rates: [Double] = []
        for turn in 0...effort.repetitions {
            var log = Log(store: try Store.inMemory(), signer: try SigningKey.random())
            let time = try seconds { try log.append(batches, of: 64) }
            if turn > 0 { rates.append(Double(batches * 64) / time) }
        }
        return Row(
            group: "log",
            what: "append to the log, batches of 64, no disk",
            measured: Figure(rates, "entries/s"),
            note: "the same work on a store in memory: what is left of the budget is the disk's"
        )
    }

    private static func verify(_ effort: Effort, in folder: URL) throws -> Row {
        let signer = try SigningKey.random()
        let origin = "leeward.example/benchmark"
        let key = try LogVerifierKey(name: origin, key: signer.verifyingKey)
        let count = effort.size(100_000, quick: 5000)
        let path = folder.appending(path: "export").path
        var export = try AuditExport(into: path, key: key)
        var tree = MerkleTree()
        for seq in 0..<count {
            let entry = try entry(seq)
            let leaf = try MerkleTree.leafHash(entry.bytes)
            try tree.append(leaf: leaf)
            try export.append(entry: entry.bytes, leaf: leaf)
        }
        try export.finish(checkpoint: Checkpoint(origin: origin, tree: tree).signed(with: signer))
        var rates: [Double] = []
        for turn in 0...effort.repetitions {
            let time = try seconds {
                let report = try AuditVerifier(folder: path, trusting: key).verify()
                guard case .sound = report.verdict else { throw BenchmarkFailure("a sound export was refused") }
            }
            if turn > 0 { rates.append(Double(count) / time) }
        }
        return Row(
            group: "log",
            what: "verify an export of \(count.formatted()) entries",
            measured: Figure(rates, "entries/s"),
            budget: Row.Budget(side: .atLeast, value: 500_000)
        )
    }
}
