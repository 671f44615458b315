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
        /// Nothing of the act is in the store: a full disk, for example. It may be tried again.
        case unavailable
        /// The store met an I/O error and serves nothing any more.
        case stopped
    }

    /// One act on its way into the log.
    struct Job: Sendable {
        /// Does the act's writing inside the batch's transaction, in a savepoint of its own, and says what its entry
        /// holds. When it throws, this act alone is undone and reported as not recorded; a failure of the disk takes the
        /// whole batch with it, whatever it throws.
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
        var isSigningPlanned = false
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
            // A log that is shorter than what was signed has lost entries.
            guard leaves.count >= latest?.size ?? 0 else { throw CaseworkError.damaged(code: "audit_log") }
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

    /// The tree as it is recorded, and the count of milliseconds in its last entry.
    var tip: (tree: MerkleTree, mono: Int) { head.withLock { ($0.tree, $0.mono) } }

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
            let (recording, alone) = record(batch)
            for (number, job) in batch.enumerated() { job.finish(alone.contains(number) ? .unavailable : recording) }
        }
        signLater()
    }

    /// Records what was only counted so far and signs what is not signed, before the deployment stops.
    func finish() {
        thread.sync {
            guard !store.isStopped, tallies.hasCounts || head.withLock({ $0.tree.size > $0.checkpointSize }) else {
                return
            }
            _ = record([], signs: true)
        }
    }

    /// Records one act at once, on the writer, and waits for it: for a start and for work that has a thread of its own.
    func recordNow(_ job: Job) -> Recording {
        thread.sync {
            let (recording, alone) = record([job])
            return alone.isEmpty ? recording : .unavailable
        }
    }

    /// How a batch ended, and which of its acts were undone alone.
    private func record(_ batch: [Job], signs: Bool = false) -> (Recording, alone: Set<Int>) {
        let counted = tallies.take()
        do {
            var next = head.withLock { $0 }
            var alone: Set<Int> = []
            let now = time.now()
            try store.write { transaction in
                var rows: [(entry: [UInt8], leaf: [UInt8])] = []
                rows.reserveCapacity(batch.count + counted.count)
                let first = next.tree.size
                func take(_ draft: EntryDraft) throws {
                    // A restart begins the process's own count again; the log's never goes back.
                    next.mono = max(next.mono, Int(time.monotonicMilliseconds()))
                    let entry = try draft.entry(seq: next.tree.size, at: now, mono: next.mono)
                    let leaf = try MerkleTree.leafHash(entry.bytes)
                    try next.tree.append(leaf: leaf)
                    rows.append((entry.bytes, leaf))
                }
                for (number, job) in batch.enumerated() {
                    do {
                        // An act whose entry cannot be made is undone with it; its neighbours stand.
                        try transaction.savepoint { try take(try job.write(transaction)) }
                    } catch {
                        alone.insert(number)
                    }
                }
                for kind in counted { try take(Self.draft(kind)) }
                // What a failed disk left behind throws here, at the latest.
                guard try transaction.appendAudit(rows) == first else { throw CaseworkError.damaged(code: "audit_log") }
                let isDue =
                    next.tree.size - next.checkpointSize >= Limits.entriesBetweenCheckpoints
                    || next.checkpointAt.map { now.timeIntervalSince($0) >= Limits.secondsBetweenCheckpoints } ?? true
                if next.tree.size > 0, signs || isDue || batch.contains(where: \.wantsCheckpoint) {
                    let checkpoint = try Checkpoint(origin: logKey.origin, tree: next.tree)
                    try transaction.putCheckpoint(size: next.tree.size, note: checkpoint.signed(with: logKey.key))
                    next.checkpointSize = next.tree.size
                    next.checkpointAt = now
                }
            }
            head.withLock { $0 = next }
            return (.recorded, alone)
        } catch {
            tallies.restore(counted)
            return (store.isStopped ? .stopped : .unavailable, [])
        }
    }

    /// Sees to it that what was recorded last is signed within the time, even when no other act follows.
    private func signLater() {
        let isNeeded = head.withLock { head in
            guard head.tree.size > head.checkpointSize, !head.isSigningPlanned else { return false }
            head.isSigningPlanned = true
            return true
        }
        guard isNeeded else { return }
        thread.asyncAfter(deadline: .now() + Limits.secondsBetweenCheckpoints) { [weak self] in
            guard let self else { return }
            let isUnsigned = head.withLock { head in
                head.isSigningPlanned = false
                return head.tree.size > head.checkpointSize
            }
            if isUnsigned, !store.isStopped { _ = record([], signs: true) }
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
