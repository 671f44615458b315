public import Foundation

extension Referral {
    /// All gates passed; nothing has left yet.
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for too many steps.
    public mutating func makeReady(at moment: Date) throws(CareError) { try take(.makeReady, at: moment) }

    /// Puts it before the receiving desk. The caller has asked the send gate first (N2).
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for too many steps.
    public mutating func send(at moment: Date) throws(CareError) { try take(.send, at: moment) }

    /// The desk has seen its routing fields.
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for too many steps.
    public mutating func receive(at moment: Date) throws(CareError) { try take(.receive, at: moment) }

    /// The desk will help; this releases the packet (DECISIONS 4).
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for too many steps.
    public mutating func accept(at moment: Date) throws(CareError) { try take(.accept, at: moment) }

    /// The desk cannot help, and says why (X4).
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for too many steps.
    public mutating func decline(_ reason: DeclineReason, at moment: Date) throws(CareError) {
        try take(.decline(reason), at: moment)
    }

    /// An appointment was made, or a new one in its place.
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for an appointment out of bounds or too many steps.
    public mutating func schedule(for appointment: Date, at moment: Date) throws(CareError) {
        try take(.schedule(for: appointment), at: moment)
    }

    /// She came, or was visited or called.
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for too many steps.
    public mutating func attend(at moment: Date) throws(CareError) { try take(.attend, at: moment) }

    /// Help has begun.
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for too many steps.
    public mutating func startService(at moment: Date) throws(CareError) { try take(.startService, at: moment) }

    /// The loop is closed, on the word of the receiver or of the survivor, never by a timer.
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for too many steps.
    public mutating func complete(onWordOf witness: CompletionWitness, at moment: Date) throws(CareError) {
        try take(.complete(onWordOf: witness), at: moment)
    }

    /// She did not come. It blames nobody, and a new appointment may follow.
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for too many steps.
    public mutating func recordNoShow(at moment: Date) throws(CareError) { try take(.noShow, at: moment) }

    /// She could not be reached in the way she named as safe.
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for too many steps.
    public mutating func recordUnreachable(at moment: Date) throws(CareError) { try take(.unreachable, at: moment) }

    /// The survivor stops it.
    ///
    /// - Throws: `CareError.wrongState` once it has ended.
    public mutating func withdraw(at moment: Date) throws(CareError) { try take(.withdraw, at: moment) }

    /// The sender takes it back, or it falls with its consent.
    ///
    /// - Throws: `CareError.wrongState` once it has ended.
    public mutating func revoke(_ cause: RevocationCause, at moment: Date) throws(CareError) {
        try take(.revoke(cause), at: moment)
    }

    /// The time to answer is over and nobody answered.
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.notBefore` while the answer is not yet due.
    public mutating func expire(at moment: Date) throws(CareError) { try take(.expire, at: moment) }

    /// Another service is sought in its place (M10).
    ///
    /// - Throws: `CareError.wrongState`, or `CareError.invalid` for too many steps.
    public mutating func rematch(at moment: Date) throws(CareError) { try take(.rematch, at: moment) }
}
