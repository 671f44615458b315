import Testing

@testable import Sealing

struct HeldTeamKeyTests {
    let fixtures: Fixtures

    init() throws { fixtures = try Fixtures() }

    @Test func `a held key opens with the keyring it was held for, to the same key`() throws {
        let held = try HeldTeamKey(fixtures.team, for: fixtures.person)
        let key = try held.key(with: fixtures.person)
        #expect(key.id == fixtures.team.id && key.epoch == fixtures.team.epoch)
        #expect(key.key.secret.publicBytes() == fixtures.team.key.secret.publicBytes())
        #expect(key.key.id == fixtures.team.key.id)
        #expect(key.dropBox.publicKey == fixtures.team.dropBox.publicKey)
        #expect(key.dropBox.seed.publicBytes() == fixtures.team.dropBox.seed.publicBytes())
    }

    @Test func `a held key does not open with a colleague's keyring`() throws {
        let held = try HeldTeamKey(fixtures.team, for: fixtures.person)
        #expect(throws: SealingError.keyMismatch) { _ = try held.key(with: fixtures.stranger().ring) }
    }
}
