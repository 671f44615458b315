import Testing

@testable import Sealing

@Suite struct PasswordSlotTests {
    private let fixtures: Fixtures

    init() throws { fixtures = try Fixtures() }

    @Test func `the slot of the format page opens with its password`() throws {
        let slot = try PasswordSlot(bytes: FormatExamples.slot)
        #expect(slot.parameters == "$scrypt$ln=12,r=8,p=1$EBESExQVFhcYGRobHB0eHw")
        #expect(slot.bytes == FormatExamples.slot)
        let key = try slot.open(
            password: password("an example of a password"),
            server: fixtures.server,
            owner: Fixtures.person
        )
        #expect(key.publicBytes() == Array(0x60..<0x80))
    }

    @Test func `a wrong password, pepper or owner is refused`() throws {
        let keyringKey = try Secret.random(32)
        let slot = try PasswordSlot.create(
            password: password("right"),
            keyringKey: keyringKey,
            server: fixtures.server,
            cost: .forDemonstration,
            owner: Fixtures.person
        )
        let opened = try slot.open(password: password("right"), server: fixtures.server, owner: Fixtures.person)
        #expect(opened.publicBytes() == keyringKey.publicBytes())
        for wrong in ["wrong", "Right", "right ", ""] {
            #expect(throws: SealingError.badPassword) {
                _ = try slot.open(password: password(wrong), server: fixtures.server, owner: Fixtures.person)
            }
        }
        let stolen = try ServerKeys(
            pepper: Secret.random(32),
            passwordCost: .forDemonstration,
            passwordFloor: .forDemonstration
        )
        #expect(throws: SealingError.badPassword) {
            _ = try slot.open(password: password("right"), server: stolen, owner: Fixtures.person)
        }
        #expect(throws: SealingError.badPassword) {
            _ = try slot.open(password: password("right"), server: fixtures.server, owner: Fixtures.other)
        }
    }

    @Test func `a changed slot is refused, bit by bit`() throws {
        // One flip in each byte: each attempt costs a whole scrypt. The bits of what is sealed are flipped in
        // EnvelopeTests, under the same opener.
        for place in 0..<46 {
            #expect(throws: SealingError.self) {
                let slot = try PasswordSlot(bytes: FormatExamples.slot.flipping(place * 8))
                _ = try slot.open(
                    password: password("an example of a password"),
                    server: fixtures.server,
                    owner: Fixtures.person
                )
            }
        }
        for place in [50, 60, 66, 89, 90, 121, 122, 153, 154, 169] {
            #expect(throws: SealingError.badPassword) {
                _ = try PasswordSlot(bytes: FormatExamples.slot.flipping(place * 8)).open(
                    password: password("an example of a password"),
                    server: fixtures.server,
                    owner: Fixtures.person
                )
            }
        }
    }

    @Test func `a name nobody has costs a whole attempt, keeps its salt and never opens`() throws {
        let name = Array("nobody@example.org".utf8)
        let slot = try PasswordSlot.fake(for: name, server: fixtures.server)
        #expect(slot.cost == fixtures.server.passwordCost)
        #expect(try PasswordSlot.fake(for: name, server: fixtures.server).salt == slot.salt)
        #expect(try PasswordSlot.fake(for: name + [0], server: fixtures.server).salt != slot.salt)
        #expect(try PasswordSlot(bytes: slot.bytes) == slot)
        #expect(slot.bytes.count == FormatExamples.slot.count)
        #expect(throws: SealingError.badPassword) {
            _ = try slot.open(password: password("any"), server: fixtures.server, owner: Fixtures.person)
        }
    }

    @Test func `a real installation neither makes nor opens a light slot`() throws {
        let server = try ServerKeys(pepper: Fixtures.seed(0x44))
        #expect(server.passwordCost == .standard && server.passwordFloor == .standard)
        #expect(throws: SealingError.badParameters) {
            _ = try PasswordSlot.create(
                password: password("right"),
                keyringKey: Secret.random(32),
                server: server,
                cost: .forDemonstration,
                owner: Fixtures.person
            )
        }
        #expect(throws: SealingError.badParameters) {
            _ = try PasswordSlot(bytes: FormatExamples.slot).open(
                password: password("an example of a password"),
                server: server,
                owner: Fixtures.person
            )
        }
        #expect(throws: SealingError.badParameters) {
            _ = try ServerKeys(
                pepper: Fixtures.seed(1),
                passwordCost: .forDemonstration,
                passwordFloor: .standard
            )
        }
        #expect(throws: SealingError.badParameters) { _ = try ServerKeys(pepper: Secret.random(31)) }
    }

    @Test(
        arguments: [
            "$scrypt$ln=012,r=8,p=1$EBESExQVFhcYGRobHB0eHw", "$scrypt$ln=12,r=8,p=1$EBESExQVFhcYGRobHB0eHx",
            "$scrypt$r=8,ln=12,p=1$EBESExQVFhcYGRobHB0eHw", "$scrypt$ln=12,r=8$EBESExQVFhcYGRobHB0eHw",
            "$scrypt$ln=12,r=8,p=1$EBESExQVFhcYGRobHB0e", "$scrypt$ln=12,r=8,p=1$EBESExQVFhcYGRobHB0eHw==",
            "$scrypt$ln=+12,r=8,p=1$EBESExQVFhcYGRobHB0eHw", "$argon2id$ln=12,r=8,p=1$EBESExQVFhcYGRobHB0eHw",
            "$scrypt$ln=21,r=8,p=1$EBESExQVFhcYGRobHB0eHw", "$scrypt$ln=30,r=8,p=1$EBESExQVFhcYGRobHB0eHw",
            "$scrypt$ln=11,r=8,p=1$EBESExQVFhcYGRobHB0eHw", "$scrypt$ln=20,r=8,p=1$EBESExQVFhcYGRobHB0eHw",
            "$scrypt$ln=12,r=8,p=9$EBESExQVFhcYGRobHB0eHw", "", "scrypt",
        ]
    )
    func `text that is not exactly a slot's is refused`(_ text: String) {
        let bytes = UInt16(text.utf8.count).bigEndianBytes + Array(text.utf8) + FormatExamples.slot.suffix(124)
        #expect(throws: SealingError.self) { _ = try PasswordSlot(bytes: bytes) }
    }

    private func password(_ text: String) throws -> Secret { try Secret(copying: Array(text.utf8)) }
}

