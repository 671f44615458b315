public import Foundation

/// Hours since the last contact with the risk, in the bands of the clinical windows (DOMAIN section 4), so that a packet
/// says what a clinician must know and no more. Ends are inclusive, as windows are (H2).
public enum TimeSinceIncident: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case within24Hours = "within_24_hours"
    case within72Hours = "within_72_hours"
    case within120Hours = "within_120_hours"
    case within168Hours = "within_168_hours"
    case within336Hours = "within_336_hours"
    case longer
    /// Not known or still going on: treated as open, the clinician decides (H3).
    case unknownOrOngoing = "unknown_or_ongoing"

    /// The band at a moment.
    public init(since last: LastContact, at moment: Date) {
        guard case .known(let date) = last else {
            self = .unknownOrOngoing
            return
        }
        switch moment.timeIntervalSince(date) / 3_600 {
        case ...24: self = .within24Hours
        case ...72: self = .within72Hours
        case ...120: self = .within120Hours
        case ...168: self = .within168Hours
        case ...336: self = .within336Hours
        default: self = .longer
        }
    }
}
