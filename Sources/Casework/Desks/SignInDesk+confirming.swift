public import Care
public import Foundation
import Sealing
import Store

extension SignInDesk {
    /// Confirms a session: whoever sits there shows again that they are the one who signed in, with a fresh code, or with the
    /// password where there is no authenticator. For five minutes it opens the acts whose rule asks for it. The password is
    /// wiped.
    ///
    /// - Returns: when the confirmation ends.
    /// - Throws: ``CaseworkError/confirmationFailed``, and the session goes on;
    ///   ``CaseworkError/tooManyFailures(retryAfterSeconds:)``; ``CaseworkError/busy(retryAfterSeconds:)``;
    ///   ``CaseworkError/auditUnavailable`` or ``CaseworkError/stopped``.
    public func confirm(
        _ signedIn: SignedIn,
        password: inout [UInt8],
        code: [UInt8]? = nil,
        request: RequestID
    ) async throws(CaseworkError) -> Date {
        let attempt = PasswordAttempt(moving: &password)
        let staff = signedIn.worker.staff
        let tries = try office.wrongTries(.confirmation(staff))
        return try await office.ledger.perform(
            .confirmSession,
            by: signedIn.worker,
            on: .session(signedIn.worker.session),
            purpose: .accountAccess,
            request: request,
            refusing: { [office] error, transaction in
                guard error == .confirmationFailed else { return error }
                return try office.refuse(tries, as: error, in: transaction)
            },
            prepare: { () throws(CaseworkError) -> AuthenticatorState in
                if let refusal = tries.refusal(at: office.time.now()) { throw refusal }
                let state = try office.authenticator(of: staff)
                if !state.isActive {
                    guard try await isPassword(attempt, of: staff) else { throw .confirmationFailed }
                }
                guard let taken = try office.taking(code, state, with: signedIn.keyring) else {
                    throw .confirmationFailed
                }
                return taken
            },
            commit: { [office] state, _, transaction, _ in
                try office.forget(tries, in: transaction)
                try office.keep(state, in: transaction, orThrow: .confirmationFailed)
            },
            reveal: { _, _ throws(CaseworkError) in
                let now = office.time.now()
                sessions.confirm(signedIn.digest, at: now)
                return now.addingTimeInterval(Limits.confirmationSeconds)
            }
        )
    }

    /// When the confirmation of a session ends; nil where none stands.
    public func confirmedUntil(of signedIn: SignedIn) -> Date? {
        guard signedIn.worker.isConfirmed(at: office.time.now()) else { return nil }
        return signedIn.worker.confirmedAt?.addingTimeInterval(Limits.confirmationSeconds)
    }

    /// Whether it is the password of that person.
    private func isPassword(_ attempt: PasswordAttempt?, of staff: StaffID) async throws(CaseworkError) -> Bool {
        guard let attempt, let found = try office.passwordRows(of: staff) else { return false }
        return try await sessions.work.run { [office] () throws(CaseworkError) -> Bool in
            try Office.unlock(found, attempt, office.rows.keys) != nil
        }
    }
}

extension PasswordAttempt {
    /// Takes the bytes of a password, which are wiped; nil when they are longer than any password.
    convenience init?(moving bytes: inout [UInt8]) {
        do {
            self.init(password: try Secret(moving: &bytes))
        } catch {
            return nil
        }
    }
}

extension Worker {
    /// The same person with a session that was confirmed then.
    func confirmed(at moment: Date?) -> Worker {
        Worker(staff: staff, agency: agency, roles: roles, teams: teams, session: session, confirmedAt: moment)
    }
}