@Suite struct KeyringTests {
    private let fixtures: Fixtures

    init() throws { fixtures = try Fixtures() }

    @Test func `the keyring of the format page opens`() throws {
        let key = try Secret(copying: Array(0x60..<0x80))
        let ring = try Keyring.open(
            FormatExamples.keyring,
            under: key,
            owner: Fixtures.person,
            agency: Fixtures.agency,
            version: 1
        )
        try expectSame(ring, fixtures.person)
    }

    @Test func `a keyring comes back whole, with any number of teams`() throws {
        let key = try Secret.random(32)
        for teams in [0, 1, 2, 50, 1_000] {
            let pins = try KeyringPins(
                root: fixtures.root.verifyingKey,
                teams: (0..<teams).map { .init(id: try Randomness.bytes(16), epoch: UInt32($0 + 1)) },
                checkpoint: nil,
                passwordFloor: .standard
            )
            let ring = try Keyring(
                owner: Fixtures.person,
                agency: Fixtures.agency,
                signing: .random(),
                sealing: .random(),
                pins: pins
            )
            let sealed = try ring.seal(under: key, version: 3)
            let opened = try Keyring.open(
                sealed,
                under: key,
                owner: Fixtures.person,
                agency: Fixtures.agency,
                version: 3
            )
            try expectSame(opened, ring)
            #expect(opened.pins == pins)
        }
        #expect(throws: SealingError.badParameters) {
            _ = try KeyringPins(
                root: fixtures.root.verifyingKey,
                teams: [.init(id: [1], epoch: 1)],
                checkpoint: nil,
                passwordFloor: .standard
            )
        }
    }

    @Test func `a keyring of another owner, agency, version or key is refused`() throws {
        let key = try Secret(copying: Array(0x60..<0x80))
        let sealed = FormatExamples.keyring
        for (owner, agency, version) in [
            (Fixtures.other, Fixtures.agency, UInt64(1)), (Fixtures.person, Fixtures.id(0xa1), 1),
            (Fixtures.person, Fixtures.agency, 2),
        ] {
            #expect(throws: SealingError.damaged) {
                _ = try Keyring.open(sealed, under: key, owner: owner, agency: agency, version: version)
            }
        }
        #expect(throws: SealingError.keyMismatch) {
            _ = try Keyring.open(
                sealed,
                under: Secret.random(32),
                owner: Fixtures.person,
                agency: Fixtures.agency,
                version: 1
            )
        }
        for bit in 0..<sealed.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try Keyring.open(
                    sealed.flipping(bit),
                    under: key,
                    owner: Fixtures.person,
                    agency: Fixtures.agency,
                    version: 1
                )
            }
        }
    }

    @Test func `pins go forward and never back`() throws {
        let pins = fixtures.person.pins
        let root = try SigningKey.random().verifyingKey
        let hash = [UInt8](repeating: 0xdd, count: 32)
        func next(
            root: VerifyingKey? = nil,
            epoch: UInt32 = 4,
            size: UInt64 = 9,
            hash: [UInt8]? = nil,
            floor: ScryptCost = .forDemonstration
        ) throws -> KeyringPins {
            try KeyringPins(
                root: root ?? pins.root,
                teams: [.init(id: Fixtures.team, epoch: epoch)],
                checkpoint: .init(size: size, root: hash ?? pins.checkpoint?.root ?? []),
                passwordFloor: floor
            )
        }
        for good in [try next(), try next(epoch: 5), try next(size: 10, hash: hash), try next(floor: .standard)] {
            #expect(try fixtures.person.remembering(good).pins == good)
        }
        let bad = [
            try next(root: root), try next(epoch: 3), try next(size: 8, hash: hash), try next(hash: hash),
            try KeyringPins(root: pins.root, teams: [], checkpoint: nil, passwordFloor: .forDemonstration),
        ]
        for pins in bad {
            #expect(throws: SealingError.notTrusted) { _ = try fixtures.person.remembering(pins) }
        }
        let hardened = try fixtures.person.remembering(next(floor: .standard))
        #expect(throws: SealingError.notTrusted) { _ = try hardened.remembering(next()) }
        // Leaving a team is no step back.
        let left = try KeyringPins(
            root: pins.root,
            teams: [],
            checkpoint: pins.checkpoint,
            passwordFloor: .forDemonstration
        )
        #expect(try fixtures.person.remembering(left).pins.epoch(ofTeam: Fixtures.team) == nil)
    }

    @Test func `a session opens the keyring for its token alone`() throws {
        let token = try SessionToken.random()
        let sealed = try fixtures.person.seal(for: token)
        try expectSame(try Keyring.open(sealed, for: token), fixtures.person)
        #expect(throws: SealingError.keyMismatch) { _ = try Keyring.open(sealed, for: SessionToken.random()) }
        #expect(throws: SealingError.wrongKind) { _ = try Keyring.open(FormatExamples.keyring, for: token) }
    }

    private func expectSame(_ one: Keyring, _ other: Keyring) throws {
        #expect(one.owner == other.owner && one.agency == other.agency && one.pins == other.pins)
        #expect(try one.signing.seed.publicBytes() == other.signing.seed.publicBytes())
        #expect(try one.sealing.seed.publicBytes() == other.sealing.seed.publicBytes())
    }
}

