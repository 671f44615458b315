import Foundation
import Testing

@testable import Sealing

@Suite struct CaseKeyTests {
    @Test func `case, team and server keys are those of the format page`() throws {
        let fixtures = try Fixtures()
        let key = try derive()
        #expect(key.key.secret.publicBytes() + key.key.id == FormatExamples.caseKey)
        #expect(try key.dropBox.publicKey.bytes == FormatExamples.caseDropBox)
        let team = fixtures.team
        #expect(team.key.secret.publicBytes() + team.key.id == FormatExamples.teamKey)
        #expect(team.dropBox.publicKey.bytes == FormatExamples.teamDropBox)
        let routing = fixtures.server.routing
        #expect(routing.secret.publicBytes() + routing.id == FormatExamples.routingKey)
        #expect(try fixtures.server.blindIndex("recipient", Fixtures.person) == FormatExamples.blindIndex)
    }

    @Test func `each half, case, compartment and epoch gives another key`() throws {
        let keys = [
            try derive(), try derive(caseSecret: 0x12), try derive(eraseSecret: 0x23), try derive(case: 0xc1),
            try derive(compartment: .identity), try derive(compartment: .conflicts), try derive(compartment: .content),
            try derive(epoch: 4),
        ]
        #expect(Set(keys.map { $0.key.secret.publicBytes() }).count == keys.count)
        #expect(Set(keys.map(\.key.id)).count == keys.count)
        #expect(Set(try keys.map { try $0.dropBox.publicKey }).count == keys.count)
    }

    @Test func `without the erase secret the records stay closed`() throws {
        let context = RecordContext(caseID: Fixtures.case, recordType: "note")
        let sealed = try Envelope.seal([1, 2, 3], kind: .record, under: derive().key, context: context)
        #expect(try Envelope.open(sealed, expecting: .record, under: derive().key, context: context) == [1, 2, 3])
        // Whoever kept the wrapped case secret and guesses the other half has another key.
        #expect(throws: SealingError.keyMismatch) {
            _ = try Envelope.open(sealed, expecting: .record, under: derive(eraseSecret: 0).key, context: context)
        }
    }

    @Test func `halves of another length are refused`() throws {
        #expect(throws: SealingError.badParameters) {
            _ = try CaseKey.derive(
                caseSecret: Secret.random(31),
                eraseSecret: Secret.random(33),
                case: Fixtures.case,
                compartment: .content,
                epoch: 1
            )
        }
    }

    @Test func `a blind index differs by label, value and server`() throws {
        let fixtures = try Fixtures()
        let elsewhere = try ServerKeys(pepper: Fixtures.seed(0x45))
        let indexes = [
            try fixtures.server.blindIndex("recipient", [1]), try fixtures.server.blindIndex("recipient", [2]),
            try fixtures.server.blindIndex("name", [1]), try elsewhere.blindIndex("recipient", [1]),
        ]
        #expect(Set(indexes).count == 4 && indexes.allSatisfy { $0.count == 16 })
        #expect(try fixtures.server.blindIndex("recipient", [1]) == indexes[0])
    }

    private func derive(
        caseSecret: UInt8 = 0x11,
        eraseSecret: UInt8 = 0x22,
        case caseID: UInt8 = 0xc0,
        compartment: Compartment = .contact,
        epoch: UInt32 = 3
    ) throws -> CaseKey {
        try CaseKey.derive(
            caseSecret: Fixtures.seed(caseSecret),
            eraseSecret: Fixtures.seed(eraseSecret),
            case: Fixtures.id(caseID),
            compartment: compartment,
            epoch: epoch
        )
    }
}

@Suite struct CaseSecretWrapTests {
    private let fixtures: Fixtures
    private let place = CaseSecretWrap.Place(
        agency: Fixtures.agency,
        caseID: Fixtures.case,
        caseEpoch: 3,
        compartments: [.identity, .contact],
        granter: Fixtures.person
    )

    init() throws { fixtures = try Fixtures() }

    @Test func `the wrap of the format page opens`() throws {
        let secrets = try CaseSecretWrap.open(FormatExamples.caseSecretWrap, at: place, with: fixtures.team)
        #expect(try secrets.secret(of: .identity).publicBytes() == [UInt8](repeating: 0x11, count: 32))
        #expect(try secrets.secret(of: .contact).publicBytes() == [UInt8](repeating: 0x12, count: 32))
    }

