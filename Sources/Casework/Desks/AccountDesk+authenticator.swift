public import Care
public import Foundation
import Sealing
import Store

extension AccountDesk {
    /// A new authenticator, before its first code.
    public struct Offer: Sendable {
        /// `otpauth://…`, for a picture that the app reads; wipe it once it is sent.
        public let uri: [UInt8]
        /// The secret in 32 letters of base32, for typing; wipe them too.
        public let letters: [UInt8]
        /// Without a right code until then it comes to nothing.
        public let endsAt: Date
    }

    /// Makes the secret of a new authenticator, which is shown once. It takes the place of the old one with the first right
    /// code, and until then the old one stands.
    ///
    /// - Throws: ``CaseworkError/confirmationNeeded``; ``CaseworkError/stale`` when another offer was made meanwhile.
    public func offerAuthenticator(to signedIn: SignedIn, request: RequestID) async throws(CaseworkError) -> Offer {
        let staff = signedIn.worker.staff
        return try await office.ledger.perform(
            .offerAuthenticator,
            by: signedIn.worker,
            on: .account(staff),
            purpose: .accountAccess,
            request: request,
            prepare: { () throws(CaseworkError) -> (AuthenticatorState, Offer) in
                var state = try office.authenticator(of: staff)
                let endsAt = office.time.now().addingTimeInterval(Limits.offerSeconds)
                let number = max(state.record.active?.number ?? 0, state.record.offered?.number ?? 0) + 1
                do throws(SealingError) {
                    let secret = try AuthenticatorSecret.random()
                    state.record.offered = AuthenticatorRecord.Offered(
                        sealed: try secret.seal(
                            under: signedIn.keyring.authenticatorKey(),
                            owner: staff.bytes,
                            version: UInt64(number)
                        ),
                        number: number,
                        endsAtMilliseconds: Int64(endsAt.timeIntervalSince1970 * 1000)
                    )
                    // Both labels show on a telephone that others may see: they name neither the service nor the person.
                    let uri = try secret.uri(issuer: "Work", account: String(staff.text.prefix(7)))
                    return (state, Offer(uri: uri, letters: secret.letters(), endsAt: endsAt))
                } catch {
                    throw CaseworkError.damaged(code: "authenticator")
                }
            },
            commit: { [office] prepared, _, transaction, _ in try office.put(prepared.0, in: transaction) },
            reveal: { prepared, _ throws(CaseworkError) in prepared.1 }
        )
    }

    /// Takes the offered authenticator into use with its first code. From then on every sign-in asks for one.
    ///
    /// - Throws: ``CaseworkError/confirmationFailed`` for a wrong code; ``CaseworkError/wrongState(code:)`` with
    ///   `no_authenticator_offered` when there is none or its time is over; ``CaseworkError/confirmationNeeded``.
    public func enrolAuthenticator(
        code: [UInt8],
        of signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) {
        let staff = signedIn.worker.staff
        try await office.ledger.perform(
            .enrolAuthenticator,
            by: signedIn.worker,
            on: .account(staff),
            purpose: .accountAccess,
            request: request,
            prepare: { () throws(CaseworkError) -> AuthenticatorState in
                var state = try office.authenticator(of: staff)
                let now = office.time.now()
                guard let offered = state.record.offered,
                    now.timeIntervalSince1970 * 1000 < Double(offered.endsAtMilliseconds)
                else { throw CaseworkError.wrongState(code: "no_authenticator_offered") }
                do throws(SealingError) {
                    let secret = try AuthenticatorSecret.open(
                        offered.sealed,
                        under: signedIn.keyring.authenticatorKey(),
                        owner: staff.bytes,
                        version: UInt64(offered.number)
                    )
                    state.record.active = AuthenticatorRecord.Active(
                        sealed: offered.sealed,
                        number: offered.number,
                        lastStep: try secret.accept(code, at: now, after: nil)
                    )
                    state.record.offered = nil
                } catch .badOneTimeCode {
                    throw CaseworkError.confirmationFailed
                } catch {
                    throw CaseworkError.damaged(code: "authenticator")
                }
                return state
            },
            commit: { [office] state, _, transaction, _ in try office.put(state, in: transaction) },
            reveal: { _, _ throws(CaseworkError) in }
        )
    }

    /// Takes the authenticator away: signing in asks for the password alone again.
    ///
    /// - Throws: ``CaseworkError/wrongState(code:)`` with `no_authenticator`; ``CaseworkError/confirmationNeeded``.
    public func removeAuthenticator(of signedIn: SignedIn, request: RequestID) async throws(CaseworkError) {
        let staff = signedIn.worker.staff
        try await office.ledger.perform(
            .removeAuthenticator,
            by: signedIn.worker,
            on: .account(staff),
            purpose: .accountAccess,
            request: request,
            prepare: { () throws(CaseworkError) -> AuthenticatorState in
                var state = try office.authenticator(of: staff)
                guard state.isActive else { throw CaseworkError.wrongState(code: "no_authenticator") }
                state.record.active = nil
                state.record.offered = nil
                return state
            },
            commit: { [office] state, _, transaction, _ in try office.put(state, in: transaction) },
            reveal: { _, _ throws(CaseworkError) in }
        )
    }
}
