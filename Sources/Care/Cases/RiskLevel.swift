/// How much harm threatens (C3).
public enum RiskLevel: String, Hashable, Sendable, CaseIterable, Codable, Comparable, StoredText {
    case none
    case low
    case medium
    case high

    /// Less harm before more.
    public static func < (left: RiskLevel, right: RiskLevel) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .none: 0
        case .low: 1
        case .medium: 2
        case .high: 3
        }
    }
}