    @Test func `every member opens a wrap and no other team does`() throws {
        let secrets = try CaseSecrets.random(for: place.compartments)
        let sealed = try CaseSecretWrap.seal(secrets, at: place, for: fixtures.team)
        #expect(sealed.count == 156)
        let opened = try CaseSecretWrap.open(sealed, at: place, with: fixtures.team)
        #expect(opened.joined.publicBytes() == secrets.joined.publicBytes())
        let next = try TeamKey.random(id: Fixtures.team, epoch: 5)
        #expect(throws: SealingError.keyMismatch) { _ = try CaseSecretWrap.open(sealed, at: place, with: next) }
        for bit in 0..<sealed.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try CaseSecretWrap.open(sealed.flipping(bit), at: place, with: fixtures.team)
            }
        }
    }

    @Test func `a wrap moved to another case, epoch, compartment or granter is refused`() throws {
        let places = [
            CaseSecretWrap.Place(
                agency: Fixtures.agency,
                caseID: Fixtures.id(0xc1),
                caseEpoch: 3,
                compartments: place.compartments,
                granter: Fixtures.person
            ),
            CaseSecretWrap.Place(
                agency: Fixtures.agency,
                caseID: Fixtures.case,
                caseEpoch: 4,
                compartments: place.compartments,
                granter: Fixtures.person
            ),
            CaseSecretWrap.Place(
                agency: Fixtures.agency,
                caseID: Fixtures.case,
                caseEpoch: 3,
                compartments: [.conflicts, .content],
                granter: Fixtures.person
            ),
            CaseSecretWrap.Place(
                agency: Fixtures.agency,
                caseID: Fixtures.case,
                caseEpoch: 3,
                compartments: place.compartments,
                granter: Fixtures.other
            ),
        ]
        for place in places {
            #expect(throws: SealingError.damaged) {
                _ = try CaseSecretWrap.open(FormatExamples.caseSecretWrap, at: place, with: fixtures.team)
            }
        }
    }
}

@Suite struct VaultRecordTests {
    private let fixtures: Fixtures

    init() throws { fixtures = try Fixtures() }

    @Test func `the vault record of the format page opens, and is made again byte for byte`() throws {
        let record = try VaultRecord.open(FormatExamples.vaultRecord, under: fixtures.server.vault)
        #expect(record.caseID == Fixtures.case && !record.isTombstone && record.written == Fixtures.now)
        #expect(try record.eraseSecret().publicBytes() == [UInt8](repeating: 0x22, count: 32))
        #expect(try record.seal(under: fixtures.server.vault, salt: Fixtures.salt) == FormatExamples.vaultRecord)
    }

    @Test func `every record has one length, and a tombstone has no secret`() throws {
        let live = try VaultRecord.random(forCase: Fixtures.case, at: Fixtures.now)
        let dead = try VaultRecord.tombstone(forCase: Fixtures.case, at: Fixtures.now)
        let sealed = try [live, dead].map { record throws in try record.seal(under: fixtures.server.vault) }
        #expect(sealed.allSatisfy { $0.count == VaultRecord.count })
        let opened = try sealed.map { bytes throws in try VaultRecord.open(bytes, under: fixtures.server.vault) }
        #expect(try opened[0].eraseSecret().publicBytes() == live.eraseSecret().publicBytes())
        #expect(opened[1].isTombstone)
        #expect(throws: SealingError.wrongKind) { _ = try opened[1].eraseSecret() }
    }

    @Test func `a damaged record, another vault key or another kind is refused`() throws {
        for bit in 0..<FormatExamples.vaultRecord.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try VaultRecord.open(FormatExamples.vaultRecord.flipping(bit), under: fixtures.server.vault)
            }
        }
        #expect(throws: SealingError.keyMismatch) {
            _ = try VaultRecord.open(FormatExamples.vaultRecord, under: fixtures.server.routing)
        }
        #expect(throws: SealingError.damaged) {
            _ = try VaultRecord.open(Array(FormatExamples.vaultRecord.dropLast()), under: fixtures.server.vault)
        }
    }
}
