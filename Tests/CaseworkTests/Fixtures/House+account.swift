import Care
import Foundation
import Sealing
import Testing

@testable import Casework

extension House {
    /// Tries to sign somebody in, as a request does.
    func trySignIn(
        _ person: Person = .worker,
        name: String? = nil,
        password: String? = nil,
        code: [UInt8]? = nil,
        device: [UInt8]? = nil,
        remembersDevice: Bool = false
    ) async throws -> SignInDesk.Session {
        var bytes = Array((password ?? person.password).utf8)
        defer { #expect(bytes.isEmpty, "the password is wiped") }
        return try await deployment.signIn.signIn(
            name: name ?? person.signInName,
            password: &bytes,
            code: code,
            device: device,
            remembersDevice: remembersDevice,
            request: deployment.newRequest()
        )
    }

    /// Somebody who has just signed in and confirmed the session with the password.
    func confirmedSignIn(_ person: Person = .worker, code: [UInt8]? = nil) async throws -> SignedIn {
        let token = try await trySignIn(person, code: code).token
        var password = Array(person.password.utf8)
        _ = try await deployment.signIn.confirm(
            deployment.signIn.signedIn(bearer: token),
            password: &password,
            request: deployment.newRequest()
        )
        return try deployment.signIn.signedIn(bearer: token)
    }

    /// Gives somebody an authenticator, in the step of the present moment; the secret is what the app would hold.
    func enrolledAuthenticator(of signedIn: SignedIn) async throws -> AuthenticatorSecret {
        _ = try await deployment.account.offerAuthenticator(to: signedIn, request: deployment.newRequest())
        let state = try deployment.office.authenticator(of: signedIn.worker.staff)
        let offered = try #require(state.record.offered)
        let secret = try AuthenticatorSecret.open(
            offered.sealed,
            under: signedIn.keyring.authenticatorKey(),
            owner: signedIn.worker.staff.bytes,
            version: UInt64(offered.number)
        )
        try await deployment.account.enrolAuthenticator(
            code: secret.code(at: clock.now),
            of: signedIn,
            request: deployment.newRequest()
        )
        return secret
    }

    /// What a try ends with; nil when it succeeds.
    func failure<Value>(_ act: () async throws -> Value) async throws -> CaseworkError? {
        do {
            _ = try await act()
            return nil
        } catch let error as CaseworkError {
            return error
        }
    }
}
