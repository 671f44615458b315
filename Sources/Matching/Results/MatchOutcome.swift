/// How a match ends. Raw values are those of worked cases.
public enum MatchOutcome: String, Hashable, Sendable, CaseIterable {
    /// At least one service is listed.
    case options
    /// Nothing fits: recorded as an unmet need, never mended by relaxing a rule (M8).
    case noEligibleService = "no_eligible_service"
    /// A gate stops listing altogether.
    case blocked
}
