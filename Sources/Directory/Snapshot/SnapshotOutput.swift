/// The bytes of a snapshot while they are written.
struct SnapshotOutput {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func raw(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// 8 bytes, big-endian.
    mutating func word(_ value: UInt64) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    /// A number of at least 0 in as few bytes as it needs: seven bits a byte, the lowest first, the top bit set in all
    /// but the last.
    mutating func number(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A count or a place in a table.
    mutating func count(_ value: Int) { number(UInt64(value)) }

    /// A number of either sign: 0, -1, 1, -2 … become 0, 1, 2, 3 ….
    mutating func integer(_ value: Int) { number(UInt64(bitPattern: Int64(value << 1 ^ value >> (Int.bitWidth - 1)))) }

    /// 0 for nil; else 1 and the number.
    mutating func integer(_ value: Int?) {
        byte(value == nil ? 0 : 1)
        if let value { integer(value) }
    }

    /// 0 for nil, 1 for no, 2 for yes.
    mutating func answer(_ value: Bool?) { byte(value.map { $0 ? 2 : 1 } ?? 0) }

    /// The value's place among the cases, from 0.
    mutating func choice<Value: CaseIterable & Equatable>(_ value: Value) {
        byte(Self.place(of: value))
    }

    /// 0 for nil; else the value's place among the cases, from 1.
    mutating func choice<Value: CaseIterable & Equatable>(_ value: Value?) {
        byte(value.map { Self.place(of: $0) + 1 } ?? 0)
    }

    /// A number in which the bit at a case's place says whether the case is in the set.
    mutating func choices<Value: CaseIterable & Hashable>(_ values: Set<Value>) {
        number(values.reduce(UInt64(0)) { $0 | 1 << UInt64(Self.place(of: $1)) })
    }

    private static func place<Value: CaseIterable & Equatable>(of value: Value) -> UInt8 {
        var place: UInt8 = 0
        for other in Value.allCases {
            if other == value { break }
            place += 1
        }
        return place
    }
}

/// A table while it is written: every value once, told apart by its bytes, so that texts which only look alike stay two.
struct SnapshotPool {
    private var places: [[UInt8]: Int] = [:]
    private var body = SnapshotOutput()

    /// The place of a value in the table, from 0.
    mutating func place(of value: [UInt8]) -> Int {
        if let place = places[value] { return place }
        let place = places.count
        places[value] = place
        body.raw(value)
        return place
    }

    /// The table as a section.
    var section: SnapshotSection { SnapshotSection(count: places.count, body: body.bytes) }
}

/// A part of a snapshot: the length of its body in bytes (8), the number of its items (8), the body.
struct SnapshotSection {
    let count: Int
    let body: [UInt8]

    func write(to output: inout SnapshotOutput) {
        output.word(UInt64(body.count))
        output.word(UInt64(count))
        output.raw(body)
    }
}
