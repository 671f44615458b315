/// What is wrong with the values of one request, gathered so that the caller hears all of it at once. It lives in the
/// task of one request.
final class Findings {
    private(set) var all: [Problem.Finding] = []

    func add(_ place: Problem.Place, _ code: Problem.Finding.Code, _ detail: String) {
        all.append(Problem.Finding(place: place, code: code, detail: detail))
    }

    /// The problem that they make together, or nil when there are none.
    func problem(unknown: ProblemKind, invalid: ProblemKind) -> Problem? {
        guard !all.isEmpty else { return nil }
        let hasUnknown = all.contains { $0.code == .unknownField || $0.code == .unknownParameter }
        var problem = Problem(hasUnknown ? unknown : invalid)
        problem.findings = all
        return problem
    }
}

/// A value that was asked of a request: either there, or its fault has been noted.
enum Read<Value> {
    case value(Value)
    case noted
}

/// Thrown when a value is not there whose fault has been noted; it says nothing itself.
struct Noted: Error {}
