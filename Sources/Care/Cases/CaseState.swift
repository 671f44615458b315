/// Where a case stands: the closed list of steps of case management (C1). Reopening leads back to assessment; the history
/// keeps that it was closed.
public enum CaseState: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case registration = "identification_and_registration"
    case assessment
    case planning = "case_planning"
    case implementation
    case review = "follow_up_and_review"
    case closed

    /// Whether work goes on.
    public var isOpen: Bool { self != .closed }
}

/// Why a case is closed (C7).
public enum ClosureReason: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case goalsMet = "goals_met"
    case sheAsksToStop = "she_asks_to_stop"
    case transferred
    /// After the number of safe attempts that the programme sets.
    case contactLost = "contact_lost"
    case turned18 = "turned_18_and_handed_over"
    case died
    case duplicate

    /// Whether she can and must be told how to come back.
    public var needsWayBack: Bool {
        switch self {
        case .goalsMet, .sheAsksToStop, .transferred, .turned18: true
        case .contactLost, .died, .duplicate: false
        }
    }
}

/// What stands against closing a case (C7).
public enum ClosureObstacle: String, Hashable, Sendable, CaseIterable {
    case openEmergencyReferral = "open_emergency_referral"
    case wayBackNotTold = "way_back_not_told"
}
