import Audit
import Care
import Synchronization

/// Acts that could not, or need not, have an entry of their own when they happened, counted until the next batch
/// records them: emergency lines that were answered while nothing could be recorded (DECISIONS 7), and requests with no
/// live session, which would let a stranger flood the log (SECURITY section 6).
final class Tallies: Sendable {
    /// One kind of counted act.
    struct Kind: Hashable, Sendable, Comparable {
        let act: Act
        let purpose: Purpose
        let outcome: Outcome
        /// Why it was counted: `answered_unrecorded`, `no_session`.
        let rule: String
        /// A country code or nothing.
        let object: String

        static func < (left: Kind, right: Kind) -> Bool {
            (left.act.rawValue, left.rule, left.object) < (right.act.rawValue, right.rule, right.object)
        }
    }

    private let counts = Mutex<[Kind: Int]>([:])

    /// Counts one more. Beyond ``Limits/talliedKinds`` kinds only known kinds are counted, so that a stranger cannot
    /// fill the memory.
    func add(_ kind: Kind) {
        counts.withLock { counts in
            guard counts[kind] != nil || counts.count < Limits.talliedKinds else { return }
            counts[kind, default: 0] += 1
        }
    }

    /// Whether anything waits to be recorded.
    var hasCounts: Bool { counts.withLock { !$0.isEmpty } }

    /// All counts as they stand.
    var all: [(kind: Kind, count: Int)] {
        counts.withLock { counts in counts.sorted { $0.key < $1.key }.map { (kind: $0.key, count: $0.value) } }
    }

    /// Takes all counts, in a fixed order; ``restore(_:)`` gives them back when the batch fails.
    func take() -> [(kind: Kind, count: Int)] {
        counts.withLock { counts in
            defer { counts.removeAll() }
            return counts.sorted { $0.key < $1.key }.map { (kind: $0.key, count: $0.value) }
        }
    }

    /// Puts back what a failed batch could not record.
    func restore(_ taken: [(kind: Kind, count: Int)]) {
        counts.withLock { counts in
            for (kind, count) in taken { counts[kind, default: 0] += count }
        }
    }
}
