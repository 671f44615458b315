import Foundation
import Testing

@testable import Sealing

@Suite struct SealedIntakeTests {
    private let fixtures: Fixtures
    private let sheets = ["identity", "contact", "conflicts", "content"].map { Array($0.utf8) }
    private let terms = SealedIntake.Terms(
        caseID: Fixtures.case,
        caseEpoch: 3,
        agency: Fixtures.agency,
        authorAgency: Fixtures.agency,
        filed: Fixtures.now
    )

    init() throws { fixtures = try Fixtures() }

    private func open(
        _ intake: SealedIntake,
        sheets: [[UInt8]]? = nil,
        terms: SealedIntake.Terms? = nil,
        team: TeamKey? = nil,
        author: TrustedKey? = nil
    ) throws -> [[UInt8]] {
        let secrets = try intake.open(
            sheets: sheets ?? self.sheets,
            terms: terms ?? self.terms,
            with: team ?? fixtures.team,
            writtenBy: author ?? fixtures.trustedOther
        )
        return try Compartment.allCases.map { try secrets.secret(of: $0).publicBytes() }
    }

    @Test func `the intake of the format page opens, and is made again byte for byte`() throws {
        let intake = try SealedIntake(bytes: FormatExamples.intake)
        #expect(intake.author == Fixtures.other)
        #expect(try open(intake) == [0x11, 0x12, 0x13, 0x14].map { [UInt8](repeating: $0, count: 32) })
        var joined = try Secret(copying: [])
        for byte in [UInt8(0x11), 0x12, 0x13, 0x14] { joined = try joined.followed(by: Fixtures.seed(byte)) }
        let made = try SealedIntake.seal(
            CaseSecrets(for: Set(Compartment.allCases), joined: joined),
            sheets: sheets,
            terms: terms,
            to: fixtures.trustedTeam,
            by: fixtures.other,
            keyID: Fixtures.keyID,
            ephemeral: SealingPrivateKey(seed: Fixtures.seed(7))
        )
        #expect(made.bytes == FormatExamples.intake)
    }

    @Test func `whoever filed an intake cannot open it, nor can another team or the team's next key`() throws {
        let secrets = try CaseSecrets.random(for: Set(Compartment.allCases))
        let intake = try SealedIntake.seal(
            secrets,
            sheets: sheets,
            terms: terms,
            to: fixtures.trustedTeam,
            by: fixtures.other
        )
        #expect(try open(intake).count == 4)
        let others = [
            try TeamKey.random(id: Fixtures.team, epoch: 4),
            try TeamKey(id: Fixtures.team, epoch: 5, seed: Fixtures.seed(0x33)),
            try TeamKey(id: Fixtures.id(0x71), epoch: 4, seed: Fixtures.seed(0x33)),
            // What the author has: a keyring, whose seeds are tried as a team's.
            try TeamKey(id: Fixtures.team, epoch: 4, seed: fixtures.other.sealing.seed.copy()),
            try TeamKey(id: Fixtures.team, epoch: 4, seed: fixtures.other.signing.seed.copy()),
        ]
        for other in others {
            #expect(throws: SealingError.badSignature) { _ = try open(intake, team: other) }
        }
    }

    @Test func `every single-bit flip of an intake is refused`() throws {
        for bit in 0..<FormatExamples.intake.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try open(SealedIntake(bytes: FormatExamples.intake.flipping(bit)))
            }
        }
        for count in [0, 19, 100, 275] {
            #expect(throws: SealingError.self) {
                _ = try SealedIntake(bytes: Array(FormatExamples.intake.prefix(count)))
            }
        }
    }

    @Test func `an intake under other terms, with another sheet or of another author is refused`() throws {
        let intake = try SealedIntake(bytes: FormatExamples.intake)
        let other = Fixtures.id(0xc1)
        let moved: [SealedIntake.Terms] = [
            .init(
                caseID: other,
                caseEpoch: 3,
                agency: Fixtures.agency,
                authorAgency: Fixtures.agency,
                filed: Fixtures.now
            ),
            .init(
                caseID: Fixtures.case,
                caseEpoch: 4,
                agency: Fixtures.agency,
                authorAgency: Fixtures.agency,
                filed: Fixtures.now
            ),
            .init(
                caseID: Fixtures.case,
                caseEpoch: 3,
                agency: other,
                authorAgency: Fixtures.agency,
                filed: Fixtures.now
            ),
            .init(
                caseID: Fixtures.case,
                caseEpoch: 3,
                agency: Fixtures.agency,
                authorAgency: other,
                filed: Fixtures.now
            ),
            .init(
                caseID: Fixtures.case,
                caseEpoch: 3,
                agency: Fixtures.agency,
                authorAgency: Fixtures.agency,
                filed: Fixtures.now.addingTimeInterval(1)
            ),
        ]
        for terms in moved {
            #expect(throws: SealingError.badSignature) { _ = try open(intake, terms: terms) }
        }
        for place in sheets.indices {
            var changed = sheets
            changed[place] = Array("planted".utf8)
            #expect(throws: SealingError.badSignature) { _ = try open(intake, sheets: changed) }
        }
        #expect(throws: SealingError.badSignature) { _ = try open(intake, sheets: sheets.reversed()) }
        #expect(throws: SealingError.badSignature) { _ = try open(intake, author: fixtures.trustedPerson) }
        #expect(throws: SealingError.badSignature) { _ = try open(intake, author: fixtures.stranger().trusted) }
    }

    @Test func `an intake is sealed to a team alone, for its own agency, with all four secrets`() throws {
        let secrets = try CaseSecrets.random(for: Set(Compartment.allCases))
        func seal(_ secrets: CaseSecrets, _ sheets: [[UInt8]], _ to: TrustedKey, _ terms: SealedIntake.Terms) throws {
            _ = try SealedIntake.seal(secrets, sheets: sheets, terms: terms, to: to, by: fixtures.other)
        }
        #expect(throws: SealingError.badParameters) { try seal(secrets, sheets, fixtures.trustedPerson, terms) }
        #expect(throws: SealingError.badParameters) {
            try seal(secrets, Array(sheets.dropLast()), fixtures.trustedTeam, terms)
        }
        #expect(throws: SealingError.badParameters) {
            try seal(secrets.narrowed(to: [.identity]), sheets, fixtures.trustedTeam, terms)
        }
        let foreign = SealedIntake.Terms(
            caseID: Fixtures.case,
            caseEpoch: 3,
            agency: Fixtures.id(0xa1),
            authorAgency: Fixtures.agency,
            filed: Fixtures.now
        )
        #expect(throws: SealingError.badParameters) { try seal(secrets, sheets, fixtures.trustedTeam, foreign) }
    }
}
