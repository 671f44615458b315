import Audit
import Care
import Dispatch
import Foundation
import Sealing
import Store
import Synchronization

/// The one writer of the log: acts queue up, one transaction takes all that wait, then one durable commit, one
/// extension of the Merkle tree, and every answer goes out (SECURITY section 6, group commit). So the order is total, a
/// read costs no commit of its own, and there are no races to reason about.
final class LedgerWriter: Sendable {
    /// How the recording of an act ended.
    enum Recording: Sendable {
        case recorded
        /// Nothing of the batch is in the store: a full disk, for example. It may be tried again.
        case unavailable
        /// The store met an I/O error and serves nothing any more.
        case stopped
    }

    /// One act on its way into the log.
    struct Job: Sendable {
        /// Does the act's writing inside the batch's transaction, in a savepoint of its own, and says what its entry
        /// holds. It throws only what fails the whole batch.
        let write: @Sendable (borrowing Transaction) throws -> EntryDraft
        /// Called once, after the durable commit or its failure.
        let finish: @Sendable (Recording) -> Void
        /// Whether a checkpoint must cover this entry as soon as it is recorded.
        let wantsCheckpoint: Bool
    }

    private struct Queue {
        var jobs: [Job] = []
        var isDraining = false
    }

    /// The head of the log as it stands on the disk.
    private struct Head {
        var tree: MerkleTree
        var checkpointSize: Int
        var checkpointAt: Date?
        var mono: Int
    }

    private let store: Store
    private let logKey: LogKey
    private let time: TimeSource
    private let tallies: Tallies
    private let queue = Mutex(Queue())
    private let head: Mutex<Head>
    private let thread = DispatchQueue(label: "leeward.ledger", qos: .userInitiated)

    /// Takes up the log where the store left it.
    ///
    /// - Throws: ``CaseworkError/stopped`` when the store cannot be read, ``CaseworkError/damaged(code:)`` when the
    ///   leaves do not lead to the last checkpoint.
    init(store: Store, logKey: LogKey, time: TimeSource, tallies: Tallies) throws(CaseworkError) {
        self.store = store
        self.logKey = logKey
        self.time = time
        self.tallies = tallies
        do {
            let (leaves, latest, last) = try store.read { reading in
                let size = try reading.auditSize()
                return (
                    try reading.auditLeaves(), try reading.latestCheckpoint(),
                    try reading.auditEntries(from: max(0, size - 1), limit: 1).first
                )
            }
            var tree = MerkleTree()
            for (count, leaf) in leaves.enumerated() {
                if count == latest?.size { try Self.check(tree, against: latest, logKey) }
                try tree.append(leaf: leaf)
            }
            if leaves.count == latest?.size { try Self.check(tree, against: latest, logKey) }
            let mono = try last.map { try AuditEntry(parsing: $0.entry).mono } ?? 0
            self.head = Mutex(Head(tree: tree, checkpointSize: latest?.size ?? 0, checkpointAt: nil, mono: mono))
        } catch let error as CaseworkError {
            throw error
        } catch is StoreError {
            throw .stopped
        } catch {
            throw .damaged(code: "audit_log")
        }
    }

    private static func check(_ tree: MerkleTree, against row: CheckpointRow?, _ logKey: LogKey) throws {
        guard let row else { return }
        let checkpoint = try VerifiedCheckpoint(note: row.note, signedBy: logKey.verifier)
        guard checkpoint.size == tree.size, checkpoint.root == (try tree.root()) else {
            throw CaseworkError.damaged(code: "audit_log")
        }
    }

    /// How many entries are recorded.
    var size: Int { head.withLock { $0.tree.size } }

    /// Puts an act into the queue; its `finish` is called from the writer's thread.
    func submit(_ job: Job) {
        let starts = queue.withLock { queue in
            queue.jobs.append(job)
            guard !queue.isDraining else { return false }
            queue.isDraining = true
            return true
        }
        if starts { thread.async { self.drain() } }
    }

    private func drain() {
        while true {
            let batch = queue.withLock { queue in
                let batch = Array(queue.jobs.prefix(Limits.batch))
                queue.jobs.removeFirst(batch.count)
                queue.isDraining = !batch.isEmpty
                return batch
            }
            guard !batch.isEmpty else { return }
            let recording = record(batch)
            for job in batch { job.finish(recording) }
        }
    }

    private func record(_ batch: [Job]) -> Recording {
        let counted = tallies.take()
        do {
            var next = head.withLock { $0 }
            let now = time.now()
            try store.write { transaction in
                let drafts = try batch.map { try $0.write(transaction) } + counted.map(Self.draft)
                var rows: [(entry: [UInt8], leaf: [UInt8])] = []
                rows.reserveCapacity(drafts.count)
                for draft in drafts {
                    // A restart begins the process's own count again; the log's never goes back.
                    next.mono = max(next.mono, Int(time.monotonicMilliseconds()))
                    let entry = try draft.entry(seq: next.tree.size, at: now, mono: next.mono)
                    let leaf = try MerkleTree.leafHash(entry.bytes)
                    try next.tree.append(leaf: leaf)
                    rows.append((entry.bytes, leaf))
                }
                try transaction.appendAudit(rows)
                let isDue =
                    next.tree.size - next.checkpointSize >= Limits.entriesBetweenCheckpoints
                    || next.checkpointAt.map { now.timeIntervalSince($0) >= Limits.secondsBetweenCheckpoints } ?? true
                if isDue || batch.contains(where: \.wantsCheckpoint) {
                    let checkpoint = try Checkpoint(origin: logKey.origin, tree: next.tree)
                    try transaction.putCheckpoint(size: next.tree.size, note: checkpoint.signed(with: logKey.key))
                    next.checkpointSize = next.tree.size
                    next.checkpointAt = now
                }
            }
            head.withLock { $0 = next }
            return .recorded
        } catch {
            tallies.restore(counted)
            return store.isStopped ? .stopped : .unavailable
        }
    }

    private static func draft(_ counted: (kind: Tallies.Kind, count: Int)) -> EntryDraft {
        EntryDraft(
            act: counted.kind.act,
            worker: nil,
            object: counted.kind.object,
            relationship: .none,
            purpose: counted.kind.purpose,
            request: nil,
            outcome: counted.kind.outcome,
            rule: counted.kind.rule,
            notes: EntryNotes(count: counted.count)
        )
    }
}
