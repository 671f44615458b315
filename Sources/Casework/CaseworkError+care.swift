import Care
import Sealing

extension CaseworkError {
    /// A refusal of Care as the desks report it. `place` is the JSON Pointer of the value that Care was asked to make; the
    /// field is named as it is called there.
    init(_ error: CareError, at place: String) {
        switch error {
        case .invalid(let field, let write):
            let name = field.split(separator: ".").last.map(String.init) ?? field
            self = .invalid(field: "\(place)/\(name)", what: "write \(write)")
        case .wrongState(let state, _): self = .wrongState(code: "referral_is_\(state.rawValue)")
        case .wrongCaseState(let state, _): self = .wrongState(code: "case_is_\(state.rawValue)")
        case .notBefore: self = .wrongState(code: "too_early")
        case .cannotClose(let obstacle): self = .wrongState(code: obstacle.rawValue)
        case .needsSupervisor: self = .refused(code: "needs_supervisor")
        case .needsAnotherPerson: self = .refused(code: "needs_another_person")
        }
    }
}

/// Runs a step of Care and reports its refusal as the desks do, for a value that stands at that place of a request.
func care<Value>(
    at place: String = "",
    _ step: () throws(CareError) -> Value
) throws(CaseworkError) -> Value {
    do {
        return try step()
    } catch {
        throw CaseworkError(error, at: place)
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
