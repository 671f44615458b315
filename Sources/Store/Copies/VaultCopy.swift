/// What a vault file holds, read beside the server that has it open: nothing is locked, changed or cut off.
public struct VaultCopy: Sendable {
    /// The whole slots of the file with its header, without a tail that was being appended.
    public let bytes: [UInt8]
    /// The records in the order of appending.
    public let records: [[UInt8]]

    /// How often a file that is being rewritten meanwhile is read again.
    private static let attempts = 5

    /// Reads the file of this name; a rewriting that comes in between is waited for.
    ///
    /// - Throws: `cannotOpen` when there is none, `notAStore` for another kind of file or record size, `damaged`, `ioError`.
    public init(of path: String, recordSize: Int) throws(StoreError) {
        for attempt in 1...Self.attempts {
            guard OpenFile.exists(path) else { throw .cannotOpen(code: -2) }
            let file = try OpenFile.open(path)
            let bytes = try file.read(try file.length(), at: 0)
            do throws(StoreError) {
                try self.init(bytes: bytes, recordSize: recordSize)
                return
            } catch {
                // A rewriting has put another file in its place and overwrites what was being read.
                guard attempt < Self.attempts else { throw error }
            }
        }
        throw .damaged(code: 0)
    }

    /// Takes the bytes of such a file; a tail that is no whole slot, or nothing but zeros, is left out.
    ///
    /// - Throws: `notAStore` for another kind of file or record size, `damaged` when a record is not what was written.
    public init(bytes: [UInt8], recordSize: Int) throws(StoreError) {
        let format = VaultFormat(recordSize: recordSize)
        guard bytes.starts(with: format.header) else { throw .notAStore }
        var whole = (bytes.count - VaultFormat.headerBytes) / format.slotBytes
        func slot(_ number: Int) -> ArraySlice<UInt8> {
            let start = VaultFormat.headerBytes + number * format.slotBytes
            return bytes[start..<start + format.slotBytes]
        }
        while whole > 0, slot(whole - 1).allSatisfy({ $0 == 0 }) { whole -= 1 }
        var records: [[UInt8]] = []
        for number in 0..<whole {
            guard let record = format.record(in: slot(number)) else { throw .damaged(code: 0) }
            records.append(record)
        }
        self.bytes = Array(bytes.prefix(VaultFormat.headerBytes + whole * format.slotBytes))
        self.records = records
    }
}
