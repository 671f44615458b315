import Foundation
import Testing

@testable import Sealing

@Suite struct IndexKeyTests {
    private let routing: SymmetricKey
    private let names: IndexKey
    private let row = Fixtures.id(0xe0)

    init() throws {
        routing = try Fixtures().server.routing
        names = try IndexKey.random(agency: Fixtures.agency, field: .name, bucketBits: 8)
    }

    @Test func `key, buckets and tokens of the format page are made again`() throws {
        let phones = try IndexKey.open(
            FormatExamples.indexKey,
            under: routing,
            agency: Fixtures.agency,
            field: .phone,
            version: 1
        )
        #expect(phones.bucketBits == 10)
        #expect(try phones.seal(under: routing, version: 1, salt: Fixtures.salt) == FormatExamples.indexKey)
        let phone = try phones.look(for: Array("+442079460123".utf8))
        #expect(phone.bucket.bigEndianBytes == FormatExamples.phoneBucket)
        #expect(
            try phone.seal(for: Fixtures.case, row: row, under: routing, salt: Fixtures.salt)
                == FormatExamples.phoneToken
        )
        // The same key bytes, sealed for names.
        let sealed = try Envelope.seal(
            [10] + [UInt8](repeating: 0x55, count: 32),
            kind: .indexKey,
            under: routing,
            context: RecordContext(agency: Fixtures.agency, recordType: "index_key:name", recordVersion: 1)
        )
        let named = try IndexKey.open(sealed, under: routing, agency: Fixtures.agency, field: .name, version: 1)
            .look(for: Array("ämina example".utf8))
        #expect(named.bucket.bigEndianBytes == FormatExamples.nameBucket)
        #expect(try named.caseID(in: FormatExamples.nameToken, row: row, under: routing) == Fixtures.case)
    }

    @Test(arguments: IndexedField.allCases)
    func `a value is found again, and another is not`(field: IndexedField) throws {
        let key = try IndexKey.random(agency: Fixtures.agency, field: field, bucketBits: 12)
        let stored = try key.look(for: Array("one value".utf8))
        let sealed = try stored.seal(for: Fixtures.case, row: row, under: routing)
        #expect(sealed.count == 124 && stored.bucket < 1 << 12)
        let again = try key.look(for: Array("one value".utf8))
        #expect(again.bucket == stored.bucket)
        #expect(try again.caseID(in: sealed, row: row, under: routing) == Fixtures.case)
        for other in ["one valuf", "one value ", "One value", "o"] {
            #expect(try key.look(for: Array(other.utf8)).caseID(in: sealed, row: row, under: routing) == nil)
        }
        // Sealed twice, a value looks different twice.
        #expect(try stored.seal(for: Fixtures.case, row: row, under: routing) != sealed)
    }

    @Test func `numbers that could all be tried cost a slow hash, and names do not`() {
        #expect(IndexedField.allCases.filter(\.isSlow) == [.phone, .identityNumber])
    }

    @Test func `another key, agency or field has other buckets and tokens`() throws {
        let stored = try key(names, agency: Fixtures.agency, field: .name)
        let others = [
            try IndexKey.random(agency: Fixtures.agency, field: .name, bucketBits: 8),
            try key(names, agency: Fixtures.id(0xa1), field: .name),
            try key(names, agency: Fixtures.agency, field: .alias),
        ]
        for other in others {
            let values = (0..<64).map { Array("value \($0)".utf8) }
            let same = try values.count { try other.look(for: $0).bucket == stored.look(for: $0).bucket }
            // 64 values, 256 buckets: a quarter of one in the mean; 8 come once in 10^10 runs.
            #expect(same < 8)
        }
    }

    @Test func `buckets are filled evenly and say nothing about how alike values are`() throws {
        var filled = [Int](repeating: 0, count: 256)
        for number in 0..<8_192 { filled[Int(try names.look(for: Array("value \(number)".utf8)).bucket)] += 1 }
        // Chi-squared of 255 degrees of freedom: mean 255, deviation 22.6; beyond 8 deviations once in 10^12 runs.
        let chi = filled.reduce(0.0) { $0 + pow(Double($1) - 32, 2) / 32 }
        #expect((75.0...435.0).contains(chi))
    }

    @Test func `a row is refused in another row's place, and every changed bit is`() throws {
        let value = try names.look(for: [1, 2, 3])
        let sealed = try value.seal(for: Fixtures.case, row: row, under: routing)
        #expect(throws: SealingError.damaged) {
            _ = try value.caseID(in: sealed, row: Fixtures.id(0xe1), under: routing)
        }
        #expect(throws: SealingError.keyMismatch) { _ = try value.caseID(in: sealed, row: row, under: .random()) }
        for bit in 0..<sealed.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try value.caseID(in: sealed.flipping(bit), row: row, under: routing)
            }
        }
    }

    @Test func `a stored key is refused for another agency, field, version or routing key`() throws {
        let sealed = try names.seal(under: routing, version: 2)
        #expect(sealed.count == 125)
        func open(_ agency: [UInt8], _ field: IndexedField, _ version: UInt64) throws {
            _ = try IndexKey.open(sealed, under: routing, agency: agency, field: field, version: version)
        }
        try open(Fixtures.agency, .name, 2)
        #expect(throws: SealingError.damaged) { try open(Fixtures.id(0xa1), .name, 2) }
        #expect(throws: SealingError.damaged) { try open(Fixtures.agency, .alias, 2) }
        #expect(throws: SealingError.damaged) { try open(Fixtures.agency, .name, 3) }
        #expect(throws: SealingError.keyMismatch) {
            _ = try IndexKey.open(sealed, under: .random(), agency: Fixtures.agency, field: .name, version: 2)
        }
    }

    @Test func `values and buckets outside the budget are refused`() throws {
        for bits in [0, 7, 13, 16] {
            #expect(throws: SealingError.badParameters) {
                _ = try IndexKey.random(agency: Fixtures.agency, field: .name, bucketBits: bits)
            }
        }
        #expect(throws: SealingError.badParameters) { _ = try names.look(for: []) }
        #expect(throws: SealingError.badParameters) { _ = try names.look(for: [UInt8](repeating: 1, count: 4_097)) }
        let value = try names.look(for: [1])
        #expect(throws: SealingError.badParameters) { _ = try value.seal(for: [1], row: row, under: routing) }
        #expect("\(names)" == "[redacted]" && "\(value)" == "[redacted]")
    }

    /// The same key bytes for another agency or field.
    private func key(_ key: IndexKey, agency: [UInt8], field: IndexedField) throws -> IndexKey {
        let sealed = try key.seal(under: routing, version: 1)
        let plain = try Envelope.open(
            sealed,
            expecting: .indexKey,
            under: routing,
            context: RecordContext(agency: key.agency, recordType: "index_key:name", recordVersion: 1)
        )
        let moved = try Envelope.seal(
            plain,
            kind: .indexKey,
            under: routing,
            context: RecordContext(agency: agency, recordType: "index_key:\(field.label)", recordVersion: 1)
        )
        return try IndexKey.open(moved, under: routing, agency: agency, field: field, version: 1)
    }
}
