import Foundation
import Testing

@testable import Sealing

@Suite struct KeyGrantTests {
    private let fixtures: Fixtures
    private let terms = GrantTerms.ofCase(
        Fixtures.case,
        compartments: [.contact],
        epoch: 3,
        purpose: .caseWork,
        expires: Fixtures.end
    )

    init() throws { fixtures = try Fixtures() }

    @Test func `the grant of the format page opens, and is made again byte for byte`() throws {
        let grant = try KeyGrant(bytes: FormatExamples.grant)
        #expect(grant.bytes.count == 180 && grant.granter == Fixtures.other)
        let secrets = try open(grant)
        #expect(secrets.compartments == [.contact])
        #expect(secrets.joined.publicBytes() == [UInt8](repeating: 0x11, count: 32))
        let again = try KeyGrant.seal(
            secrets.joined,
            terms: terms,
            to: fixtures.trustedPerson,
            by: fixtures.other,
            keyID: Fixtures.keyID,
            ephemeral: SealingPrivateKey(seed: Fixtures.seed(7))
        )
        #expect(again == grant)
    }

    @Test func `a grant carries the secrets of its compartments, 32 bytes more for each`() throws {
        let all = try CaseSecrets.random(for: Set(Compartment.allCases))
        for count in 1...4 {
            let some = Set(Compartment.allCases.suffix(count))
            let terms = GrantTerms.ofCase(
                Fixtures.case,
                compartments: some,
                epoch: 3,
                purpose: .caseWork,
                expires: Fixtures.end
            )
            let grant = try KeyGrant.seal(
                all.narrowed(to: some),
                terms: terms,
                to: fixtures.trustedPerson,
                by: fixtures.other
            )
            #expect(grant.bytes.count == 148 + 32 * count)
            let opened = try open(KeyGrant(bytes: grant.bytes), terms)
            for compartment in Compartment.allCases {
                guard some.contains(compartment) else {
                    #expect(throws: SealingError.badParameters) { _ = try opened.secret(of: compartment) }
                    continue
                }
                #expect(try opened.secret(of: compartment).publicBytes() == all.secret(of: compartment).publicBytes())
            }
        }
    }

    @Test func `every single-bit flip of a grant is refused`() throws {
        let granter = try fixtures.trustedOther
        for bit in 0..<FormatExamples.grant.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try KeyGrant(bytes: FormatExamples.grant.flipping(bit))
                    .openCase(terms: terms, with: fixtures.person, grantedBy: granter, at: Fixtures.now)
            }
        }
    }

    @Test func `a grant cut short or made longer is refused`() {
        for count in 0..<FormatExamples.grant.count {
            #expect(throws: SealingError.damaged) { _ = try KeyGrant(bytes: Array(FormatExamples.grant.prefix(count))) }
        }
        for more in [1, 31, 33, 32 * 4] {
            #expect(throws: SealingError.damaged) {
                _ = try KeyGrant(bytes: FormatExamples.grant + [UInt8](repeating: 0, count: more))
            }
        }
    }

    @Test func `a grant holds to its last second and not beyond`() throws {
        let grant = try KeyGrant(bytes: FormatExamples.grant)
        _ = try open(grant, at: Fixtures.end - 1)
        for late in [Fixtures.end, Fixtures.end + 1, Fixtures.end + 1e9] {
            #expect(throws: SealingError.expired) { _ = try open(grant, at: late) }
        }
        // Writing a later end into the row does not help.
        let longer = GrantTerms.ofCase(
            Fixtures.case,
            compartments: [.contact],
            epoch: 3,
            purpose: .caseWork,
            expires: Fixtures.end + 60
        )
        #expect(throws: SealingError.badSignature) { _ = try open(grant, longer, at: Fixtures.end) }
    }

    @Test func `a grant for another case, compartment, epoch or purpose is refused`() throws {
        let grant = try KeyGrant(bytes: FormatExamples.grant)
        let others: [GrantTerms] = [
            .ofCase(Fixtures.id(0xc1), compartments: [.contact], epoch: 3, purpose: .caseWork, expires: Fixtures.end),
            .ofCase(Fixtures.case, compartments: [.identity], epoch: 3, purpose: .caseWork, expires: Fixtures.end),
            .ofCase(Fixtures.case, compartments: [.contact], epoch: 2, purpose: .caseWork, expires: Fixtures.end),
            .ofCase(Fixtures.case, compartments: [.contact], epoch: 3, purpose: .breakGlass, expires: Fixtures.end),
        ]
        for terms in others {
            #expect(throws: SealingError.badSignature) { _ = try open(grant, terms) }
        }
        let two = GrantTerms.ofCase(
            Fixtures.case,
            compartments: [.identity, .contact],
            epoch: 3,
            purpose: .caseWork,
            expires: Fixtures.end
        )
        #expect(throws: SealingError.damaged) { _ = try open(grant, two) }
        let team = GrantTerms.ofTeam(Fixtures.team, epoch: 3, expires: Fixtures.end)
        #expect(throws: SealingError.wrongKind) { _ = try open(grant, team) }
    }

    @Test func `a grant for another person is refused`() throws {
        let grant = try KeyGrant(bytes: FormatExamples.grant)
        let stranger = try fixtures.stranger().ring
        #expect(throws: SealingError.badSignature) {
            _ = try grant.openCase(
                terms: terms,
                with: stranger,
                grantedBy: fixtures.trustedOther,
                at: Fixtures.now
            )
        }
        // The same name with another key, or the same key under another name, is another recipient too.
        let renamed = try Keyring(
            owner: Fixtures.id(0x52),
            agency: Fixtures.agency,
            signing: fixtures.person.signing,
            sealing: fixtures.person.sealing,
            pins: fixtures.person.pins
        )
        let rekeyed = try Keyring(
            owner: Fixtures.person,
            agency: Fixtures.agency,
            signing: fixtures.person.signing,
            sealing: .random(),
            pins: fixtures.person.pins
        )
        for ring in [renamed, rekeyed] {
            #expect(throws: SealingError.badSignature) {
                _ = try grant.openCase(terms: terms, with: ring, grantedBy: fixtures.trustedOther, at: Fixtures.now)
            }
        }
    }

    @Test func `a grant planted by somebody else is refused`() throws {
        // The attack: a key the planter knows, sealed to the reader in the name of a colleague.
        let planter = try fixtures.stranger()
        let known = try CaseSecrets.random(for: [.contact])
        let posing = try Keyring(
            owner: Fixtures.other,
            agency: Fixtures.agency,
            signing: planter.ring.signing,
            sealing: planter.ring.sealing,
            pins: planter.ring.pins
        )
        let planted = try KeyGrant.seal(known, terms: terms, to: fixtures.trustedPerson, by: posing)
        #expect(planted.granter == Fixtures.other)
        #expect(throws: SealingError.badSignature) { _ = try open(planted) }
        // Under the planter's own name it opens only for who trusts the planter with it.
        let own = try KeyGrant.seal(known, terms: terms, to: fixtures.trustedPerson, by: planter.ring)
        #expect(throws: SealingError.badSignature) { _ = try open(own) }
        let opened = try own.openCase(
            terms: terms,
            with: fixtures.person,
            grantedBy: planter.trusted,
            at: Fixtures.now
        )
        #expect(opened.compartments == [.contact])
    }

    @Test func `secrets are granted to persons, under the terms that name them`() throws {
        let secrets = try CaseSecrets.random(for: [.identity])
        #expect(throws: SealingError.badParameters) {
            _ = try KeyGrant.seal(secrets, terms: terms, to: fixtures.trustedPerson, by: fixtures.other)
        }
        let own = GrantTerms.ofCase(
            Fixtures.case,
            compartments: [.identity],
            epoch: 3,
            purpose: .caseWork,
            expires: Fixtures.end
        )
        for holder in [try fixtures.trustedTeam, try fixtures.trustedAgency] {
            #expect(throws: SealingError.badParameters) {
                _ = try KeyGrant.seal(secrets, terms: own, to: holder, by: fixtures.other)
            }
        }
    }

    private func open(
        _ grant: KeyGrant,
        _ terms: GrantTerms? = nil,
        at now: Date = Fixtures.now
    ) throws -> CaseSecrets {
        try grant.openCase(
            terms: terms ?? self.terms,
            with: fixtures.person,
            grantedBy: fixtures.trustedOther,
            at: now
        )
    }
}

