import Foundation

/// Fields one after the other, each after its length (2 bytes, big-endian), so that no two lists of fields read alike.
struct Fields {
    private(set) var bytes: [UInt8] = []

    /// A list that continues another.
    init() {}

    /// A list that opens with its domain: what the bytes are for, and the version of their layout.
    init(domain: String) throws(SealingError) {
        try add(Array(domain.utf8))
    }

    mutating func add(_ field: [UInt8]) throws(SealingError) {
        guard let count = UInt16(exactly: field.count) else { throw .badParameters }
        bytes += count.bigEndianBytes
        bytes += field
    }

    mutating func add(_ text: String) throws(SealingError) { try add(Array(text.utf8)) }

    mutating func add(_ number: some FixedWidthInteger) throws(SealingError) { try add(number.bigEndianBytes) }

    mutating func add(_ date: Date) throws(SealingError) { try add(date.wholeSeconds) }

    /// These fields and one more.
    func adding(_ text: String) throws(SealingError) -> Fields {
        var fields = self
        try fields.add(text)
        return fields
    }
}

extension FixedWidthInteger {
    /// The bytes of the number, most significant first.
    var bigEndianBytes: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
    }

    /// The number in these bytes, most significant first.
    init(bigEndian bytes: ArraySlice<UInt8>) {
        self = bytes.reduce(0) { $0 << 8 | Self($1) }
    }
}

extension Date {
    /// The whole seconds since 1970-01-01 UTC, rounded down; years 1970 to 9999.
    var wholeSeconds: UInt64 {
        get throws(SealingError) {
            let seconds = timeIntervalSince1970.rounded(.down)
            guard (0..<253_402_300_800).contains(seconds) else { throw .badParameters }
            return UInt64(seconds)
        }
    }
}
