public import DataFiles

/// Why the policies cannot be used.
public enum PolicyError: Error, Hashable, Sendable {
    /// What must be corrected first, every problem of the file, in the order of its lines.
    case problems([DataProblem])

    /// The problems.
    public var problems: [DataProblem] {
        switch self {
        case .problems(let problems): problems
        }
    }
}
