import Foundation
import Testing

@testable import Sealing

/// What somebody with full write access to the database can do with stored bytes: change them, put old ones back, move them to
/// another row, plant ones of their own making. Each is refused by the cryptography, and named.
@Suite struct DatabaseWriterTests {
    private let fixtures: Fixtures
    private let secrets: CaseSecrets
    private let place: CaseSecretWrap.Place

    init() throws {
        fixtures = try Fixtures()
        secrets = try CaseSecrets.random(for: [.identity, .content])
        place = CaseSecretWrap.Place(
            agency: Fixtures.agency,
            caseID: Fixtures.case,
            caseEpoch: 3,
            compartments: [.identity, .content],
            granter: Fixtures.other
        )
    }

    @Test func `every single-bit flip of every stored form is refused`() throws {
        for form in try forms() {
            try form.open(form.bytes)
            var opened = 0
            for bit in 0..<form.bytes.count * 8 where (try? form.open(form.bytes.flipping(bit))) != nil { opened += 1 }
            #expect(opened == 0, "\(form.name)")
        }
    }

    @Test func `every stored form cut short or made longer is refused`() throws {
        for form in try forms() {
            for count in 0..<form.bytes.count {
                #expect(throws: SealingError.self, "\(form.name)") { try form.open(Array(form.bytes.prefix(count))) }
            }
            #expect(throws: SealingError.self, "\(form.name)") { try form.open(form.bytes + [0]) }
        }
    }

    @Test func `no stored form is taken for another`() throws {
        let forms = try forms()
        for form in forms {
            for other in forms where other.name != form.name {
                #expect(throws: SealingError.self, "\(other.name) as \(form.name)") { try form.open(other.bytes) }
            }
        }
    }

