import Care
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// Codes of an authenticator at the door, and before acts that ask for a confirmed session.
@Suite struct AuthenticatorTests {
    /// Somebody with an authenticator, one step after it was taken into use.
    private func enrolled(_ house: House) async throws -> AuthenticatorSecret {
        let secret = try await house.enrolledAuthenticator(of: house.confirmedSignIn())
        house.clock.advance(seconds: 30)
        return secret
    }

    @Test func `an authenticator is of use after one right code only, and replacing it ends the old one`() async throws
    {
        let house = try await House.founded()
        let signedIn = try await house.confirmedSignIn()
        let account = house.deployment.account
        let offer = try await account.offerAuthenticator(to: signedIn, request: house.deployment.newRequest())
        #expect(String(decoding: offer.uri, as: UTF8.self).hasPrefix("otpauth://totp/Work:"))
        #expect(offer.letters.count == 32)
        // Offered is not enrolled: the password alone still opens.
        _ = try await house.trySignIn()
        let (wrong, entry) = try await house.refused {
            try await $0.account.enrolAuthenticator(code: Array("000000".utf8), of: signedIn, request: $1)
        }
        #expect(wrong == .confirmationFailed)
        #expect(
            entry.sentence == "worker authenticator.enrol worker denied confirmation_failed none account_access"
        )
        let first = try await house.enrolledAuthenticator(of: signedIn)
        #expect(try await house.failure { try await house.trySignIn() } == .signInFailed)
        house.clock.advance(seconds: 60)
        _ = try await house.trySignIn(code: first.code(at: house.clock.now))

