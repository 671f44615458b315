import Foundation
import Testing

@testable import Sealing

@Suite struct AuthenticatorSecretTests {
    private let rfc: AuthenticatorSecret

    init() throws { rfc = try AuthenticatorSecret(Secret(copying: Array("12345678901234567890".utf8))) }

    @Test func `codes by counter agree with RFC 4226, appendix D`() throws {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ]
        for (counter, code) in codes.enumerated() {
            #expect(try rfc.code(ofStep: UInt64(counter)) == Array(code.utf8))
        }
    }

    @Test(
        arguments: [
            // The RFC prints eight digits; an app shows the last six of the same number.
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ]
    )
    func `codes by time agree with RFC 6238, appendix B`(seconds: Int, code: String) throws {
        #expect(try rfc.code(at: Date(timeIntervalSince1970: Double(seconds))) == Array(code.utf8))
    }

    @Test func `a code is accepted in its own step and in those beside it, and in no other`() throws {
        let secret = try AuthenticatorSecret.random()
        let step: UInt64 = 60_000_000
        let now = Date(timeIntervalSince1970: Double(step * 30 + 29))
        for away in -5...5 {
            let other = UInt64(Int64(step) + Int64(away))
            let code = try secret.code(ofStep: other)
            // Two steps have the same code once in a million; then the case says nothing.
            let near = try (step - 2...step + 2).filter { try secret.code(ofStep: $0) == code }
            guard near.allSatisfy({ $0 == other }) else { continue }
            for drift in 0...2 {
                if abs(away) <= drift {
                    #expect(try secret.accept(code, at: now, after: nil, drift: UInt64(drift)) == other)
                } else {
                    #expect(throws: SealingError.badOneTimeCode) {
                        _ = try secret.accept(code, at: now, after: nil, drift: UInt64(drift))
                    }
                }
            }
        }
    }

    @Test func `a code is accepted once, and none before it afterwards`() throws {
        let now = Date(timeIntervalSince1970: 1_111_111_109)
        let step = try rfc.accept(Array("081804".utf8), at: now, after: nil)
        #expect(step == 37_037_036)
        for last in [step, step + 1, .max] {
            #expect(throws: SealingError.badOneTimeCode) {
                _ = try rfc.accept(Array("081804".utf8), at: now, after: last)
            }
        }
        #expect(try rfc.accept(Array("081804".utf8), at: now, after: step - 1) == step)
        // The code of the next step, half a minute early, and then no longer that of this one.
        let next = try rfc.accept(rfc.code(ofStep: step + 1), at: now, after: step)
        #expect(next == step + 1)
        #expect(throws: SealingError.badOneTimeCode) { _ = try rfc.accept(rfc.code(at: now), at: now, after: next) }
    }

    @Test(arguments: ["", "081804 ", "8180", "81804", "0081804", "08180４", "O81804", "081805"])
    func `what is not the code is refused`(code: String) throws {
        #expect(throws: SealingError.badOneTimeCode) {
            _ = try rfc.accept(Array(code.utf8), at: Date(timeIntervalSince1970: 1_111_111_109), after: nil)
        }
    }

    @Test func `every single-digit change of a code is refused`() throws {
        let now = Date(timeIntervalSince1970: 1_234_567_890)
        let code = try rfc.code(at: now)
        for place in code.indices {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != code[place] {
                var other = code
                other[place] = digit
                #expect(throws: SealingError.badOneTimeCode) { _ = try rfc.accept(other, at: now, after: nil) }
            }
        }
    }

    @Test func `the first steps of 1970 and times no date has are no trap`() throws {
        let start = Date(timeIntervalSince1970: 0)
        #expect(try rfc.accept(rfc.code(ofStep: 0), at: start, after: nil, drift: 2) == 0)
        for seconds in [-1.0, 1e12, .infinity, .nan] {
            #expect(throws: SealingError.badParameters) {
                _ = try rfc.code(at: Date(timeIntervalSince1970: seconds))
            }
        }
        #expect(throws: SealingError.badParameters) {
            _ = try rfc.accept(Array("000000".utf8), at: start, after: nil, drift: 3)
        }
    }

    @Test func `the stored secret of the format page opens`() throws {
        let key = try Fixtures().server.routing
        let stored = FormatExamples.authenticator
        let opened = try AuthenticatorSecret.open(stored, under: key, owner: Fixtures.person, version: 1)
        #expect(opened.letters() == rfc.letters())
    }

    @Test func `a stored secret opens for its owner and version under its key alone`() throws {
        let key = try SymmetricKey.random()
        let now = Date(timeIntervalSince1970: 1_234_567_890)
        let sealed = try rfc.seal(under: key, owner: Fixtures.person, version: 3)
        #expect(sealed.count == 112)
        let opened = try AuthenticatorSecret.open(sealed, under: key, owner: Fixtures.person, version: 3)
        #expect(try opened.code(at: now) == rfc.code(at: now))
        #expect(throws: SealingError.damaged) {
            _ = try AuthenticatorSecret.open(sealed, under: key, owner: Fixtures.other, version: 3)
        }
        // The stored form of an earlier secret, put back.
        #expect(throws: SealingError.damaged) {
            _ = try AuthenticatorSecret.open(sealed, under: key, owner: Fixtures.person, version: 4)
        }
        #expect(throws: SealingError.keyMismatch) {
            _ = try AuthenticatorSecret.open(sealed, under: .random(), owner: Fixtures.person, version: 3)
        }
        for bit in 0..<sealed.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try AuthenticatorSecret.open(
                    sealed.flipping(bit),
                    under: key,
                    owner: Fixtures.person,
                    version: 3
                )
            }
        }
    }

    @Test func `a secret prints nothing`() {
        #expect("\(rfc)" == "[redacted]" && String(reflecting: rfc) == "[redacted]")
    }

    @Test func `the URI is what authenticator apps read`() throws {
        let uri = try rfc.uri(issuer: "Leeward", account: "a3f9")
        let expected =
            "otpauth://totp/Leeward:a3f9?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            + "&issuer=Leeward&algorithm=SHA1&digits=6&period=30"
        #expect(uri == Array(expected.utf8))
        #expect(rfc.letters() == Array("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".utf8))
    }

    @Test(arguments: ["Maison d'accueil & Cie", "ملجأ", "100 % +1 ?x=y#z/..", "a\"<b>&secret=AAAA"])
    func `a label of any letters stays a label`(label: String) throws {
        let uri = String(decoding: try rfc.uri(issuer: label, account: "a3f9"), as: UTF8.self)
        let parts = try #require(URLComponents(string: uri))
        #expect(parts.scheme == "otpauth" && parts.host == "totp" && parts.path == "/\(label):a3f9")
        let items = try #require(parts.queryItems)
        #expect(items.map(\.name) == ["secret", "issuer", "algorithm", "digits", "period"])
        #expect(items.map(\.value)[1] == label)
    }

    @Test(arguments: ["", "a:b", "line\nend", "\u{7f}", String(repeating: "a", count: 65)])
    func `a label that an app would misread is refused`(label: String) throws {
        #expect(throws: SealingError.badParameters) { _ = try rfc.uri(issuer: label, account: "a3f9") }
        #expect(throws: SealingError.badParameters) { _ = try rfc.uri(issuer: "Leeward", account: label) }
    }
}
