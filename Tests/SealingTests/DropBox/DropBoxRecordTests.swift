import Foundation
import Testing

@testable import Sealing

@Suite struct DropBoxRecordTests {
    private let fixtures: Fixtures
    private let key: CaseKey
    private let content = Array(#"{"text":"Example"}"#.utf8)

    init() throws {
        fixtures = try Fixtures()
        key = try Self.key()
    }

    private static func key(caseID: [UInt8] = Fixtures.case, epoch: UInt32 = 3) throws -> CaseKey {
        try CaseKey.derive(
            caseSecret: Fixtures.seed(0x11),
            eraseSecret: Fixtures.seed(0x22),
            case: caseID,
            compartment: .content,
            epoch: epoch
        )
    }

    private static func terms(
        caseID: [UInt8] = Fixtures.case,
        record: [UInt8] = Fixtures.id(0xd0),
        type: String = "note",
        agency: [UInt8] = Fixtures.agency,
        compartment: Compartment = .content,
        epoch: UInt32 = 3,
        schemaVersion: UInt32 = 1,
        authorAgency: [UInt8] = Fixtures.agency,
        written: Date = Fixtures.now
    ) -> DropBoxRecord.Terms {
        DropBoxRecord.Terms(
            caseID: caseID,
            record: record,
            type: type,
            agency: agency,
            compartment: compartment,
            epoch: epoch,
            schemaVersion: schemaVersion,
            authorAgency: authorAgency,
            written: written
        )
    }

    private func box() throws -> TrustedCaseBox {
        try CaseBox(bytes: FormatExamples.caseBox).trusted(
            case: Fixtures.case,
            agency: Fixtures.agency,
            compartment: .content,
            epoch: 3,
            statedBy: fixtures.trustedOther
        )
    }

    private func open(
        _ record: DropBoxRecord,
        terms: DropBoxRecord.Terms = terms(),
        key: CaseKey? = nil,
        author: TrustedKey? = nil
    ) throws -> [UInt8] {
        try record.open(terms: terms, with: key ?? self.key, writtenBy: author ?? fixtures.trustedOther)
    }

    @Test func `the record of the format page opens, and is made again byte for byte`() throws {
        let record = try DropBoxRecord(bytes: FormatExamples.dropBox)
        #expect(record.author == Fixtures.other)
        #expect(try open(record) == content)
        let made = try DropBoxRecord.seal(
            content,
            terms: Self.terms(),
            to: box(),
            by: fixtures.other,
            keyID: Fixtures.keyID,
            dataKey: Secret(copying: [UInt8](0x20..<0x40)),
            salt: Fixtures.salt,
            ephemeral: SealingPrivateKey(seed: Fixtures.seed(7))
        )
        #expect(made.bytes == FormatExamples.dropBox)
    }

    @Test func `a note of any length opens for a reader of the case, and for nobody else`() throws {
        for count in [0, 5, 4_000, 40_000] {
            let content = [UInt8](repeating: 0x2a, count: count)
            let record = try DropBoxRecord.seal(content, terms: Self.terms(), to: box(), by: fixtures.other)
            #expect(try open(DropBoxRecord(bytes: record.bytes)) == content)
            #expect(throws: SealingError.badSignature) { _ = try open(record, key: Self.key(epoch: 4)) }
            #expect(throws: SealingError.badSignature) {
                _ = try open(record, key: Self.key(caseID: Fixtures.id(0xc1)))
            }
        }
    }

    @Test func `every single-bit flip of a record is refused`() throws {
        for bit in 0..<FormatExamples.dropBox.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try open(DropBoxRecord(bytes: FormatExamples.dropBox.flipping(bit)))
            }
        }
        for count in [0, 19, 100, 180, 181, 300, FormatExamples.dropBox.count - 1] {
            #expect(throws: SealingError.self) {
                _ = try open(DropBoxRecord(bytes: Array(FormatExamples.dropBox.prefix(count))))
            }
        }
    }

    @Test func `a record under other terms or of another author is refused`() throws {
        let record = try DropBoxRecord(bytes: FormatExamples.dropBox)
        let other = Fixtures.id(0xc1)
        let moved = [
            Self.terms(caseID: other), Self.terms(record: other), Self.terms(type: "letter"), Self.terms(agency: other),
            Self.terms(compartment: .contact), Self.terms(epoch: 4), Self.terms(schemaVersion: 2),
            Self.terms(authorAgency: other), Self.terms(written: Fixtures.now.addingTimeInterval(1)),
        ]
        for terms in moved {
            #expect(throws: SealingError.badSignature) { _ = try open(record, terms: terms) }
        }
        #expect(throws: SealingError.badSignature) { _ = try open(record, author: fixtures.trustedPerson) }
        #expect(throws: SealingError.badSignature) { _ = try open(record, author: fixtures.stranger().trusted) }
    }

    @Test func `nothing is sealed to the box of another case, compartment, epoch or agency`() throws {
        let other = Fixtures.id(0xc1)
        for terms in [
            Self.terms(caseID: other), Self.terms(agency: other), Self.terms(compartment: .contact),
            Self.terms(epoch: 4),
            Self.terms(authorAgency: other), Self.terms(type: ""), Self.terms(type: "A note"),
        ] {
            #expect(throws: SealingError.badParameters) {
                _ = try DropBoxRecord.seal(content, terms: terms, to: box(), by: fixtures.other)
            }
        }
    }

    // MARK: - The box

    @Test func `the box of the format page is the drop-box of its case, and is stated again byte for byte`() throws {
        #expect(try box().key == key.dropBox.publicKey)
        let made = try CaseBox.sign(
            key.dropBox.publicKey,
            case: Fixtures.case,
            agency: Fixtures.agency,
            compartment: .content,
            epoch: 3,
            by: fixtures.other,
            keyID: Fixtures.keyID
        )
        #expect(made.bytes == FormatExamples.caseBox)
    }

    @Test func `a box that somebody else stated, or that is another case's, is not believed`() throws {
        let stated = try CaseBox(bytes: FormatExamples.caseBox)
        func believe(
            _ box: CaseBox,
            caseID: [UInt8] = Fixtures.case,
            agency: [UInt8] = Fixtures.agency,
            compartment: Compartment = .content,
            epoch: UInt32 = 3,
            by maker: TrustedKey? = nil
        ) throws {
            _ = try box.trusted(
                case: caseID,
                agency: agency,
                compartment: compartment,
                epoch: epoch,
                statedBy: maker ?? fixtures.trustedOther
            )
        }
        try believe(stated)
        let other = Fixtures.id(0xc1)
        #expect(throws: SealingError.notTrusted) { try believe(stated, caseID: other) }
        #expect(throws: SealingError.notTrusted) { try believe(stated, agency: other) }
        #expect(throws: SealingError.notTrusted) { try believe(stated, compartment: .contact) }
        #expect(throws: SealingError.notTrusted) { try believe(stated, epoch: 4) }
        #expect(throws: SealingError.notTrusted) { try believe(stated, by: fixtures.trustedPerson) }
        let (ring, _) = try fixtures.stranger()
        let planted = try CaseBox.sign(
            Self.key(),
            case: Fixtures.case,
            agency: Fixtures.agency,
            compartment: .content,
            epoch: 3,
            by: ring
        )
        #expect(throws: SealingError.notTrusted) { try believe(planted) }
        for bit in 0..<FormatExamples.caseBox.count * 8 {
            #expect(throws: SealingError.self) {
                try believe(CaseBox(bytes: FormatExamples.caseBox.flipping(bit)))
            }
        }
    }
}
