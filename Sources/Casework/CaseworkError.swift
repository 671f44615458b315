/// Why a desk did not do what was asked. Codes and numbers only: never a name, a free text or a key.
public enum CaseworkError: Error, Equatable, Sendable {
    /// There is no session, or it has ended. Sign in again.
    case notSignedIn
    /// The name and the password do not belong together; which of the two is wrong is never said.
    case signInFailed
    /// The code opens no invitation: it was mistyped, was used before, has ended or never was; which, is never said.
    case enrolmentFailed
    /// The session is not confirmed: show again that it is you, and repeat.
    case confirmationNeeded
    /// What was typed to confirm a session is not right. The session goes on.
    case confirmationFailed
    /// Too much work of one kind waits; try again after that many seconds.
    case busy(retryAfterSeconds: Int)
    /// There is no such thing, or it is not for you: both look the same.
    case notFound
    /// The policy refuses the act itself to this role; the code is that of the refusal.
    case refused(code: String)
    /// Consent, a gate or a conflict forbids it; the code says which, `items` names what is missing.
    case gated(code: String, items: [String])
    /// The case or referral is not in a state that allows the step.
    case wrongState(code: String)
    /// Somebody changed it in between: read it again.
    case stale
    /// A value that was sent cannot be used: the field by JSON Pointer, what is wrong and what to write instead.
    case invalid(field: String, what: String)
    /// The same idempotency key came with another request.
    case keyReused
    /// The entry could not be recorded, so nothing is answered. Try again; an operator has to look if it lasts.
    case auditUnavailable
    /// A withdrawal could not be recorded yet. Sharing has stopped; repeat until it is recorded (DECISIONS 7).
    case withdrawalNotRecorded
    /// The store met an I/O error and serves nothing until an operator has looked.
    case stopped
    /// What is stored cannot be opened or is not what its neighbours say; the code says what kind of row.
    case damaged(code: String)
}
