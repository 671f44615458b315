import Testing

@testable import Sealing

@Suite struct CodeSlotTests {
    private let fixtures: Fixtures
    private let code: PrintedCode

    init() throws {
        fixtures = try Fixtures()
        code = try PrintedCode(.invitation, typed: Array(FormatExamples.codeText.utf8))
    }

    @Test func `the slot of the format page opens with its code`() throws {
        let slot = try CodeSlot(bytes: FormatExamples.codeSlot)
        #expect(slot.kind == .invitation)
        #expect(slot.bytes == FormatExamples.codeSlot)
        let key = try slot.open(code: code, server: fixtures.server, owner: Fixtures.person)
        #expect(key.publicBytes() == Array(0x60..<0x80))
    }

    @Test func `a new slot opens with its code, and with no other, no other pepper and for nobody else`() throws {
        let keyringKey = try Secret.random(32)
        let slot = try CodeSlot.create(
            code: code,
            keyringKey: keyringKey,
            server: fixtures.server,
            owner: Fixtures.person
        )
        let opened = try CodeSlot(bytes: slot.bytes).open(code: code, server: fixtures.server, owner: Fixtures.person)
        #expect(opened.publicBytes() == keyringKey.publicBytes())
        #expect(throws: SealingError.badCode) {
            _ = try slot.open(code: .random(.invitation), server: fixtures.server, owner: Fixtures.person)
        }
        #expect(throws: SealingError.badCode) {
            _ = try slot.open(code: code, server: ServerKeys(pepper: .random(32)), owner: Fixtures.person)
        }
        #expect(throws: SealingError.badCode) {
            _ = try slot.open(code: code, server: fixtures.server, owner: Fixtures.other)
        }
        let recovery = try PrintedCode(.recovery, secret: code.secret.copy())
        #expect(throws: SealingError.badCode) {
            _ = try slot.open(code: recovery, server: fixtures.server, owner: Fixtures.person)
        }
        // The same code as another kind is another key: the mark is part of what the key is made from.
        let disguised = CodeSlot(kind: .recovery, sealed: slot.sealed)
        #expect(throws: SealingError.badCode) {
            _ = try disguised.open(code: recovery, server: fixtures.server, owner: Fixtures.person)
        }
    }

    @Test func `a changed slot is refused, bit by bit`() throws {
        for bit in 0..<FormatExamples.codeSlot.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try CodeSlot(bytes: FormatExamples.codeSlot.flipping(bit)).open(
                    code: code,
                    server: fixtures.server,
                    owner: Fixtures.person
                )
            }
        }
    }

    @Test func `a slot cut short or of another form is refused`() throws {
        let slot = FormatExamples.codeSlot
        for count in 0..<slot.count {
            #expect(throws: SealingError.self) { _ = try CodeSlot(bytes: Array(slot.prefix(count))) }
        }
        #expect(throws: SealingError.damaged) { _ = try CodeSlot(bytes: slot + [0]) }
        #expect(throws: SealingError.self) { _ = try CodeSlot(bytes: FormatExamples.slot) }
        #expect(throws: SealingError.self) { _ = try PasswordSlot(bytes: slot) }
    }

    @Test func `a keyring key and an owner of another length are a mistake of the caller`() throws {
        #expect(throws: SealingError.badParameters) {
            _ = try CodeSlot.create(
                code: code,
                keyringKey: .random(31),
                server: fixtures.server,
                owner: Fixtures.person
            )
        }
        #expect(throws: SealingError.badParameters) {
            _ = try CodeSlot.create(code: code, keyringKey: .random(32), server: fixtures.server, owner: [1])
        }
    }
}
