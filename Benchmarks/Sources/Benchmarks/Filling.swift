import Audit
import Casework
import Foundation
import Sealing
import Store

/// Fills the files of a closed deployment with copies of one case under other identifiers.
struct Filling {
    let ground: House.Ground
    /// The identifier of the case whose rows are copied.
    let template: [UInt8]

    func fill(_ count: Int) throws {
        guard count > 0 else { return }
        try fillStore(count)
        try fillVault(count)
        try fillLog(count)
    }

    private struct Sample {
        let kind: Int
        let hasOwner: Bool
        let hasIndex: Bool
        let version: Int
        let sealed: [UInt8]
    }

    /// Writes the rows in the order of their places in the file, which is random for rows that the store writes: so the
    /// file has the shape that it would have, and is filled within a minute.
    private func fillStore(_ count: Int) throws {
        let database = try PlainSQLite(path: ground.databasePath)
        try database.run("PRAGMA synchronous = OFF")
        try database.run("PRAGMA cache_size = -500000")
        var samples: [Sample] = []
        let read = try database.statement("SELECT kind, owner, idx, version, sealed FROM record WHERE id = ?")
        read.bind(1, template)
        try read.rows { row in
            samples.append(
                Sample(
                    kind: row.integer(0),
                    hasOwner: !row.isNull(1),
                    hasIndex: !row.isNull(2),
                    version: row.integer(3),
                    sealed: row.bytes(4)
                )
            )
        }
        guard samples.count >= 5 else { throw BenchmarkFailure("a case has \(samples.count) rows, not its sheets") }
        var indexes: [String] = []
        let schema = try database.statement(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'record' AND sql IS NOT NULL"
        )
        var names: [String] = []
        try schema.rows { row in
            names.append(row.text(0))
            indexes.append(row.text(1))
        }
        for name in names { try database.run("DROP INDEX \(name)") }
        let insert = try database.statement("INSERT OR IGNORE INTO record VALUES (?, ?, ?, ?, ?, ?, ?)")
        let step = Int.max / (count * samples.count + 1)
        var slot = 0
        try database.run("BEGIN")
        for number in 0..<count {
            // A team has a thousand cases; owners are blind indexes of 16 bytes.
            let team = Invented.id(2_000_000_000 + number / 1000)
            for sample in samples {
                slot += step
                insert.bind(1, slot)
                insert.bind(2, sample.kind)
                insert.bind(3, Invented.id(number))
                if sample.hasOwner { insert.bind(4, team) } else { insert.bindNull(4) }
                if sample.hasIndex { insert.bind(5, Invented.id(number + 1_000_000_000)) } else { insert.bindNull(5) }
                insert.bind(6, sample.version)
                insert.bind(7, sample.sealed)
                try insert.change()
            }
            if number % 20_000 == 19_999 {
                try database.run("COMMIT")
                try database.run("BEGIN")
            }
        }
        try database.run("COMMIT")
        for sql in indexes { try database.run(sql) }
        try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    private func fillVault(_ count: Int) throws {
        let vault = try VaultFile(path: ground.vaultPath, recordSize: VaultRecord.count)
        defer { vault.close() }
        let now = Date()
        for first in stride(from: 0, to: count, by: 20_000) {
            try vault.append(
                (first..<min(first + 20_000, count)).map { number in
                    try VaultRecord.random(forCase: Invented.id(number), at: now).seal(under: ground.keys.vault)
                }
            )
        }
    }

    private func fillLog(_ count: Int) throws {
        let store = try Store(path: ground.databasePath, reserveBytes: 0)
        let (leaves, last) = try store.read { reading in
            let size = try reading.auditSize()
            return (try reading.auditLeaves(), try reading.auditEntries(from: size - 1, limit: 1).first)
        }
        guard let last else { throw BenchmarkFailure("the log is empty") }
        let model = try AuditEntry(parsing: last.entry)
        var tree = MerkleTree()
        for leaf in leaves { try tree.append(leaf: leaf) }
        for first in stride(from: 0, to: count, by: 10_000) {
            try store.write { transaction in
                var rows: [(entry: [UInt8], leaf: [UInt8])] = []
                for number in first..<min(first + 10_000, count) {
                    let entry = try AuditEntry(
                        seq: tree.size,
                        time: model.time,
                        mono: model.mono,
                        request: model.request,
                        actor: model.actor,
                        role: model.role,
                        agency: model.agency,
                        act: model.act,
                        object: "c\(number)",
                        relationship: model.relationship,
                        purpose: model.purpose,
                        outcome: model.outcome,
                        rule: model.rule
                    )
                    let leaf = try MerkleTree.leafHash(entry.bytes)
                    try tree.append(leaf: leaf)
                    rows.append((entry.bytes, leaf))
                }
                try transaction.appendAudit(rows)
            }
        }
        try store.write { transaction in
            let checkpoint = try Checkpoint(origin: ground.logKey.origin, tree: tree)
            try transaction.putCheckpoint(size: tree.size, note: checkpoint.signed(with: ground.logSigner))
        }
        try store.close()
    }
}
