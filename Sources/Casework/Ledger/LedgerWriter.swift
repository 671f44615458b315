import Audit
import Dispatch
import Foundation
import Sealing
import Store
import Synchronization

/// The one writer of the log: acts queue up, one transaction takes all that wait, then one durable commit, one
/// extension of the Merkle tree, and every answer goes out (SECURITY section 6, group commit). So the order is total, a read
/// costs no commit of its own, and there are no races to reason about.
final class LedgerWriter: Sendable {
    /// How the recording of an act ended.
    enum Recording: Sendable {
        case recorded(seq: UInt64)
        /// Nothing of the batch is in the store: a full disk, for example. It may be tried again.
        case unavailable
        /// The store met an I/O error and serves nothing any more.
        case stopped
    }

    /// One act on its way into the log.
    struct Job: Sendable {
        /// Does the act's writing inside the batch's transaction and says what its entry holds. A refused or failed
        /// act has already rolled back its own savepoint.
        let write: @Sendable (borrowing Transaction) throws(StoreError) -> AuditEntry.Draft
        /// Called once, after the durable commit or its failure.
        let finish: @Sendable (Recording) -> Void
        /// Whether a checkpoint must cover this entry as soon as it is recorded.
        let wantsCheckpoint: Bool
    }

    private struct Queue {
        var jobs: [Job] = []
        var draining = false
    }

    /// The head of the log as it is on disk.
    private struct Head {
        var tree: MerkleTree
        var lastCheckpointSize: UInt64
        var lastCheckpointAt: Date?
        var lastMonotonic: Int64
    }

    private let store: Store
    private let logKey: LogKey
    private let time: TimeSource
    private let tallies: Tallies
    private let queue = Mutex(Queue())
    private let head: Mutex<Head>
    private let thread = DispatchQueue(label: "leeward.ledger", qos: .userInitiated)
}
