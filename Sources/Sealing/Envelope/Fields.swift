import Foundation

/// Fields one after the other, each after its length (2 bytes, big-endian), so that no two lists of fields read alike.
struct Fields {
    private(set) var bytes: [UInt8] = []

    /// A list after other bytes.
    init(after bytes: [UInt8] = []) { self.bytes = bytes }

    /// A list that opens with its domain: what the bytes are for, and the version of their layout.
    init(domain: String) throws(SealingError) {
        try add(domain)
    }

    mutating func add(_ field: [UInt8]) throws(SealingError) {
        try addLength(field.count)
        bytes.append(contentsOf: field)
    }

    mutating func add(_ text: String) throws(SealingError) {
        try addLength(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func add(_ number: some FixedWidthInteger) throws(SealingError) {
        let count = number.bitWidth / 8
        try addLength(count)
        // Byte by byte: contexts are built for every record that is opened, and this costs no array.
        for place in stride(from: count - 1, through: 0, by: -1) {
            bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place)))
        }
    }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    private mutating func addLength(_ count: Int) throws(SealingError) {
        guard count <= UInt16.max else { throw .badParameters }
        bytes.append(UInt8(truncatingIfNeeded: count >> 8))
        bytes.append(UInt8(truncatingIfNeeded: count))
    }

    mutating func add(_ date: Date) throws(SealingError) { try add(date.wholeSeconds) }

    /// SHA-256 of fields of which one is secret; they are wiped. Reserve room first, or an outgrown copy stays.
    mutating func takeDigest() throws(SealingError) -> [UInt8] {
        defer { wipe() }
        return try Digest.sha256(bytes)
    }

    /// Overwrites fields of which one is secret.
    mutating func wipe() { Secret.wipe(&bytes) }

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
