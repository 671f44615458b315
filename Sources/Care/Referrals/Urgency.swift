/// How soon a need must be answered: the priority of a referral, apart from the risk level (C5).
public enum Urgency: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case emergency
    case urgent
    case routine

    /// Hours within which the receiver answers: 24, 72, two weeks (C5, the inter-agency referral form).
    public var responseHours: Int {
        switch self {
        case .emergency: 24
        case .urgent: 72
        case .routine: 336
        }
    }
}
