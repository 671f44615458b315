import Foundation

/// The bytes of a snapshot while they are read, from memory or piece by piece from a file. Every read checks first what is
/// left; nothing here can trap, whatever the bytes are.
struct SnapshotInput {
    /// What is in memory; the part before ``position`` has been read.
    private var buffer: [UInt8]
    private var position = 0
    /// How many bytes are left of the snapshot, or of the section that is being read.
    private(set) var left: Int
    private let file: FileHandle?
    private var hash = XXH64()
    /// How many of the bytes to come count for the checksum, which stands after them.
    private var unhashed: Int

    /// A snapshot takes as many bytes for its checksum.
    static let checksumCount = 8

    /// Reads bytes in memory.
    init(_ bytes: [UInt8]) {
        buffer = bytes
        left = bytes.count
        file = nil
        unhashed = 0
    }

    /// Reads an open file of so many bytes from its begin on, 64 KiB at a time.
    init(_ file: FileHandle, count: Int) {
        buffer = []
        left = count
        self.file = file
        unhashed = max(0, count - Self.checksumCount)
    }

    /// Sees to it that so many bytes can be read from the buffer.
    private mutating func require(_ count: Int) throws(SnapshotError) {
        guard count <= left else { throw .damaged }
        if position + count > buffer.count { try fill(count) }
    }

    private mutating func fill(_ count: Int) throws(SnapshotError) {
        guard let file else { throw .damaged }
        buffer.removeFirst(position)
        position = 0
        while buffer.count < count {
            let more: Data?
            do {
                more = try file.read(upToCount: 1 << 16)
            } catch {
                throw .unreadable
            }
            guard let more, !more.isEmpty else { throw .damaged }
            let hashed = min(unhashed, more.count)
            hash.add(more.span.extracting(..<hashed))
            unhashed -= hashed
            buffer.append(contentsOf: more)
        }
    }

    /// Compares the checksum with all bytes where they are in memory; those of a file are compared when it has been read.
    func begin() throws(SnapshotError) {
        guard file == nil else { return }
        let end = max(0, buffer.count - Self.checksumCount)
        let stated = buffer[end...].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard stated == XXH64.hash(buffer.span.extracting(..<end)) else { throw .damaged }
    }

    /// Reads the checksum, which must be the last thing.
    mutating func end() throws(SnapshotError) {
        guard left == Self.checksumCount else { throw .damaged }
        let stated = try word()
        guard file == nil || (unhashed == 0 && stated == hash.value) else { throw .damaged }
    }

    mutating func byte() throws(SnapshotError) -> UInt8 {
        try require(1)
        let byte = buffer[position]
        position += 1
        left -= 1
        return byte
    }

    /// 8 bytes, big-endian.
    mutating func word() throws(SnapshotError) -> UInt64 {
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

    /// Hours within the limits of the files.
    mutating func optionalHours() throws(SnapshotError) -> Int? {
        switch try byte() {
        case 0: return nil
        case 1:
            let hours = try integer()
            guard Limits.hours.contains(hours) else { throw .damaged }
            return hours
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
        try require(count)
        let start = position
        position += count
        left -= count
        // Whatever is wrong with the encoding, it is damage.
        guard let text = try? UTF8Span(validating: buffer.span.extracting(start..<start + count)) else {
            throw .damaged
        }
        return String(copying: text)
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
    @inline(__always)
    mutating func items<Value>(
        _ item: (inout SnapshotInput) throws(SnapshotError) -> Value
    ) throws(SnapshotError) -> [Value] {
        let count = try count()
        guard count > 0 else { return [] }
        var items: [Value] = []
        // A damaged count is noticed at the item that is not there; until then it must not cost memory.
        items.reserveCapacity(min(count, 64))
        for _ in 0..<count { items.append(try item(&self)) }
        return items
    }

    /// The items of a section. Its length and count are checked before the first item is read, and the items, of at least
    /// `size` bytes each, must fill it to the last byte.
    @inline(__always)
    mutating func section<Value>(
        ofAtLeast size: Int = 1,
        _ item: (inout SnapshotInput) throws(SnapshotError) -> Value
    ) throws(SnapshotError) -> [Value] {
        let (length, count) = (try word(), try word())
        guard length <= UInt64(left), count <= length / UInt64(max(1, size)) else { throw .damaged }
        let after = left - Int(length)
        left = Int(length)
        var items: [Value] = []
        items.reserveCapacity(Int(count))
        for _ in 0..<Int(count) { items.append(try item(&self)) }
        guard left == 0 else { throw .damaged }
        left = after
        return items
    }
}