    @Test func `a record copied to another case is refused, under either case's key`() throws {
        let (own, other) = (try caseKey(Fixtures.case), try caseKey(Fixtures.id(0xc1)))
        let sealed = try Envelope.seal([1, 2, 3], kind: .record, under: own, context: context(Fixtures.case, 1))
        #expect(throws: SealingError.keyMismatch) {
            _ = try Envelope.open(sealed, expecting: .record, under: other, context: context(Fixtures.id(0xc1), 1))
        }
        #expect(throws: SealingError.damaged) {
            _ = try Envelope.open(sealed, expecting: .record, under: own, context: context(Fixtures.id(0xc1), 1))
        }
        // The header of the other case's key, put in front of it.
        let disguised = Array(sealed[0..<4]) + other.id + sealed[20...]
        #expect(throws: SealingError.damaged) {
            _ = try Envelope.open(disguised, expecting: .record, under: other, context: context(Fixtures.id(0xc1), 1))
        }
    }

    @Test func `an old version of a record put back is refused`() throws {
        let key = try caseKey(Fixtures.case)
        let old = try Envelope.seal([1], kind: .record, under: key, context: context(Fixtures.case, 6))
        #expect(throws: SealingError.damaged) {
            _ = try Envelope.open(old, expecting: .record, under: key, context: context(Fixtures.case, 7))
        }
    }

    @Test func `an old keyring put back is refused`() throws {
        let key = try Secret.random(32)
        let old = try fixtures.person.seal(under: key, version: 1)
        #expect(throws: SealingError.damaged) {
            _ = try Keyring.open(old, under: key, owner: Fixtures.person, agency: Fixtures.agency, version: 2)
        }
    }

    @Test func `a public key swapped in the directory receives no grant`() throws {
        // The attack: the writer's own sealing key in the row of a colleague. Nothing is sealed to a key that is not trusted,
        // and a key is trusted only when the agency signed it for this person.
        let writer = try SealingPrivateKey.random()
        var row = FormatExamples.personBinding
        row.replaceSubrange(73..<105, with: writer.publicKey.bytes)
        #expect(try KeyBinding(bytes: row).sealingKey == writer.publicKey, "the control: the key lies where we think")
        #expect(throws: SealingError.notTrusted) {
            _ = try KeyBinding(bytes: row).trusted(
                .person,
                Fixtures.person,
                through: fixtures.trustedAgency,
                atLeast: 1
            )
        }
        // Signed by a key of the writer's own, under an agency of the writer's own making.
        let agencyKey = try SigningKey.random()
        let agency = try KeyBinding.agency(
            Fixtures.agency,
            epoch: 9,
            key: agencyKey.verifyingKey,
            signedBy: .random()
        )
        #expect(throws: SealingError.notTrusted) {
            _ = try agency.trustedAgency(Fixtures.agency, root: fixtures.root.verifyingKey, atLeast: 1)
        }
    }

    @Test func `case secrets planted for a team are refused`() throws {
        // The attack: secrets the writer knows, so that the next record is written for him. He has no key of the team.
        let planted = try CaseSecretWrap.seal(secrets, at: place, for: TeamKey.random(id: Fixtures.team, epoch: 4))
        #expect(throws: SealingError.keyMismatch) {
            _ = try CaseSecretWrap.open(planted, at: place, with: fixtures.team)
        }
        let disguised = Array(planted[0..<4]) + fixtures.team.key.id + planted[20...]
        #expect(throws: SealingError.damaged) {
            _ = try CaseSecretWrap.open(disguised, at: place, with: fixtures.team)
        }
    }

    @Test func `a grant of a case's earlier epoch put back is refused`() throws {
        let old = GrantTerms.ofCase(
            Fixtures.case,
            compartments: [.identity, .content],
            epoch: 2,
            purpose: .caseWork,
            expires: Fixtures.end
        )
        let grant = try KeyGrant.seal(secrets, terms: old, to: fixtures.trustedPerson, by: fixtures.other)
        let present = GrantTerms.ofCase(
            Fixtures.case,
            compartments: [.identity, .content],
            epoch: 3,
            purpose: .caseWork,
            expires: Fixtures.end
        )
        #expect(throws: SealingError.badSignature) {
            _ = try grant.openCase(
                terms: present,
                with: fixtures.person,
                grantedBy: fixtures.trustedOther,
                at: Fixtures.now
            )
        }
    }

    @Test func `a grant planted in a colleague's name is refused`() throws {
        let planter = try fixtures.stranger().ring
        let posing = try Keyring(
            owner: Fixtures.other,
            agency: Fixtures.agency,
            signing: planter.signing,
            sealing: planter.sealing,
            pins: planter.pins
        )
        let terms = grantTerms
        let planted = try KeyGrant.seal(secrets, terms: terms, to: fixtures.trustedPerson, by: posing)
        #expect(throws: SealingError.badSignature) {
            _ = try planted.openCase(
                terms: terms,
                with: fixtures.person,
                grantedBy: fixtures.trustedOther,
                at: Fixtures.now
            )
        }
    }

    @Test func `an erase secret of another case, written into the vault, opens nothing`() throws {
        let secret = try secrets.secret(of: .content)
        let own = try CaseKey.derive(
            caseSecret: secret,
            eraseSecret: Fixtures.seed(0x22),
            case: Fixtures.case,
            compartment: .content,
            epoch: 3
        )
        let record = try VaultRecord.random(forCase: Fixtures.id(0xc1), at: Fixtures.now)
        let other = try CaseKey.derive(
            caseSecret: secret,
            eraseSecret: record.eraseSecret(),
            case: Fixtures.case,
            compartment: .content,
            epoch: 3
        )
        let sealed = try Envelope.seal([1], kind: .record, under: own.key, context: context(Fixtures.case, 1))
        #expect(throws: SealingError.keyMismatch) {
            _ = try Envelope.open(sealed, expecting: .record, under: other.key, context: context(Fixtures.case, 1))
        }
    }

    // MARK: Stored forms

    private struct Form {
        let name: String
        let bytes: [UInt8]
        let open: ([UInt8]) throws -> Void
    }

    private var grantTerms: GrantTerms {
        .ofCase(
            Fixtures.case,
            compartments: [.identity, .content],
            epoch: 3,
            purpose: .caseWork,
            expires: Fixtures.end
        )
    }

    /// What the database and the vault hold, each with the way it is opened. The password slot and the packet have tests of
    /// their own: the one is slow, the other long.
    private func forms() throws -> [Form] {
        let token = try SessionToken.random()
        let ringKey = [UInt8](repeating: 0x77, count: 32)
        let (author, person, team) = (try fixtures.trustedOther, fixtures.person, fixtures.team)
        let (server, place, terms) = (fixtures.server, place, grantTerms)
        let (agency, root) = (try fixtures.trustedAgency, fixtures.root.verifyingKey)
        return [
            Form(
                name: "grant of two compartments",
                bytes: try KeyGrant.seal(secrets, terms: terms, to: fixtures.trustedPerson, by: fixtures.other).bytes
            ) { bytes in
                _ = try KeyGrant(bytes: bytes)
                    .openCase(terms: terms, with: person, grantedBy: author, at: Fixtures.now)
            },
            Form(name: "team grant", bytes: FormatExamples.teamGrant) { bytes in
                _ = try TeamSecretWrap.open(
                    KeyGrant(bytes: bytes),
                    team: Fixtures.team,
                    epoch: 4,
                    expires: Fixtures.end,
                    with: person,
                    grantedBy: author,
                    at: Fixtures.now
                )
            },
            Form(name: "case secret wrap", bytes: try CaseSecretWrap.seal(secrets, at: place, for: team)) { bytes in
                _ = try CaseSecretWrap.open(bytes, at: place, with: team)
            },
            Form(name: "person binding", bytes: FormatExamples.personBinding) { bytes in
                _ = try KeyBinding(bytes: bytes).trusted(.person, Fixtures.person, through: agency, atLeast: 1)
            },
            Form(name: "agency binding", bytes: FormatExamples.agencyBinding) { bytes in
                _ = try KeyBinding(bytes: bytes).trustedAgency(Fixtures.agency, root: root, atLeast: 1)
            },
            Form(name: "keyring", bytes: try person.seal(under: Secret(copying: ringKey), version: 2)) { bytes in
                _ = try Keyring.open(
                    bytes,
                    under: Secret(copying: ringKey),
                    owner: Fixtures.person,
                    agency: Fixtures.agency,
                    version: 2
                )
            },
            Form(name: "session", bytes: try person.seal(for: token)) { bytes in _ = try Keyring.open(bytes, for: token)
            },
            Form(
                name: "vault record",
                bytes: try VaultRecord.random(forCase: Fixtures.case, at: Fixtures.now).seal(under: server.vault)
            ) { bytes in _ = try VaultRecord.open(bytes, under: server.vault) },
            Form(
                name: "authenticator secret",
                bytes: try AuthenticatorSecret.random().seal(under: server.routing, owner: Fixtures.person, version: 1)
            ) { bytes in
                _ = try AuthenticatorSecret.open(bytes, under: server.routing, owner: Fixtures.person, version: 1)
            },
        ]
    }

    private func caseKey(_ id: [UInt8]) throws -> SymmetricKey {
        try CaseKey.derive(
            caseSecret: secrets.secret(of: .content),
            eraseSecret: Fixtures.seed(0x22),
            case: id,
            compartment: .content,
            epoch: 3
        ).key
    }

    private func context(_ id: [UInt8], _ version: UInt64) -> RecordContext {
        RecordContext(
            agency: Fixtures.agency,
            caseID: id,
            recordID: Fixtures.id(0xd0),
            recordType: "case_sheet",
            recordVersion: version,
            keyEpoch: 3
        )
    }
}
