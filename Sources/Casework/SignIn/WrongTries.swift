import Care
import Foundation
import Sealing
import Store

/// How often in a row something was typed wrong; sealed under the routing key.
struct WrongTriesRecord: Codable, Sendable {
    let count: Int
    let lastAtMilliseconds: Int64

    enum CodingKeys: String, CodingKey {
        case count
        case lastAtMilliseconds = "last_at"
    }
}

/// The wrong tries in one place, as they stood when a try began. A name that nobody has, a name that somebody has and a device
/// are kept in the same rows and wait in the same way. They are written in the commit of the entry of the failure, so they
/// outlive a restart.
struct WrongTries: Sendable {
    /// Where tries are counted, each place apart.
    enum Place: Sendable {
        /// A sign-in name as the index of accounts holds it, from a device that nobody is known to have used.
        case name([UInt8])
        /// A device that the person has signed in from, by the digest of its token.
        case device([UInt8])
        /// Confirming a session of that person.
        case confirmation(StaffID)
        /// A recovery code, by its digest.
        case recovery([UInt8])
    }

    let id: [UInt8]
    /// The row's version, 0 while there is none.
    let version: Int
    let record: WrongTriesRecord?

    /// What stands against a try at that moment; nil when it may be made.
    func refusal(at now: Date) -> CaseworkError? {
        guard let record, record.count > 0 else { return nil }
        guard record.count < Limits.wrongTries else { return .tooManyFailures(retryAfterSeconds: nil) }
        // 1, 2, 4 … seconds, and never more than a minute.
        let wait =
            record.count > 6 ? Limits.longestWaitSeconds : min(1 << (record.count - 1), Limits.longestWaitSeconds)
        let since = now.timeIntervalSince1970 - Double(record.lastAtMilliseconds) / 1000
        // A clock that was far ahead and is right again must lock nobody out until then; the hundred still counts.
        guard since > -Double(Limits.longestWaitSeconds) else { return nil }
        let left = Double(wait) - since
        return left > 0 ? .tooManyFailures(retryAfterSeconds: max(1, Int(left.rounded(.up)))) : nil
    }
}

extension Office {
    /// The wrong tries of a place as they stand.
    func wrongTries(_ place: WrongTries.Place) throws(CaseworkError) -> WrongTries {
        let id =
            switch place {
            case .name(let index): try rows.blind(.wrongTries, [0], index)
            case .device(let digest): try rows.blind(.wrongTries, [1], digest)
            case .confirmation(let staff): try rows.blind(.wrongTries, [2], staff.bytes)
            case .recovery(let digest): try rows.blind(.wrongTries, [3], digest)
            }
        return try read { reading in
            let row = try reading.row(.wrongTries, id: id)
            return WrongTries(
                id: id,
                version: row?.version ?? 0,
                record: try row.map { try rows.open(WrongTriesRecord.self, $0) }
            )
        }
    }

    /// Counts one more wrong try, and says what the asker is told. When another try of the same place ended meanwhile, this one
    /// is not looked at, right or wrong: a burst of guesses is worth one.
    ///
    /// Of names that nobody has as many are kept as there is room for; past that, one of them at random makes room. Those of
    /// people, devices and codes are never dropped for them.
    func refuse(
        _ tries: WrongTries,
        as error: CaseworkError,
        isOfNobody: Bool = false,
        in transaction: borrowing Transaction
    ) throws -> CaseworkError {
        guard try isUnchanged(tries, in: transaction) else { return .tooManyFailures(retryAfterSeconds: 1) }
        let record = WrongTriesRecord(
            count: (tries.record?.count ?? 0) + 1,
            lastAtMilliseconds: Int64(time.now().timeIntervalSince1970 * 1000)
        )
        let owner = isOfNobody ? try rows.blind(.triedNames, []) : nil
        if let owner, tries.version == 0, try transaction.count(.wrongTries, owner: owner) >= Limits.triedNames {
            let place = try Randomness.bytes(16)
            let drawn = try transaction.rows(.wrongTries, owner: owner, after: place, limit: 1).first
            if let row = try drawn ?? transaction.rows(.wrongTries, owner: owner, limit: 1).first {
                try transaction.delete(.wrongTries, id: row.id)
            }
        }
        let row = try rows.row(record, .wrongTries, id: tries.id, owner: owner, version: tries.version + 1)
        try transaction.put(row, expecting: tries.version == 0 ? nil : tries.version)
        return error
    }

    /// Forgets the wrong tries of a place after a right one.
    ///
    /// - Throws: ``CaseworkError/tooManyFailures(retryAfterSeconds:)`` when another try ended meanwhile.
    func forget(_ tries: WrongTries, in transaction: borrowing Transaction) throws {
        guard try isUnchanged(tries, in: transaction) else {
            throw CaseworkError.tooManyFailures(retryAfterSeconds: 1)
        }
        if tries.version > 0 { try transaction.delete(.wrongTries, id: tries.id) }
    }

    private func isUnchanged(_ tries: WrongTries, in transaction: borrowing Transaction) throws -> Bool {
        try transaction.version(.wrongTries, id: tries.id) ?? 0 == tries.version
    }
}
