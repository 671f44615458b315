import Care
import Foundation
import Sealing
import Store

/// A recovery code's slot; sealed under the routing key, at the digest of the code. The slot opens the person's keyring key.
struct RecoveryRecord: Codable, Sendable {
    let staff: StaffID
    let madeAtMilliseconds: Int64
    let slot: [UInt8]

    enum CodingKeys: String, CodingKey {
        case staff
        case madeAtMilliseconds = "made_at"
        case slot
    }
}

/// A recovery code that was just made, and its row.
struct NewRecovery: Sendable {
    let code: PrintedCode
    let row: StoredRow
}

extension Office {
    /// Makes a recovery code that opens a keyring key.
    func newRecovery(
        of staff: StaffID,
        keyringKey: borrowing Secret
    ) throws(CaseworkError) -> NewRecovery {
        let code: PrintedCode
        let slot: CodeSlot
        do {
            code = try PrintedCode.random(.recovery)
            slot = try CodeSlot.create(code: code, keyringKey: keyringKey, server: rows.keys, owner: staff.bytes)
        } catch {
            throw .damaged(code: "recovery")
        }
        let record = RecoveryRecord(
            staff: staff,
            madeAtMilliseconds: Int64(time.now().timeIntervalSince1970 * 1000),
            slot: slot.bytes
        )
        let owner = try rows.blind(.recoveryOfStaff, staff.bytes)
        return NewRecovery(code: code, row: try rows.row(record, .recovery, id: code.digest, owner: owner))
    }

    /// Puts a recovery code in the place of the person's earlier one; nil takes that away.
    func replaceRecovery(
        of staff: StaffID,
        with new: NewRecovery?,
        in transaction: borrowing Transaction
    ) throws {
        try transaction.deleteRows(.recovery, owner: rows.blind(.recoveryOfStaff, staff.bytes))
        if let new { try transaction.put(new.row, expecting: nil) }
    }
}
