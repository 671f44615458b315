import Testing

@testable import Sealing

@Suite struct EnvelopeTests {
    private let context = RecordContext(
        agency: [UInt8](repeating: 0xa0, count: 16),
        caseID: [UInt8](repeating: 0xc0, count: 16),
        recordID: [UInt8](repeating: 0xd0, count: 16),
        recordType: "case_sheet",
        schemaVersion: 1,
        recordVersion: 7,
        keyEpoch: 2,
        author: [UInt8](repeating: 0x50, count: 16)
    )

    @Test func `the envelope of the format page opens, and is made again byte for byte`() throws {
        let key = try SymmetricKey(id: Array(0x80..<0x90), secret: Secret(copying: Array(0..<32)))
        let example = Array("An example.".utf8)
        #expect(
            try Envelope.open(FormatExamples.envelope, expecting: .record, under: key, context: context) == example
        )
        let again = try Envelope.seal(
            example,
            kind: .record,
            keyID: key.id,
            key: key.secret,
            context: context,
            salt: Array(0x40..<0x58)
        )
        #expect(again == FormatExamples.envelope)
    }

    @Test func `every single-bit flip of a sealed record of 4 kB is refused`() throws {
        let key = try SymmetricKey.random()
        let sealed = try Envelope.seal(Randomness.bytes(4_000), kind: .record, under: key, context: context)
        #expect(sealed.count == 92 + 4_096)
        var opened = 0
        for bit in 0..<sealed.count * 8 {
            if (try? Envelope.open(sealed.flipping(bit), expecting: .record, under: key, context: context)) != nil {
                opened += 1
            }
        }
        #expect(opened == 0)
    }

    @Test func `a record cut short or made longer is refused`() throws {
        let key = try SymmetricKey.random()
        let sealed = try Envelope.seal([1, 2, 3], kind: .record, under: key, context: context)
        for count in 0..<sealed.count {
            #expect(throws: SealingError.damaged) {
                _ = try Envelope.open(Array(sealed.prefix(count)), expecting: .record, under: key, context: context)
            }
        }
        #expect(throws: SealingError.damaged) {
            _ = try Envelope.open(sealed + [0], expecting: .record, under: key, context: context)
        }
    }

    @Test func `a record moved to another place is refused`() throws {
        let key = try SymmetricKey.random()
        let sealed = try Envelope.seal([1, 2, 3], kind: .record, under: key, context: context)
        let other = [UInt8](repeating: 0x99, count: 16)
        let moves: [WritableKeyPath<RecordContext, [UInt8]>] = [\.agency, \.caseID, \.recordID, \.author]
        for place in moves {
            for id in [other, []] {
                var moved = context
                moved[keyPath: place] = id
                expectRefused(sealed, key, moved)
            }
        }
        var moved = context
        moved.recordType = "case_sheets"
        expectRefused(sealed, key, moved)
        moved = context
        moved.schemaVersion += 1
        expectRefused(sealed, key, moved)
        moved = context
        moved.recordVersion -= 1
        expectRefused(sealed, key, moved)
        moved = context
        moved.keyEpoch += 1
        expectRefused(sealed, key, moved)
        #expect(try Envelope.open(sealed, expecting: .record, under: key, context: context) == [1, 2, 3])
    }

    @Test func `an object of another kind is refused before anything is derived`() throws {
        let key = try SymmetricKey.random()
        for made in ObjectKind.allCases {
            let sealed = try Envelope.seal([UInt8](repeating: 5, count: 32), kind: made, under: key, context: context)
            #expect(try Envelope.kind(of: sealed) == made)
            for expected in ObjectKind.allCases where expected != made {
                #expect(throws: SealingError.wrongKind) {
                    _ = try Envelope.open(sealed, expecting: expected, under: key, context: context)
                }
            }
            // Nor does a changed kind byte help: the header is part of the context.
            var disguised = sealed
            disguised[2] = made == .record ? ObjectKind.routingRow.rawValue : ObjectKind.record.rawValue
            #expect(throws: SealingError.damaged) {
                _ = try Envelope.open(
                    disguised,
                    expecting: made == .record ? .routingRow : .record,
                    under: key,
                    context: context
                )
            }
        }
    }

    @Test func `an unknown version, suite, kind or flag is refused as unknown`() throws {
        let key = try SymmetricKey.random()
        let sealed = try Envelope.seal([1], kind: .record, under: key, context: context)
        for (place, values) in [(0, [0, 2, 255]), (1, [0, 2, 255]), (2, [0, 200, 255]), (3, [1, 128])] {
            for value in values {
                var unknown = sealed
                unknown[place] = UInt8(value)
                #expect(throws: SealingError.unknownFormat) { _ = try Envelope.keyID(of: unknown) }
            }
        }
    }

    @Test func `another key is refused, by its id and by its bytes`() throws {
        let key = try SymmetricKey.random()
        let sealed = try Envelope.seal([1], kind: .record, under: key, context: context)
        #expect(try Envelope.keyID(of: sealed) == key.id)
        #expect(throws: SealingError.keyMismatch) {
            _ = try Envelope.open(sealed, expecting: .record, under: .random(), context: context)
        }
        let impostor = try SymmetricKey(id: key.id, secret: Secret.random(32))
        expectRefused(sealed, impostor, context)
    }

    @Test func `the same content sealed twice looks different`() throws {
        let key = try SymmetricKey.random()
        let one = try Envelope.seal([1], kind: .record, under: key, context: context)
        let other = try Envelope.seal([1], kind: .record, under: key, context: context)
        #expect(one != other)
    }

    @Test func `content of any length comes back`() throws {
        let key = try SymmetricKey.random()
        for count in [0, 1, 255, 256, 4_095, 4_096, 16_383, 16_384, 65_600] {
            let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let sealed = try Envelope.seal(content, kind: .record, under: key, context: context)
            #expect(try Envelope.open(sealed, expecting: .record, under: key, context: context) == content)
        }
    }

    private func expectRefused(_ sealed: [UInt8], _ key: SymmetricKey, _ context: RecordContext) {
        #expect(throws: SealingError.damaged) {
            _ = try Envelope.open(sealed, expecting: .record, under: key, context: context)
        }
    }
}

