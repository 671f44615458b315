/// The bytes of a snapshot while they are read. Every read checks what is left first; nothing here can trap, whatever the
/// bytes are.
struct SnapshotInput {
    private let bytes: [UInt8]
    private var position: Int
    private var end: Int

    /// Reads a range of the bytes; the range is cut to what there is.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        let range = range.clamped(to: 0..<bytes.count)
        position = range.lowerBound
        end = range.upperBound
    }

    /// How many bytes are left.
    var left: Int { end - position }

    mutating func byte() throws(SnapshotError) -> UInt8 {
        guard position < end else { throw .damaged }
        defer { position += 1 }
        return bytes[position]
    }

    /// 8 bytes, big-endian.
    mutating func word() throws(SnapshotError) -> UInt64 {
        guard left >= 8 else { throw .damaged }
        var value: UInt64 = 0
        for _ in 0..<8 { value = value << 8 | UInt64(try byte()) }
        return value
    }

    /// A number of at least 0; refused when it is longer than it needs to be or past 64 bits.
    mutating func number() throws(SnapshotError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || next <= 1 else { throw .damaged }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 {
                guard next != 0 || shift == 0 else { throw .damaged }
                return value
            }
            shift += 7
        }
    }

    /// A count of items that take at least one byte each.
    mutating func count() throws(SnapshotError) -> Int {
        let value = try number()
        guard value <= UInt64(left) else { throw .damaged }
        return Int(value)
    }

    /// A number of either sign.
    mutating func integer() throws(SnapshotError) -> Int {
        let value = try number()
        return Int(truncatingIfNeeded: Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
    }

    mutating func optionalInteger() throws(SnapshotError) -> Int? {
        switch try byte() {
        case 0: return nil
        case 1: return try integer()
        default: throw .damaged
        }
    }

    mutating func answer() throws(SnapshotError) -> Bool? {
        switch try byte() {
        case 0: return nil
        case 1: return false
        case 2: return true
        default: throw .damaged
        }
    }

    /// A length and so many bytes of UTF-8.
    mutating func text() throws(SnapshotError) -> String {
        let count = try count()
        guard let text = String(validating: bytes[position..<position + count], as: UTF8.self) else { throw .damaged }
        position += count
        return text
    }

    /// An item of a table by its place.
    mutating func item<Value>(of table: [Value]) throws(SnapshotError) -> Value {
        let place = try number()
        guard place < UInt64(table.count) else { throw .damaged }
        return table[Int(place)]
    }

    /// 0 for nil; else an item of a table by its place from 1.
    mutating func optionalItem<Value>(of table: [Value]) throws(SnapshotError) -> Value? {
        let place = try number()
        guard place <= UInt64(table.count) else { throw .damaged }
        return place == 0 ? nil : table[Int(place) - 1]
    }

    /// The cases at the places whose bit is set.
    mutating func choices<Value: Hashable>(of cases: [Value]) throws(SnapshotError) -> Set<Value> {
        let bits = try number()
        guard bits >> UInt64(cases.count) == 0 else { throw .damaged }
        return Set(cases.indices.filter { bits >> UInt64($0) & 1 == 1 }.map { cases[$0] })
    }

    /// So many items as are stated in front of them.
    mutating func items<Value>(
        _ item: (inout SnapshotInput) throws(SnapshotError) -> Value
    ) throws(SnapshotError) -> [Value] {
        let count = try count()
        guard count > 0 else { return [] }
        var items: [Value] = []
        items.reserveCapacity(count)
        for _ in 0..<count { items.append(try item(&self)) }
        return items
    }

    /// The items of a section. Its length and count are checked before the first item is read, and the items must fill
    /// it to the last byte.
    mutating func section<Value>(
        ofAtLeast size: Int = 1,
        _ item: (inout SnapshotInput) throws(SnapshotError) -> Value
    ) throws(SnapshotError) -> [Value] {
        let (length, count) = (try word(), try word())
        guard length <= UInt64(left), count <= length / UInt64(max(1, size)) else { throw .damaged }
        let outer = end
        end = position + Int(length)
        var items: [Value] = []
        items.reserveCapacity(Int(count))
        for _ in 0..<Int(count) { items.append(try item(&self)) }
        guard left == 0 else { throw .damaged }
        end = outer
        return items
    }
}
