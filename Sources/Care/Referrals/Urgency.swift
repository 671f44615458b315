/// How soon a need must be answered: the priority of a referral, apart from the risk level (C5). The hours are data
/// (``ResponseTimes``).
public enum Urgency: String, Hashable, Sendable, CaseIterable, Codable, Comparable, StoredText {
    case emergency
    case urgent
    case routine

    /// What must be answered sooner before what can wait.
    public static func < (left: Urgency, right: Urgency) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .emergency: 0
        case .urgent: 1
        case .routine: 2
        }
    }
}
