import Testing

@testable import Sealing

@Suite struct DeviceTokenTests {
    @Test func `a token is found again from its text by its digest`() throws {
        let token = try DeviceToken.random()
        let text = try token.text()
        #expect(text.count == 60 && text.starts(with: Array("ld1_".utf8)))
        #expect(try DeviceToken(text: text).digest == token.digest)
        #expect(try DeviceToken.random().digest != token.digest)
    }

    @Test func `a mistyped token, one of a session and one that is cut short are none`() throws {
        let text = try DeviceToken.random().text()
        for place in 4..<text.count {
            var wrong = text
            wrong[place] = wrong[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            #expect(throws: SealingError.badToken) { try DeviceToken(text: wrong) }
        }
        #expect(throws: SealingError.badToken) { try DeviceToken(text: SessionToken.random().text()) }
        #expect(throws: SealingError.badToken) { try SessionToken(text: text) }
        #expect(throws: SealingError.badToken) { try DeviceToken(text: text.dropLast()) }
        // The same bytes under the other mark have another check.
        let renamed = Array("lw1_".utf8) + text.dropFirst(4)
        #expect(throws: SealingError.badToken) { try SessionToken(text: renamed) }
    }

    @Test func `the key of an authenticator is the keyring's own and another than that of a held team key`() throws {
        let owner = [UInt8](repeating: 1, count: 16)
        let root = try SigningKey.random().verifyingKey
        let one = try Keyring.create(owner: owner, agency: owner, root: root)
        let other = try Keyring.create(owner: owner, agency: owner, root: root)
        #expect(try one.authenticatorKey().id == one.authenticatorKey().id)
        #expect(try one.authenticatorKey().id != other.authenticatorKey().id)
        let sealed = try AuthenticatorSecret.random().seal(under: one.authenticatorKey(), owner: owner, version: 1)
        #expect(throws: SealingError.keyMismatch) {
            try AuthenticatorSecret.open(sealed, under: other.authenticatorKey(), owner: owner, version: 1)
        }
        _ = try AuthenticatorSecret.open(sealed, under: one.authenticatorKey(), owner: owner, version: 1)
    }
}
