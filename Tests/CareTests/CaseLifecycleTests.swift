import Care
import Foundation
import Testing

@Suite struct CaseLifecycleTests {
    private func opened() -> CaseLifecycle { CaseLifecycle(openedBy: Fixtures.worker, at: Fixtures.noon) }

    private func close(
        _ lifecycle: inout CaseLifecycle,
        _ reason: ClosureReason = .goalsMet,
        signedBy: StaffID = Fixtures.supervisor,
        hasOpenEmergencyReferral: Bool = false,
        wayBackTold: Bool = true
    ) throws {
        try lifecycle.close(
            reason,
            by: Fixtures.worker,
            signedBy: signedBy,
            hasOpenEmergencyReferral: hasOpenEmergencyReferral,
            wayBackTold: wayBackTold,
            at: Fixtures.noon + 60
        )
    }

    @Test func `the steps of case management are a closed list`() {  // C1
        #expect(
            CaseState.allCases.map(\.rawValue) == [
                "identification_and_registration", "assessment", "case_planning", "implementation",
                "follow_up_and_review", "closed",
            ]
        )
    }

    @Test(arguments: CaseState.allCases, CaseState.allCases)
    func `work moves between open steps and to no other`(from: CaseState, to: CaseState) throws {  // C1
        var lifecycle = opened()
        if from == .closed {
            try close(&lifecycle)
        } else if from != .registration {
            try lifecycle.move(to: from, by: Fixtures.worker, at: Fixtures.noon)
        }
        if from.isOpen, to.isOpen, from != to {
            try lifecycle.move(to: to, by: Fixtures.worker, at: Fixtures.noon + 1)
            #expect(lifecycle.state == to)
        } else {
            #expect(throws: CareError.wrongCaseState(from: from, step: .move)) {
                try lifecycle.move(to: to, by: Fixtures.worker, at: Fixtures.noon + 1)
            }
        }
    }

    @Test(arguments: ClosureReason.allCases)
    func `closing has a reason and a supervisor who is somebody else`(reason: ClosureReason) throws {  // C6, C7
        var lifecycle = opened()
        #expect(throws: CareError.needsAnotherPerson(field: "closure.signed_by")) {
            try close(&lifecycle, reason, signedBy: Fixtures.worker)
        }
        #expect(lifecycle.state == .registration)
        try close(&lifecycle, reason)
        #expect(lifecycle.state == .closed)
        #expect(lifecycle.closureReason == reason)
        #expect(throws: CareError.wrongCaseState(from: .closed, step: .close)) { try close(&lifecycle, reason) }
    }

    @Test(arguments: ClosureReason.allCases)
    func `an open emergency referral keeps the case open`(reason: ClosureReason) {  // C7
        var lifecycle = opened()
        #expect(throws: CareError.cannotClose(.openEmergencyReferral)) {
            try close(&lifecycle, reason, hasOpenEmergencyReferral: true)
        }
    }

    @Test(arguments: ClosureReason.allCases)
    func `she is told how to come back, wherever she can be told`(reason: ClosureReason) throws {  // C7
        var lifecycle = opened()
        if [.contactLost, .died, .duplicate].contains(reason) {
            try close(&lifecycle, reason, wayBackTold: false)
            #expect(lifecycle.state == .closed)
        } else {
            #expect(throws: CareError.cannotClose(.wayBackNotTold)) {
                try close(&lifecycle, reason, wayBackTold: false)
            }
        }
    }

    @Test func `reopening keeps the history`() throws {  // C7
        var lifecycle = opened()
        #expect(throws: CareError.wrongCaseState(from: .registration, step: .reopen)) {
            try lifecycle.reopen(by: Fixtures.worker, at: Fixtures.noon)
        }
        try close(&lifecycle, .sheAsksToStop)
        try lifecycle.reopen(by: Fixtures.worker, at: Fixtures.noon + 120)
        #expect(lifecycle.state == .assessment)
        #expect(lifecycle.closureReason == nil)
        #expect(lifecycle.history.map(\.step.name) == [.open, .close, .reopen])
        #expect(lifecycle.openedAt == Fixtures.noon)
        let again = try read(CaseLifecycle.self, stored(lifecycle))
        #expect(again == lifecycle)
    }

    @Test func `a history that cannot have happened is refused`() throws {
        var lifecycle = opened()
        try close(&lifecycle, .goalsMet)
        let text = try stored(lifecycle)
        let selfSigned = text.replacingOccurrences(of: Fixtures.supervisor.text, with: Fixtures.worker.text)
        #expect(selfSigned != text)
        #expect(throws: CareError.self) { try read(CaseLifecycle.self, selfSigned) }
        #expect(throws: CareError.self) { try read(CaseLifecycle.self, "[]") }
    }
}
