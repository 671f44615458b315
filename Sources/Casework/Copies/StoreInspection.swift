public import Audit
public import Care
import Foundation
public import Sealing
public import Store

/// A store looked through from end to end, as a backup of it, with what can be opened without a person's key: the log
/// against its checkpoint, every routing row, the header of everything else, and which cases the vault has a secret for.
public struct StoreInspection: Sendable {
    /// How many entries the log has.
    public let entries: Int
    /// The last signed checkpoint.
    public let head: Checkpoint
    /// How many rows there are of each kind, by its number.
    public let rows: [Int: Int]
    /// How many of them are routing rows, and were opened.
    public let opened: Int
    /// How many hold something sealed to people, whose header was read.
    public let sealed: Int
    /// Cases that have no erase secret and were not erased: nobody can open them.
    public let withoutSecret: [CaseID]
    /// Cases that were erased since, and whose rows go at the next start.
    public let erased: [CaseID]
    /// Erase secrets of cases that are not in this store.
    public let orphans: Int

    /// Looks through a store. Without a vault every case is one without an erase secret.
    ///
    /// - Throws: ``BackupRefusal/otherDeployment``, ``BackupRefusal/otherPepper``, ``BackupRefusal/unsound(code:)`` with
    ///   what does not hold together, ``BackupRefusal/disk``.
    public init(
        of store: Store,
        vault: VaultCopy?,
        tombstones: [VaultCopy],
        keys: ServerKeys,
        logKey: LogKey
    ) throws(BackupRefusal) {
        do {
            let known = try Self.check(store, keys, logKey)
            guard try store.isWhole() else { throw BackupRefusal.unsound(code: "database") }
            let log = try Self.log(of: store, signedBy: known)
            entries = log.entries
            head = log.head
            let found = try Rows(in: store, ServerRows(keys: keys))
            rows = found.counts
            opened = found.opened
            sealed = found.sealed
            let secrets = try vault.map { try Set(Vault.read($0.records, under: keys).1.keys) } ?? []
            let gone = try Tombstones.cases(in: tombstones, under: keys)
            withoutSecret = found.cases.subtracting(secrets).subtracting(gone).sorted()
            erased = found.cases.intersection(gone).sorted()
            orphans = secrets.subtracting(found.cases).count
        } catch {
            throw Self.refusal(error)
        }
    }

    private static func check(_ store: Store, _ keys: ServerKeys, _ logKey: LogKey) throws -> LogVerifierKey {
        let known: LogVerifierKey
        do {
            known = try logKey.continued(in: store).verifier
        } catch {
            throw BackupRefusal.otherDeployment
        }
        guard let vkey = try store.read({ try $0.meta(Deployment.logKeyKey) }) else {
            throw BackupRefusal.unsound(code: "log_key")
        }
        guard vkey == Array(known.text.utf8) else { throw BackupRefusal.otherDeployment }
        do {
            _ = try Deployment.keys(keys, in: store)
        } catch {
            throw BackupRefusal.otherPepper
        }
        return known
    }

    private static func log(of store: Store, signedBy key: LogVerifierKey) throws -> (entries: Int, head: Checkpoint) {
        try store.read { reading in
            guard let latest = try reading.latestCheckpoint() else { throw BackupRefusal.unsound(code: "checkpoint") }
            guard let checkpoint = try? VerifiedCheckpoint(note: latest.note, signedBy: key) else {
                throw BackupRefusal.unsound(code: "checkpoint")
            }
            let size = try reading.auditSize()
            var tree = MerkleTree()
            var root: [UInt8]? = checkpoint.size == 0 ? try tree.root() : nil
            while tree.size < size {
                let page = try reading.auditEntries(from: tree.size, limit: 1000)
                guard !page.isEmpty else { throw BackupRefusal.unsound(code: "audit_log") }
                for row in page {
                    guard row.seq == tree.size, try AuditEntry(parsing: row.entry).seq == row.seq,
                        try MerkleTree.leafHash(row.entry) == row.leaf
                    else { throw BackupRefusal.unsound(code: "audit_entry") }
                    try tree.append(leaf: row.leaf)
                    if tree.size == checkpoint.size { root = try tree.root() }
                }
            }
            guard root == checkpoint.root else { throw BackupRefusal.unsound(code: "audit_log") }
            return (size, checkpoint.checkpoint)
        }
    }

    private static func refusal(_ error: any Error) -> BackupRefusal {
        switch error {
        case let refusal as BackupRefusal: refusal
        case is AuditError: .unsound(code: "audit_log")
        case CaseworkError.damaged(let code): .unsound(code: code)
        case is SealingError: .unsound(code: "vault")
        case StoreError.damaged: .unsound(code: "database")
        default: .disk
        }
    }
}

/// Every sealed row, read once.
private struct Rows {
    var counts: [Int: Int] = [:]
    var opened = 0
    var sealed = 0
    var cases: Set<CaseID> = []

    init(in store: Store, _ rows: ServerRows) throws {
        for number in UInt8.min...UInt8.max {
            let kind = RowKind(rawValue: number)
            var after: [UInt8]?
            while true {
                let page = try store.read { try $0.rows(kind, after: after, limit: Limits.page) }
                for row in page { try take(row, rows) }
                if !page.isEmpty { counts[Int(number), default: 0] += page.count }
                guard page.count == Limits.page else { break }
                after = page.last?.id
            }
        }
    }

    private mutating func take(_ row: StoredRow, _ rows: ServerRows) throws {
        if row.kind == .caseRouting, let id = CaseID(bytes: row.id) { cases.insert(id) }
        if ObjectMark(of: row.sealed)?.kind == .routingRow {
            try rows.check(row)
            opened += 1
        } else if ObjectMark(of: row.sealed) != nil || Self.isSlot(row) {
            sealed += 1
        } else {
            throw BackupRefusal.unsound(code: "row_\(row.kind.rawValue)")
        }
    }

    /// A slot begins with its parameters, not with a header.
    private static func isSlot(_ row: StoredRow) -> Bool {
        do {
            _ = try PasswordSlot(bytes: row.sealed)
            return true
        } catch {
            return (try? CodeSlot(bytes: row.sealed)) != nil
        }
    }
}
