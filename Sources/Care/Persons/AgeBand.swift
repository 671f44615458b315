/// The age bands of consent (N4) and statistics (D9).
public enum AgeBand: String, Hashable, Sendable, CaseIterable, Codable, Comparable, StoredText {
    case from0To5 = "0-5"
    case from6To11 = "6-11"
    case from12To14 = "12-14"
    case from15To17 = "15-17"
    case adult = "18+"

    /// The band of an age in whole years; nil outside 0...120.
    public init?(years: Int) {
        switch years {
        case 0...5: self = .from0To5
        case 6...11: self = .from6To11
        case 12...14: self = .from12To14
        case 15...17: self = .from15To17
        case 18...Limits.oldestAge: self = .adult
        default: return nil
        }
    }

    /// The whole years of the band, both ends inclusive.
    public var years: ClosedRange<Int> {
        switch self {
        case .from0To5: 0...5
        case .from6To11: 6...11
        case .from12To14: 12...14
        case .from15To17: 15...17
        case .adult: 18...Limits.oldestAge
        }
    }

    /// Whether everybody of the band is under 18 (T1).
    public var isChild: Bool { self != .adult }

    /// Younger before older.
    public static func < (left: AgeBand, right: AgeBand) -> Bool { left.years.lowerBound < right.years.lowerBound }
}