@Suite struct SessionTokenTests {
    @Test func `the token of the format page opens its session`() throws {
        let token = try SessionToken(text: Array(FormatExamples.tokenText.utf8))
        #expect(try token.text() == Array(FormatExamples.tokenText.utf8))
        #expect(token.digest == (try Digest.sha256(Array(0xc0..<0xe0))))
        let ring = try Keyring.open(FormatExamples.session, for: token)
        #expect(ring.owner == Fixtures.person)
    }

    @Test func `a token comes back from its text`() throws {
        for _ in 0..<50 {
            let token = try SessionToken.random()
            let text = try token.text()
            #expect(text.count == 60)
            #expect(try SessionToken(text: text).digest == token.digest)
            // As a slice of a request it is read in place.
            #expect(try SessionToken(text: ([1, 2] + text)[2...]).digest == token.digest)
        }
    }

    @Test func `a text with one character changed, missing or added is refused`() throws {
        let text = Array(FormatExamples.tokenText.utf8)
        var accepted = 0
        for place in text.indices {
            for character in Array("0123456789abcdefghjkmnpqrstvwxyzilouABCXYZ_= \u{7f}".utf8)
            where character != text[place] {
                var changed = text
                changed[place] = character
                // The check has 24 bits: among 2,700 texts a chance fit is one in 6,000, and these are always the same.
                if (try? SessionToken(text: changed)) != nil { accepted += 1 }
            }
        }
        #expect(accepted == 0)
        for other in [Array(text.dropLast()), text + [0x30], [], Array("lw1_".utf8)] {
            #expect(throws: SealingError.badToken) { _ = try SessionToken(text: other) }
        }
    }
}
