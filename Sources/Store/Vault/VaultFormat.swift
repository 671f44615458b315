// The vault file, docs/formats/store.md:
//
//     header   "LWVAULT" (7 bytes) | format 0x01 (1) | record size, big-endian (4) | CRC-32 of the 12 bytes before (4)
//     slot*    record (record size) | CRC-32 of the record, big-endian (4)
//
// The check value tells a write that did not reach the disk from one that did; it is no seal, sealing is the caller's.
// A change of layout gets a new format number; a reader refuses a number it does not know.

/// The layout of a vault file for one record size.
struct VaultFormat {
    static let headerBytes = 16
    static let checkBytes = 4
    private static let magic = Array("LWVAULT".utf8) + [0x01]

    let recordSize: Int

    var slotBytes: Int { recordSize + Self.checkBytes }

    var header: [UInt8] {
        let start = Self.magic + Self.bigEndian(UInt32(recordSize))
        return start + Self.bigEndian(Self.check(start[...]))
    }

    func slot(_ record: [UInt8]) -> [UInt8] {
        record + Self.bigEndian(Self.check(record[...]))
    }

    /// The record in a slot, nil when the check value is another.
    func record(in slot: ArraySlice<UInt8>) -> [UInt8]? {
        let record = slot.dropLast(Self.checkBytes)
        guard slot.count == slotBytes, Array(slot.suffix(Self.checkBytes)) == Self.bigEndian(Self.check(record)) else {
            return nil
        }
        return Array(record)
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    /// CRC-32 of ISO 3309 (the one of Ethernet and gzip), bit by bit: a vault record has a hundred bytes or so.
    static func check(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var crc: UInt32 = .max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 {
                crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1
            }
        }
        return ~crc
    }
}
