/// What must be done before a return is even listed (M1, CoE Convention art. 16).
public struct ReturnChecks: Hashable, Sendable, Codable {
    /// The outcome of the risk and security assessment.
    public enum RiskAssessment: String, Hashable, Sendable, CaseIterable, Codable {
        case notDone = "not_done"
        case safe
        case notSafe = "not_safe"
    }

    /// Whether a best-interests determination is on file.
    public let isBestInterestsDetermined: Bool
    /// What the risk and security assessment says.
    public let riskAssessment: RiskAssessment
    /// Whether she wants to return.
    public let survivorWantsReturn: Bool

    /// The checks as they stand; nothing is done unless said.
    public init(
        isBestInterestsDetermined: Bool = false,
        riskAssessment: RiskAssessment = .notDone,
        survivorWantsReturn: Bool = false
    ) {
        self.isBestInterestsDetermined = isBestInterestsDetermined
        self.riskAssessment = riskAssessment
        self.survivorWantsReturn = survivorWantsReturn
    }

    private enum CodingKeys: String, CodingKey {
        case isBestInterestsDetermined = "best_interests_determined"
        case riskAssessment = "risk_assessment"
        case survivorWantsReturn = "survivor_wants_return"
    }
}
