/// What must be on file before a return is matched at all (M1); read for SOC-RETURN alone.
public struct ReturnChecks: Hashable, Sendable {
    /// What the risk and security assessment says.
    public enum RiskAssessment: Hashable, Sendable {
        case notDone
        case safe
        /// Done, and it says anything but safe.
        case notSafe
    }

    /// Whether a best-interests determination is completed.
    public var hasBestInterestsDetermination: Bool
    /// What the assessment says.
    public var riskAssessment: RiskAssessment
    /// Whether she wants to return.
    public var survivorWantsReturn: Bool

    /// The checks as they stand; by default none is done.
    public init(
        hasBestInterestsDetermination: Bool = false,
        riskAssessment: RiskAssessment = .notDone,
        survivorWantsReturn: Bool = false
    ) {
        self.hasBestInterestsDetermination = hasBestInterestsDetermination
        self.riskAssessment = riskAssessment
        self.survivorWantsReturn = survivorWantsReturn
    }
}