        let second = try await house.enrolledAuthenticator(of: signedIn)
        house.clock.advance(seconds: 60)
        let old = try first.code(at: house.clock.now)
        #expect(try await house.failure { try await house.trySignIn(code: old) } == .signInFailed)
        house.clock.advance(seconds: 60)
        _ = try await house.trySignIn(code: second.code(at: house.clock.now))
    }

    @Test func `an offer ends after ten minutes and with its use`() async throws {
        let house = try await House.founded()
        let signedIn = try await house.confirmedSignIn()
        let none = CaseworkError.wrongState(code: "no_authenticator_offered")
        func enrol() async throws -> CaseworkError? {
            try await house.failure {
                try await house.deployment.account.enrolAuthenticator(
                    code: Array("000000".utf8),
                    of: house.confirmed(signedIn),
                    request: house.deployment.newRequest()
                )
            }
        }
        #expect(try await enrol() == none)
        _ = try await house.deployment.account.offerAuthenticator(to: signedIn, request: house.deployment.newRequest())
        house.clock.advance(seconds: 599)
        #expect(try await enrol() == .confirmationFailed)
        house.clock.advance(seconds: 1)
        #expect(try await enrol() == none)
    }

    @Test func `acts on an authenticator are refused in a session that is not confirmed`() async throws {
        let house = try await House.founded()
        let (signedIn, _) = try await House.signIn(.worker, in: house.deployment)
        let (offer, entry) = try await house.refused {
            try await $0.account.offerAuthenticator(to: signedIn, request: $1)
        }
        #expect(offer == .confirmationNeeded)
        #expect(
            entry.sentence == "worker authenticator.offer worker denied confirmation_needed none account_access"
        )
        let (removal, _) = try await house.refused {
            try await $0.account.removeAuthenticator(of: signedIn, request: $1)
        }
        #expect(removal == .confirmationNeeded)
        #expect(try house.stored(.authenticator, house.staff(.worker).bytes) == nil)
    }

    @Test func `no code, a wrong one and a used one are refused as a wrong password is`() async throws {
        let house = try await House.founded()
        let secret = try await enrolled(house)
        let used = try secret.code(at: house.clock.now)
        _ = try await house.trySignIn(code: used)
        let work = house.deployment.signIn.sessions.work
        for (password, code) in [
            (House.Person.worker.password, nil), (House.Person.worker.password, Array("000000".utf8)),
            (House.Person.worker.password, used), ("wrong-password-of-tests", nil), ("wrong-password-of-tests", used),
        ] as [(String, [UInt8]?)] {
            let derivations = work.derivations
            let (error, entry) = try await house.refused { _, request in
                var bytes = Array(password.utf8)
                return try await house.deployment.signIn.signIn(
                    name: House.Person.worker.signInName,
                    password: &bytes,
                    code: code,
                    request: request
                )
            }
            #expect(error == .signInFailed)
            #expect(entry.sentence == "none session.open worker denied sign_in_failed none account_access")
            #expect(work.derivations == derivations + 1)
            house.clock.advance(seconds: 60)
        }
    }

    @Test func `the code of the step before is taken once, and none of a step before the last`() async throws {
        let house = try await House.founded()
        let secret = try await enrolled(house)
        let earlier = try secret.code(at: house.clock.now)
        house.clock.advance(seconds: 30)
        let present = try secret.code(at: house.clock.now)
        _ = try await house.trySignIn(code: earlier)
        _ = try await house.trySignIn(code: present)
        for code in [earlier, present] {
            #expect(try await house.failure { try await house.trySignIn(code: code) } == .signInFailed)
            house.clock.advance(seconds: 2)
        }
    }

    @Test func `a clock that is set back brings no used code back, and one that is right again goes on`() async throws {
        let house = try await House.founded()
        let secret = try await enrolled(house)
        let used = try secret.code(at: house.clock.now)
        _ = try await house.trySignIn(code: used)
        house.clock.advance(hours: -1)
        let past = try secret.code(at: house.clock.now)
        for code in [used, past] {
            #expect(try await house.failure { try await house.trySignIn(code: code) } == .signInFailed)
            house.clock.advance(seconds: 5)
        }
        house.clock.advance(hours: 2)
        _ = try await house.trySignIn(code: secret.code(at: house.clock.now))
    }

    @Test func `a used code stays used over a restart`() async throws {
        let house = try await House.founded(onDisk: true)
        let secret = try await enrolled(house)
        let code = try secret.code(at: house.clock.now)
        _ = try await house.trySignIn(code: code)
        try house.deployment.close()
        let again = try house.reopened()
        #expect(try await again.failure { try await again.trySignIn(code: code) } == .signInFailed)
        again.clock.advance(seconds: 60)
        _ = try await again.trySignIn(code: secret.code(at: again.clock.now))
        try again.deployment.close()
    }

    @Test func `of many requests with one code at once exactly one opens a session`() async throws {
        let house = try await House.founded()
        let secret = try await enrolled(house)
        let code = try secret.code(at: house.clock.now)
        let opened = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<6 {
                group.addTask { (try? await house.trySignIn(code: code)) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(opened == 1)
    }

    @Test func `whoever has an authenticator confirms a session with a fresh code, not with the password`() async throws
    {
        let house = try await House.founded()
        let secret = try await enrolled(house)
        let code = try secret.code(at: house.clock.now)
        let token = try await house.trySignIn(code: code).token
        func confirm(_ password: String, _ code: [UInt8]?) async throws -> CaseworkError? {
            try await house.failure {
                var bytes = Array(password.utf8)
                return try await house.deployment.signIn.confirm(
                    house.deployment.signIn.signedIn(bearer: token),
                    password: &bytes,
                    code: code,
                    request: house.deployment.newRequest()
                )
            }
        }
        #expect(try await confirm(House.Person.worker.password, nil) == .confirmationFailed)
        house.clock.advance(seconds: 2)
        // The code that opened the session is used up.
        #expect(try await confirm("", code) == .confirmationFailed)
        house.clock.advance(seconds: 60)
        #expect(try await confirm("", secret.code(at: house.clock.now)) == nil)
        let signedIn = try house.deployment.signIn.signedIn(bearer: token)
        try await house.deployment.account.removeAuthenticator(of: signedIn, request: house.deployment.newRequest())
        _ = try await house.trySignIn()
        let none = try await house.failure {
            try await house.deployment.account.removeAuthenticator(of: signedIn, request: house.deployment.newRequest())
        }
        #expect(none == .wrongState(code: "no_authenticator"))
    }

    @Test func `the database and the pepper do not give the secret`() async throws {
        let house = try await House.founded()
        let secret = try await enrolled(house)
        let staff = try house.staff(.worker)
        let active = try #require(try house.deployment.office.authenticator(of: staff).record.active)
        let keys = try House.keys(house.template.pepper)
        for key in [keys.routing, keys.vault] {
            #expect(throws: SealingError.keyMismatch) {
                try AuthenticatorSecret.open(
                    active.sealed,
                    under: key,
                    owner: staff.bytes,
                    version: UInt64(active.number)
                )
            }
        }
        // The control: the person's keyring does.
        let keyring = try house.session(.worker).keyring
        let opened = try AuthenticatorSecret.open(
            active.sealed,
            under: keyring.authenticatorKey(),
            owner: staff.bytes,
            version: UInt64(active.number)
        )
        #expect(try opened.code(at: house.clock.now) == secret.code(at: house.clock.now))
    }
}

extension House {
    /// That session as if it was confirmed just now.
    func confirmed(_ signedIn: SignedIn) -> SignedIn {
        SignedIn(
            worker: signedIn.worker.confirmed(at: clock.now),
            endsAt: signedIn.endsAt,
            keyring: signedIn.keyring,
            digest: signedIn.digest
        )
    }
}
