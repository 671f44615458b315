import Testing

@testable import Sealing

@Suite struct KeyBindingTests {
    private let fixtures: Fixtures

    init() throws { fixtures = try Fixtures() }

    @Test func `the chain of the format page leads from the root to people and teams`() throws {
        #expect(try fixtures.trustedAgency.verifyingKey == fixtures.agencyKey.verifyingKey)
        let person = try fixtures.trustedPerson
        #expect(try person.verifyingKey == fixtures.person.signing.verifyingKey)
        #expect(try person.sealingKey == fixtures.person.sealing.publicKey)
        #expect(person.agency == Fixtures.agency && person.id == Fixtures.person && person.holder == .person)
        let team = try fixtures.trustedTeam
        #expect(team.sealingKey == fixtures.team.dropBox.publicKey && team.verifyingKey == nil && team.epoch == 4)
    }

    @Test func `bindings made here verify`() throws {
        let agency = try KeyBinding.agency(
            Fixtures.agency,
            epoch: 2,
            key: fixtures.agencyKey.verifyingKey,
            signedBy: fixtures.root
        )
        #expect(agency.bytes.count == 185)
        let trusted = try KeyBinding(bytes: agency.bytes)
            .trustedAgency(Fixtures.agency, root: fixtures.root.verifyingKey, atLeast: 2)
        let team = try KeyBinding.team(
            Fixtures.team,
            epoch: 5,
            sealingKey: fixtures.team.dropBox.publicKey,
            agency: Fixtures.agency,
            signedBy: fixtures.agencyKey
        )
        #expect(try team.trusted(.team, Fixtures.team, through: trusted, atLeast: 5).epoch == 5)
    }

    @Test func `every single-bit flip of a binding is refused`() throws {
        let agency = try fixtures.trustedAgency
        for bit in 0..<FormatExamples.personBinding.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try KeyBinding(bytes: FormatExamples.personBinding.flipping(bit))
                    .trusted(.person, Fixtures.person, through: agency, atLeast: 1)
            }
        }
        #expect(throws: SealingError.damaged) {
            _ = try KeyBinding(bytes: Array(FormatExamples.personBinding.dropLast()))
        }
    }

    @Test func `a public key swapped in the directory is refused`() throws {
        // The attack: whoever writes to the database puts his own key where the desk's key stood.
        let own = try SealingPrivateKey.random()
        var swapped = FormatExamples.teamBinding
        swapped.replaceSubrange(73..<105, with: own.publicKey.bytes)
        #expect(throws: SealingError.notTrusted) {
            _ = try KeyBinding(bytes: swapped)
                .trusted(.team, Fixtures.team, through: fixtures.trustedAgency, atLeast: 4)
        }
        // Or signs it himself, as an agency nobody signed, or with a root of his own.
        let forger = try SigningKey.random()
        let forged = try KeyBinding.team(
            Fixtures.team,
            epoch: 4,
            sealingKey: own.publicKey,
            agency: Fixtures.agency,
            signedBy: forger
        )
        #expect(throws: SealingError.notTrusted) {
            _ = try forged.trusted(.team, Fixtures.team, through: fixtures.trustedAgency, atLeast: 4)
        }
        let forgedAgency = try KeyBinding.agency(
            Fixtures.agency,
            epoch: 1,
            key: forger.verifyingKey,
            signedBy: forger
        )
        #expect(throws: SealingError.notTrusted) {
            _ = try forgedAgency.trustedAgency(Fixtures.agency, root: fixtures.root.verifyingKey, atLeast: 1)
        }
    }

    @Test func `another holder's valid binding is refused in its place`() throws {
        let agency = try fixtures.trustedAgency
        let other = try KeyBinding(bytes: FormatExamples.otherBinding)
        #expect(throws: SealingError.notTrusted) {
            _ = try other.trusted(.person, Fixtures.person, through: agency, atLeast: 1)
        }
        let person = try KeyBinding(bytes: FormatExamples.personBinding)
        #expect(throws: SealingError.notTrusted) {
            _ = try person.trusted(.team, Fixtures.person, through: agency, atLeast: 1)
        }
        #expect(throws: SealingError.notTrusted) {
            _ = try person.trustedAgency(Fixtures.person, root: fixtures.root.verifyingKey, atLeast: 1)
        }
        #expect(throws: SealingError.notTrusted) {
            _ = try person.trusted(.person, Fixtures.person, through: fixtures.trustedOther, atLeast: 1)
        }
    }

    @Test func `a binding of another agency does not pass for one of this agency`() throws {
        let (elsewhere, key) = (Fixtures.id(0xa1), try SigningKey.random())
        let agency = try KeyBinding.agency(elsewhere, epoch: 1, key: key.verifyingKey, signedBy: fixtures.root)
            .trustedAgency(elsewhere, root: fixtures.root.verifyingKey, atLeast: 1)
        // Signed by the other agency's true key, but in the name of ours.
        let posing = try KeyBinding.team(
            Fixtures.team,
            epoch: 4,
            sealingKey: fixtures.team.dropBox.publicKey,
            agency: Fixtures.agency,
            signedBy: key
        )
        #expect(throws: SealingError.notTrusted) {
            _ = try posing.trusted(.team, Fixtures.team, through: agency, atLeast: 4)
        }
        #expect(throws: SealingError.notTrusted) {
            _ = try posing.trusted(.team, Fixtures.team, through: fixtures.trustedAgency, atLeast: 4)
        }
    }

    @Test func `a binding older than the pinned epoch is refused`() throws {
        let team = try KeyBinding(bytes: FormatExamples.teamBinding)
        #expect(throws: SealingError.notTrusted) {
            _ = try team.trusted(.team, Fixtures.team, through: fixtures.trustedAgency, atLeast: 5)
        }
        #expect(throws: SealingError.badParameters) {
            _ = try KeyBinding.team(
                Fixtures.team,
                epoch: 0,
                sealingKey: fixtures.team.dropBox.publicKey,
                agency: Fixtures.agency,
                signedBy: fixtures.agencyKey
            )
        }
    }

    @Test func `a binding with a key it should not have is refused`() throws {
        var team = FormatExamples.teamBinding
        team[41] = 1
        #expect(throws: SealingError.damaged) { _ = try KeyBinding(bytes: team) }
        var agency = FormatExamples.agencyBinding
        agency[73] = 1
        #expect(throws: SealingError.damaged) { _ = try KeyBinding(bytes: agency) }
        var person = FormatExamples.personBinding
        person.replaceSubrange(41..<73, with: [UInt8](repeating: 0, count: 32))
        #expect(throws: SealingError.damaged) { _ = try KeyBinding(bytes: person) }
    }
}