@Suite struct RecordContextTests {
    private let context = RecordContext(
        agency: [UInt8](repeating: 0xa0, count: 16),
        caseID: [UInt8](repeating: 0xc0, count: 16),
        recordID: [UInt8](repeating: 0xd0, count: 16),
        recordType: "case_sheet",
        schemaVersion: 1,
        recordVersion: 7,
        keyEpoch: 2,
        author: [UInt8](repeating: 0x50, count: 16)
    )
    private let header = [1, 1, 1, 0] + [UInt8](0x80..<0x90)

    @Test func `the bytes of a context are those of the format page`() throws {
        #expect(try context.bytes(header: header) == FormatExamples.context)
        let none = try RecordContext(recordType: "x").bytes(header: header)
        // Header, domain, four empty ids around type "x", schema 1, version 0, epoch 0.
        let expected = """
            0101010080818283 8485868788898a8b 8c8d8e8f
            0011 6c65657761726420 7265636f72642076 31
            0000 0000 0000 0001 78 0004 00000001 0008 0000000000000000 0004 00000000 0000
            """
        #expect(none == hex(expected))
    }

    @Test func `every single-bit flip of a context is refused`() throws {
        let key = try Secret.random(32)
        let bytes = try context.bytes(header: header)
        let sealed = try ChunkedEncryption.seal(
            [1, 2, 3],
            tail: [],
            after: [],
            key: key,
            context: bytes,
            salt: Randomness.bytes(24)
        )
        for bit in 0..<bytes.count * 8 {
            #expect(throws: SealingError.damaged) {
                _ = try ChunkedEncryption.open(sealed, from: 0, key: key, context: bytes.flipping(bit))
            }
        }
        #expect(try ChunkedEncryption.open(sealed, from: 0, key: key, context: bytes) == [1, 2, 3])
    }

    @Test func `an id that changes its field gives other bytes`() throws {
        let id = [UInt8](repeating: 0x77, count: 16)
        let contexts = [
            RecordContext(agency: id, recordType: "x"), RecordContext(caseID: id, recordType: "x"),
            RecordContext(recordID: id, recordType: "x"), RecordContext(recordType: "x", author: id),
        ]
        let bytes = try contexts.map { context throws in try context.bytes(header: header) }
        #expect(Set(bytes).count == contexts.count)
    }

    @Test func `fields outside their range are refused`() throws {
        #expect(throws: SealingError.badParameters) { _ = try context.bytes(header: [1, 2, 3]) }
        for type in ["", "Case", "case sheet", String(repeating: "a", count: 65), "número"] {
            #expect(throws: SealingError.badParameters) {
                _ = try RecordContext(recordType: type).bytes(header: header)
            }
        }
        #expect(throws: SealingError.badParameters) {
            _ = try RecordContext(caseID: [1, 2, 3], recordType: "x").bytes(header: header)
        }
    }
}

@Suite struct PaddingTests {
    @Test(
        arguments: [
            (0, 256), (1, 256), (255, 256), (256, 512), (4_094, 4_096), (4_095, 4_096),
            // Padmé: from 4,096 on steps of 256, from 65,536 of 2,048, from 1 MiB of 32,768.
            (4_096, 4_352), (4_200, 4_352), (8_191, 8_192), (8_192, 8_704), (65_536, 67_584), (1_048_576, 1_081_344),
        ]
    )
    func `content is padded to the lengths of the format`(content: Int, padded: Int) {
        #expect(Padding.paddedCount(content) == padded)
    }

    @Test func `padding is found again, grows with the content, and adds at most 12 per cent above 4 kB`() {
        var last = 0
        for count in Array(0...9_000) + Array(stride(from: 9_001, to: 3_000_000, by: 7_919)) {
            let padded = Padding.paddedCount(count)
            #expect(padded > count && padded >= last)
            if count >= 4_096 { #expect(Double(padded) <= Double(count + 1) * 1.12) }
            last = padded
            let tail = Padding.bytes(after: count)
            #expect(count + tail.count == padded)
            #expect(Padding.contentCount(in: padded) { $0 < count ? 7 : tail[$0 - count] } == count)
        }
    }

    @Test func `padding of another length or without its mark is refused`() {
        let cases: [[UInt8]] = [
            [], [0x80], [UInt8](repeating: 0, count: 256), [UInt8](repeating: 1, count: 256),
            [1, 0x80] + [UInt8](repeating: 0, count: 510), [0x80] + [UInt8](repeating: 0, count: 254),
        ]
        for bytes in cases {
            #expect(Padding.contentCount(in: bytes.count) { bytes[$0] } == nil)
        }
    }
}
