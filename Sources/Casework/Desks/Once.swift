import Care
import Foundation
import Sealing
import Store

/// An idempotency key with the request it came with: the same request again finds what the first one made, another request
/// under the same key is refused (EXPERIENCE section 2).
public struct Once: Sendable {
    let key: [UInt8]
    let fingerprint: [UInt8]

    /// A key of the caller and the bytes of the request. Only digests of both are kept.
    ///
    /// - Throws: ``CaseworkError/damaged(code:)`` when nothing can be hashed.
    public init(key: [UInt8], request: [UInt8]) throws(CaseworkError) {
        do {
            self.key = try Digest.sha256(key)
            self.fingerprint = try Digest.sha256(request)
        } catch {
            throw .damaged(code: "digest")
        }
    }
}

/// The trace that a create leaves, sealed under the routing key: no part of the request is in it.
struct OnceRecord: Codable, Sendable {
    let fingerprint: [UInt8]
    /// The text forms of the ids that were made.
    let made: [String]
    let atMilliseconds: Int64
}

extension Office {
    /// Where a key's trace lies: keys of different people and acts never meet.
    func onceID(_ once: Once, _ act: Act, _ worker: Worker) throws(CaseworkError) -> [UInt8] {
        try rows.blind(.idempotency, worker.staff.bytes, Array(act.rawValue.utf8), once.key)
    }

    /// What an earlier request under this key made; nil when there was none, or it was longer ago than keys are kept.
    ///
    /// - Throws: ``CaseworkError/keyReused`` when it was another request.
    func made(
        _ once: Once,
        _ id: [UInt8],
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> (made: [String]?, version: Int?) {
        guard let stored = try reading.row(.idempotency, id: id) else { return (nil, nil) }
        let record = try rows.open(OnceRecord.self, stored)
        let age = time.now().timeIntervalSince1970 - Double(record.atMilliseconds) / 1000
        guard age < Limits.idempotencySeconds else { return (nil, stored.version) }
        guard record.fingerprint == once.fingerprint else { throw CaseworkError.keyReused }
        return (record.made, stored.version)
    }

    /// The trace to write beside what was made.
    func onceRow(_ once: Once, _ id: [UInt8], made: [String], replacing version: Int?) throws(CaseworkError)
        -> StoredRow
    {
        try rows.row(
            OnceRecord(
                fingerprint: once.fingerprint,
                made: made,
                atMilliseconds: Int64(time.now().timeIntervalSince1970 * 1000)
            ),
            .idempotency,
            id: id,
            version: (version ?? 0) + 1
        )
    }
}
