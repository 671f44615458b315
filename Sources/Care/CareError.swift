public import Foundation

/// Why a value or a step of care is refused. It names fields, states and steps; it never repeats what was entered.
public enum CareError: Error, Hashable, Sendable {
    /// A field holds what it may not hold; `write` says what to write in its place.
    case invalid(field: String, write: String)
    /// A referral in this state does not take this step (X2).
    case wrongState(from: ReferralState, step: ReferralStep.Name)
    /// A case in this state does not take this step (C1).
    case wrongCaseState(from: CaseState, step: CaseStep.Name)
    /// The step may be taken at that moment and not before: silence is a state only once the time to answer is over.
    case notBefore(Date, step: ReferralStep.Name)
    /// What still stands against closing the case (C7).
    case cannotClose(ClosureObstacle)
    /// Only a supervisor may do this (C4).
    case needsSupervisor(field: String)
    /// Nobody approves their own work (C6, N6): the field must name another person.
    case needsAnotherPerson(field: String)
}

extension CareError: CustomStringConvertible {
    /// One sentence for the log or a problem document, without any value that was entered.
    public var description: String {
        switch self {
        case .invalid(let field, let write): "\(field): write \(write)"
        case .wrongState(let state, let step):
            "a referral that is \(state.rawValue) cannot take the step \(step.rawValue)"
        case .wrongCaseState(let state, let step): "a case in \(state.rawValue) cannot take the step \(step.rawValue)"
        case .notBefore(_, let step): "it is too early for the step \(step.rawValue)"
        case .cannotClose(let obstacle): "the case cannot be closed: \(obstacle.rawValue)"
        case .needsSupervisor(let field): "\(field): only a supervisor may do this"
        case .needsAnotherPerson(let field): "\(field): write another person than the one whose work it is"
        }
    }
}