@Suite struct TeamSecretWrapTests {
    private let fixtures: Fixtures

    init() throws { fixtures = try Fixtures() }

    @Test func `the team grant of the format page opens to the team's key`() throws {
        let team = try open(KeyGrant(bytes: FormatExamples.teamGrant))
        #expect(team.key.id == fixtures.team.key.id)
        #expect(team.dropBox.publicKey == fixtures.team.dropBox.publicKey)
    }

    @Test func `a member receives the team's key and nobody else does`() throws {
        let member = try fixtures.stranger()
        let grant = try TeamSecretWrap.seal(
            fixtures.team,
            to: member.trusted,
            by: fixtures.other,
            expires: Fixtures.end
        )
        #expect(grant.bytes.count == 180)
        let team = try TeamSecretWrap.open(
            grant,
            team: Fixtures.team,
            epoch: 4,
            expires: Fixtures.end,
            with: member.ring,
            grantedBy: fixtures.trustedOther,
            at: Fixtures.now
        )
        #expect(team.key.id == fixtures.team.key.id)
        #expect(throws: SealingError.badSignature) { _ = try open(grant) }
        #expect(throws: SealingError.expired) {
            _ = try TeamSecretWrap.open(
                grant,
                team: Fixtures.team,
                epoch: 4,
                expires: Fixtures.end,
                with: member.ring,
                grantedBy: fixtures.trustedOther,
                at: Fixtures.end
            )
        }
    }

    @Test func `a seed of another epoch or team is refused`() throws {
        let grant = try KeyGrant(bytes: FormatExamples.teamGrant)
        #expect(throws: SealingError.badSignature) { _ = try open(grant, epoch: 5) }
        #expect(throws: SealingError.badSignature) { _ = try open(grant, team: Fixtures.id(0x71)) }
    }

    @Test func `a grant of case secrets is not taken for a team's seed`() throws {
        #expect(throws: SealingError.wrongKind) { _ = try open(KeyGrant(bytes: FormatExamples.grant)) }
        var disguised = FormatExamples.grant
        disguised[2] = ObjectKind.teamSecret.rawValue
        #expect(throws: SealingError.badSignature) { _ = try open(KeyGrant(bytes: disguised)) }
    }

    private func open(
        _ grant: KeyGrant,
        team: [UInt8] = Fixtures.team,
        epoch: UInt32 = 4
    ) throws -> TeamKey {
        try TeamSecretWrap.open(
            grant,
            team: team,
            epoch: epoch,
            expires: Fixtures.end,
            with: fixtures.person,
            grantedBy: fixtures.trustedOther,
            at: Fixtures.now
        )
    }
}
