import Care
import Sealing

extension CaseworkError {
    /// A refusal of Care as the desks report it.
    init(_ error: CareError) {
        switch error {
        case .invalid(let field, let write): self = .invalid(field: field, what: "write \(write)")
        case .wrongState(let state, _): self = .wrongState(code: "referral_is_\(state.rawValue)")
        case .wrongCaseState(let state, _): self = .wrongState(code: "case_is_\(state.rawValue)")
        case .notBefore: self = .wrongState(code: "too_early")
        case .cannotClose(let obstacle): self = .wrongState(code: obstacle.rawValue)
        case .needsSupervisor: self = .refused(code: "needs_supervisor")
        case .needsAnotherPerson: self = .refused(code: "needs_another_person")
        }
    }
}

/// Runs a step of Care and reports its refusal as the desks do.
func care<Value>(_ step: () throws(CareError) -> Value) throws(CaseworkError) -> Value {
    do {
        return try step()
    } catch {
        throw CaseworkError(error)
    }
}

/// Runs a step of Sealing; what fails there is damage, named by the kind of row.
func sealing<Value: ~Copyable>(
    _ code: String,
    _ step: () throws(SealingError) -> Value
) throws(CaseworkError) -> Value {
    do {
        return try step()
    } catch {
        throw .damaged(code: code)
    }
}
