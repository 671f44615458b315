/// One item that a referral may carry: what a consent names and a packet is cut to (N1, N2, X1). The list is closed.
/// National identity and refugee numbers stand on some field forms; they are left out on purpose, so that nobody can
/// send one.
public enum DataItem: String, Hashable, Sendable, CaseIterable, Codable, Comparable, StoredText {
    case ageBand = "age_band"
    case exactAge = "exact_age"
    case gender
    case languages
    case interpreterNeed = "interpreter_need"
    case accessibility
    case nationality
    case name
    case alias
    case country
    case area
    case safeContact = "safe_contact"
    case caregiver
    /// Whether she is a child separated from her family or unaccompanied.
    case separated
    case immediateDanger = "immediate_danger"
    /// Hours since the last contact with the risk, in bands.
    case timeSinceIncident = "time_since_incident"
    /// Why the service is asked for, up to 500 characters, no narrative.
    case needReason = "need_reason"
    /// Services she already has for this need.
    case receivedElsewhere = "received_elsewhere"
    /// Accompaniment or transport she needs to get there.
    case accompaniment
    /// Whom the receiver must not tell.
    case restrictions

    /// What kind of thing the item says; routing facts keep the class alone (DECISIONS 14).
    public var itemClass: Class {
        switch self {
        case .name, .alias: .identity
        case .safeContact, .caregiver, .area, .restrictions: .contact
        case .ageBand, .exactAge, .gender, .languages, .interpreterNeed, .accessibility, .nationality, .country: .person
        case .separated, .immediateDanger, .timeSinceIncident, .needReason, .receivedElsewhere, .accompaniment: .need
        }
    }

    /// A class of items.
    public enum Class: String, Hashable, Sendable, CaseIterable, Codable, Comparable, StoredText {
        case identity
        case contact
        case person
        case need

        /// By code.
        public static func < (left: Class, right: Class) -> Bool { left.rawValue < right.rawValue }
    }

    /// By code.
    public static func < (left: DataItem, right: DataItem) -> Bool { left.rawValue < right.rawValue }
}
