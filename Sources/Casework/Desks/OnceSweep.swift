import Foundation
import Store
import Synchronization

/// Traces of creates end when they are no longer kept: each create looks at the next few and takes away what has expired,
/// so that their number stays in step with the creates of one day. They lie under random ids, so that the file does not
/// show the order in which they were made; that is why they are looked through and not listed by age.
final class OnceSweep: Sendable {
    /// A trace that has expired, as it was seen.
    struct Trace: Sendable {
        let id: [UInt8]
        let version: Int
    }

    /// How many are looked at beside each create: more than one, so that the sweep goes round faster than they come.
    private static let step = 16

    private let last = Mutex<[UInt8]?>(nil)

    /// The next few traces, round and round.
    func next(in reading: borrowing Reading) throws -> [StoredRow] {
        let rows = try reading.rows(.idempotency, after: last.withLock { $0 }, limit: Self.step)
        last.withLock { $0 = rows.count < Self.step ? nil : rows.last?.id }
        return rows
    }

    /// Takes away what has expired, unless somebody renewed it meanwhile.
    func delete(_ traces: [Trace], except renewed: [UInt8], in transaction: borrowing Transaction) throws {
        for trace in traces where trace.id != renewed {
            guard try transaction.version(.idempotency, id: trace.id) == trace.version else { continue }
            try transaction.delete(.idempotency, id: trace.id, expecting: trace.version)
        }
    }
}

extension Office {
    /// Those of the next few traces that have expired.
    func expiredTraces() throws(CaseworkError) -> [OnceSweep.Trace] {
        let now = time.now().timeIntervalSince1970
        return try read { reading in
            try sweep.next(in: reading).compactMap { row in
                let record = try rows.open(OnceRecord.self, row)
                let age = now - Double(record.atMilliseconds) / 1000
                return age < Limits.idempotencySeconds ? nil : OnceSweep.Trace(id: row.id, version: row.version)
            }
        }
    }
}
