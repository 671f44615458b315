/// What the verifier found.
public struct AuditReport: Equatable, Sendable {
    /// The finding itself.
    public enum Verdict: Equatable, Sendable {
        /// Every entry, tile and checkpoint is as it was signed.
        case sound(size: Int, root: [UInt8])
        /// Something is not; `firstBad` is the number of the first bad entry, nil when the damage lies elsewhere or cannot be
        /// laid at one entry's door.
        case broken(firstBad: Int?, what: AuditDamage)
    }

    /// What is no damage and should still be known.
    public enum Warning: Hashable, Sendable {
        /// No key was given: the export was believed about its own key, so it proves nothing about who made it.
        case keyFromExport
        /// The wall clock was set back before the first of these entries; so many times in all.
        case clockSetBack(first: Int, times: Int)
    }

    /// Sound or broken.
    public let verdict: Verdict
    /// What else to know; empty for most.
    public let warnings: [Warning]

    /// Whether the log is sound.
    public var isSound: Bool {
        if case .sound = verdict { true } else { false }
    }
}

extension AuditReport.Warning: CustomStringConvertible {
    /// One plain sentence without a full stop.
    public var description: String {
        switch self {
        case .keyFromExport:
            "the key was taken from the export itself, so trust in it must come from elsewhere: compare it with the one you were given"
        case .clockSetBack(let first, let times):
            "the clock was set back \(times) times, first before entry \(first)"
        }
    }
}
