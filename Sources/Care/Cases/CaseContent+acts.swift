public import Directory
public import Foundation

extension CaseContent {
    /// Adds a need she states.
    ///
    /// - Throws: `CareError.wrongCaseState` on a closed case, `CareError.invalid` for an identifier that is there already
    ///   or too many needs.
    public mutating func record(_ need: Need) throws(CareError) {
        try requireOpen()
        guard self.need(need.id) == nil else { throw .invalid(field: "need.id", write: "an identifier not used yet") }
        try Limits.count(needs.count + 1, "case.needs", atMost: Limits.manyEntries)
        needs.append(need)
    }

    /// Records what became of a need (X3).
    ///
    /// - Throws: `CareError.invalid` when the case has no such need.
    public mutating func settle(_ id: NeedID, _ outcome: Need.Outcome) throws(CareError) {
        guard let index = needs.firstIndex(where: { $0.id == id }) else {
            throw .invalid(field: "need.id", write: "a need of this case")
        }
        needs[index].settle(outcome)
    }

    /// Records her "no" to a service; her open needs of that code are settled as her decision (F8).
    ///
    /// - Throws: `CareError.invalid` for too many entries.
    public mutating func record(_ refusal: DeclinedService) throws(CareError) {
        try Limits.count(declined.count + 1, "case.declined", atMost: Limits.manyEntries)
        declined.append(refusal)
        for index in needs.indices where needs[index].code == refusal.code && needs[index].outcome == nil {
            needs[index].settle(.declinedBySurvivor)
        }
    }

    /// Sets the risk level; only a supervisor may lower it from high (C4).
    ///
    /// - Throws: `CareError.needsSupervisor` for that, `CareError.wrongCaseState` on a closed case.
    public mutating func assess(_ level: RiskLevel, asSupervisor: Bool) throws(CareError) {
        try requireOpen()
        guard risk != .high || level == .high || asSupervisor else { throw .needsSupervisor(field: "case.risk") }
        risk = level
    }

    /// Adds a note.
    ///
    /// - Throws: `CareError.invalid` for too many notes.
    public mutating func add(_ note: Note) throws(CareError) {
        try Limits.count(notes.count + 1, "case.notes", atMost: Limits.manyEntries)
        notes.append(note)
    }

    /// Assigns the case; the first worker is its owner.
    ///
    /// - Throws: `CareError.invalid` when nobody is named or one twice.
    public mutating func assign(to workers: [StaffID]) throws(CareError) {
        try Self.check(workers)
        assigned = workers
    }

    /// Puts what was learnt since in place of the intake's answers.
    public mutating func revise(_ intake: Intake) { self.intake = intake }

    /// Sets her wishes.
    public mutating func set(_ wishes: Wishes) { self.wishes = wishes }

    /// Sets the checks that come before a return (M1).
    public mutating func set(_ checks: ReturnChecks) { returnChecks = checks }

    /// Sets the earliest moment she can safely leave; nil means now.
    ///
    /// - Throws: `CareError.invalid` for a date out of bounds.
    public mutating func setCanLeave(at moment: Date?) throws(CareError) {
        canLeaveAt = try Limits.optionalMoment(moment, "case.can_leave_at")
    }

    /// Sets the organisations that already work with her.
    ///
    /// - Throws: `CareError.invalid` for a slug out of bounds or too many.
    public mutating func setCurrentProviders(_ providers: Set<OrganizationID>) throws(CareError) {
        try Limits.slugs(providers, "case.current_providers")
        currentProviders = providers
    }

    /// Sets the forms of exploitation as contexts (T2).
    ///
    /// - Throws: `CareError.invalid` for too many.
    public mutating func set(_ contexts: [ExploitationContext]) throws(CareError) {
        try Limits.count(contexts.count, "case.contexts", atMost: Limits.fewEntries)
        self.contexts = contexts
    }

    /// Records her answer about statistics (N10).
    public mutating func setConsentReporting(_ answer: Answer) { consentReporting = answer }

    /// Goes on, or back, to another open state (C1).
    ///
    /// - Throws: as ``CaseLifecycle/move(to:by:at:)``.
    public mutating func move(to state: CaseState, by worker: StaffID, at moment: Date) throws(CareError) {
        try lifecycle.move(to: state, by: worker, at: moment)
    }

    /// Closes the case (C7).
    ///
    /// - Throws: as ``CaseLifecycle/close(_:by:signedBy:hasOpenEmergencyReferral:wayBackTold:at:)``.
    public mutating func close(
        _ reason: ClosureReason,
        by worker: StaffID,
        signedBy supervisor: StaffID,
        hasOpenEmergencyReferral: Bool,
        wayBackTold: Bool,
        at moment: Date
    ) throws(CareError) {
        try lifecycle.close(
            reason,
            by: worker,
            signedBy: supervisor,
            hasOpenEmergencyReferral: hasOpenEmergencyReferral,
            wayBackTold: wayBackTold,
            at: moment
        )
    }

    /// Opens it again with all its history (C7).
    ///
    /// - Throws: as ``CaseLifecycle/reopen(by:at:)``.
    public mutating func reopen(by worker: StaffID, at moment: Date) throws(CareError) {
        try lifecycle.reopen(by: worker, at: moment)
    }

    private func requireOpen() throws(CareError) {
        guard lifecycle.state.isOpen else { throw .wrongCaseState(from: lifecycle.state, step: .move) }
    }
}
