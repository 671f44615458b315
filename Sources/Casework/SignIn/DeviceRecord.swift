import Care
import Foundation
import Sealing
import Store

/// A device that somebody has signed in from; sealed under the routing key. It says nothing of the device: no name, no address.
struct DeviceRecord: Codable, Sendable {
    /// 16 random bytes, by which its person takes it away again.
    let handle: [UInt8]
    let staff: StaffID
    let firstAtMilliseconds: Int64
    var lastAtMilliseconds: Int64

    enum CodingKeys: String, CodingKey {
        case handle, staff
        case firstAtMilliseconds = "first_at"
        case lastAtMilliseconds = "last_at"
    }

    var endsAt: Date {
        Date(timeIntervalSince1970: Double(lastAtMilliseconds) / 1000).addingTimeInterval(Limits.deviceSeconds)
    }

    /// The handle as it is written.
    var text: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: handle.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// A device that was recognised at a sign-in, or is to be remembered by one.
struct SignInDevice: Sendable {
    /// The digest of its token.
    let digest: [UInt8]
    let row: StoredRow
    /// The row's version before; nil for a new device.
    let expecting: Int?
    /// The characters of a new token.
    let text: [UInt8]?
}

extension Office {
    /// The digest of the device token that came with a sign-in; nil when it is none of that person's, or its time is over.
    func device(_ text: [UInt8]?, of account: Account?) throws(CaseworkError) -> StoredRow? {
        guard let text, let account else { return nil }
        let token: DeviceToken
        do {
            token = try DeviceToken(text: text)
        } catch {
            return nil  // made up: the try counts as one from an unknown device
        }
        return try read { reading in
            guard let row = try reading.row(.device, id: token.digest) else { return nil }
            let record = try rows.open(DeviceRecord.self, row)
            return record.staff == account.staff && time.now() < record.endsAt ? row : nil
        }
    }

    /// The device row after a sign-in: the known one with the time of its last use, or a new one where that was asked for.
    func device(
        after known: StoredRow?,
        of staff: StaffID,
        isToBeRemembered: Bool
    ) throws(CaseworkError) -> SignInDevice? {
        let now = Int64(time.now().timeIntervalSince1970 * 1000)
        let owner = try rows.blind(.devicesOfStaff, staff.bytes)
        if let known {
            var record = try rows.open(DeviceRecord.self, known)
            record.lastAtMilliseconds = now
            let row = try rows.row(record, .device, id: known.id, owner: owner, version: known.version + 1)
            return SignInDevice(digest: known.id, row: row, expecting: known.version, text: nil)
        }
        guard isToBeRemembered else { return nil }
        let (token, text, handle) = try sealing("device") { () throws(SealingError) in
            let token = try DeviceToken.random()
            return (token, try token.text(), try Randomness.bytes(16))
        }
        let record = DeviceRecord(handle: handle, staff: staff, firstAtMilliseconds: now, lastAtMilliseconds: now)
        let row = try rows.row(record, .device, id: token.digest, owner: owner)
        return SignInDevice(digest: token.digest, row: row, expecting: nil, text: text)
    }

    /// Writes the device of a sign-in; of too many the one that was used longest ago goes.
    func remember(_ device: SignInDevice, in transaction: borrowing Transaction) throws {
        if let expecting = device.expecting {
            // Taken away meanwhile, or used in another sign-in at the same moment: that one's time stands.
            guard try transaction.version(.device, id: device.digest) == expecting else { return }
            return try transaction.put(device.row, expecting: expecting)
        }
        guard let owner = device.row.owner else { return }
        let devices = try transaction.rows(.device, owner: owner, limit: Limits.page)
        if devices.count >= Limits.devices {
            let oldest = devices.min {
                (rows.readable(DeviceRecord.self, $0)?.lastAtMilliseconds ?? 0)
                    < (rows.readable(DeviceRecord.self, $1)?.lastAtMilliseconds ?? 0)
            }
            if let oldest { try transaction.delete(.device, id: oldest.id) }
        }
        try transaction.put(device.row, expecting: nil)
    }
}
