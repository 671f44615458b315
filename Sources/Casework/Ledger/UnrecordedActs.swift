/// Acts that were answered and could not be recorded yet, as counts by kind: emergency lines that were read, and sessions
/// that were closed, while the log could not be written (DECISIONS 7). Given to the deployment that is opened next, they
/// are recorded with its first batch.
public struct UnrecordedActs: Sendable {
    let counts: [(kind: Tallies.Kind, count: Int)]

    /// None.
    public init() { counts = [] }

    init(_ counts: [(kind: Tallies.Kind, count: Int)]) { self.counts = counts }

    /// How many acts.
    public var count: Int { counts.reduce(0) { $0 + $1.count } }
}
