public import Foundation

/// The steps a case has taken and the state they led to (C1, C7). History is kept through closing and reopening.
public struct CaseLifecycle: Hashable, Sendable {
    /// Every step taken, in order; the first is `open`.
    public private(set) var history: [CaseEvent]
    /// Where the case stands: the outcome of ``history``.
    public private(set) var state: CaseState

    /// A case that is registered now.
    public init(openedBy worker: StaffID, at moment: Date) {
        self.history = [CaseEvent(step: .open, by: worker, at: moment.wholeMilliseconds)]
        self.state = .registration
    }

    /// The moment it was first opened.
    public var openedAt: Date? { history.first?.at }

    /// Why it is closed; nil while it is open.
    public var closureReason: ClosureReason? {
        guard state == .closed, case .close(let reason, _)? = history.last?.step else { return nil }
        return reason
    }

    /// Goes on, or back, to another open state.
    ///
    /// - Throws: `CareError.wrongCaseState` from or to `closed` or to the state it is in, `CareError.invalid` for too many
    ///   steps.
    public mutating func move(to next: CaseState, by worker: StaffID, at moment: Date) throws(CareError) {
        guard state.isOpen, next.isOpen, next != state else { throw .wrongCaseState(from: state, step: .move) }
        try record(.move(to: next), by: worker, at: moment)
        state = next
    }

    /// Closes the case: with a reason, a supervisor other than the worker, no open emergency referral, and, where she can
    /// be told, with the way back told (C6, C7).
    ///
    /// - Throws: `CareError.wrongCaseState` when it is closed, `CareError.needsAnotherPerson` when the worker signs off
    ///   alone, `CareError.cannotClose` naming the obstacle, `CareError.invalid` for too many steps.
    public mutating func close(
        _ reason: ClosureReason,
        by worker: StaffID,
        signedBy supervisor: StaffID,
        hasOpenEmergencyReferral: Bool,
        wayBackTold: Bool,
        at moment: Date
    ) throws(CareError) {
        guard state.isOpen else { throw .wrongCaseState(from: state, step: .close) }
        guard supervisor != worker else { throw .needsAnotherPerson(field: "closure.signed_by") }
        guard !hasOpenEmergencyReferral else { throw .cannotClose(.openEmergencyReferral) }
        guard wayBackTold || !reason.needsWayBack else { throw .cannotClose(.wayBackNotTold) }
        try record(.close(reason, signedBy: supervisor), by: worker, at: moment)
        state = .closed
    }

    /// Opens it again, at assessment, with all its history.
    ///
    /// - Throws: `CareError.wrongCaseState` while it is open, `CareError.invalid` for too many steps.
    public mutating func reopen(by worker: StaffID, at moment: Date) throws(CareError) {
        guard !state.isOpen else { throw .wrongCaseState(from: state, step: .reopen) }
        try record(.reopen, by: worker, at: moment)
        state = .assessment
    }

    private mutating func record(_ step: CaseStep, by worker: StaffID, at moment: Date) throws(CareError) {
        try Limits.count(history.count + 1, "case.history", atMost: Limits.manyEntries)
        history.append(CaseEvent(step: step, by: worker, at: moment.wholeMilliseconds))
    }
}

extension CaseLifecycle: Codable {
    /// Reads the list of steps and takes each again, so that a state nobody could have reached is refused. What was known
    /// when a case was closed is not asked a second time.
    public init(from decoder: any Decoder) throws {
        let events = try decoder.singleValueContainer().decode([CaseEvent].self)
        guard let first = events.first, first.step == .open else {
            throw CareError.invalid(field: "case.history", write: "a list that begins with open")
        }
        self.init(openedBy: first.by, at: first.at)
        for event in events.dropFirst() {
            switch event.step {
            case .open: throw CareError.wrongCaseState(from: state, step: .open)
            case .move(let next): try move(to: next, by: event.by, at: event.at)
            case .close(let reason, let supervisor):
                try close(
                    reason,
                    by: event.by,
                    signedBy: supervisor,
                    hasOpenEmergencyReferral: false,
                    wayBackTold: true,
                    at: event.at
                )
            case .reopen: try reopen(by: event.by, at: event.at)
            }
        }
    }

    /// Writes the list of steps.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.singleValueContainer()
        try stored.encode(history)
    }
}
