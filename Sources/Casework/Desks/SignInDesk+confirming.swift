public import Care
public import Foundation
import Sealing
import Store

extension SignInDesk {
    /// Confirms a session: whoever sits there shows again that they are the one who signed in. For five minutes it opens the
    /// acts whose rule asks for it. The password is wiped.
    ///
    /// - Returns: when the confirmation ends.
    /// - Throws: ``CaseworkError/confirmationFailed``, and the session goes on; ``CaseworkError/busy(retryAfterSeconds:)``;
    ///   ``CaseworkError/auditUnavailable`` or ``CaseworkError/stopped``.
    public func confirm(
        _ signedIn: SignedIn,
        password: inout [UInt8],
        request: RequestID
    ) async throws(CaseworkError) -> Date {
        let secret: Secret
        do {
            secret = try Secret(moving: &password)
        } catch {
            throw .confirmationFailed  // longer than any password
        }
        let attempt = PasswordAttempt(password: secret)
        return try await office.ledger.perform(
            .confirmSession,
            by: signedIn.worker,
            on: .session(signedIn.worker.session),
            purpose: .accountAccess,
            request: request,
            prepare: { () throws(CaseworkError) in
                guard try await isPassword(attempt, of: signedIn.worker.staff) else { throw .confirmationFailed }
            },
            commit: { _, _, _, _ in },
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
    private func isPassword(_ attempt: PasswordAttempt, of staff: StaffID) async throws(CaseworkError) -> Bool {
        guard let account = try office.read({ try office.rows.account(of: staff, in: $0) }) else { return false }
        let found = try found(account)
        return try await sessions.work.run { [office] () throws(CaseworkError) -> Bool in
            try Self.unlocked(found, attempt, [], office) != nil
        }
    }
}

extension Worker {
    /// The same person with a session that was confirmed then.
    func confirmed(at moment: Date?) -> Worker {
        Worker(staff: staff, agency: agency, roles: roles, teams: teams, session: session, confirmedAt: moment)
    }
}
