public import Care
public import Directory
public import Foundation

/// One need of a plan: what is left of its time, and who could meet it. It says nothing of whether she should have it: a
/// clinician decides that (H6).
public struct PlannedNeed: Hashable, Sendable {
    /// How its time stands.
    public enum Clock: Hashable, Sendable {
        /// It has no last moment.
        case noCutOff
        /// It has one, and nobody knows since when it runs: open (H3).
        case unknown
        /// Its last moment, inclusive, and the whole seconds until then.
        case open(until: Date, secondsLeft: Int)
        /// Over by the confirmed window, kept open by one that nobody has confirmed: no countdown stands on that.
        case keptOpen
        /// Over; these are planned in its stead (H4), in the order to prefer them.
        case over(instead: [ServiceCode])
        /// Not told to this reader.
        case untold
    }

    /// What is needed.
    public let code: ServiceCode
    /// The court concerned, for a legal need.
    public let jurisdiction: CountryCode?
    /// How soon; a need that is proposed takes it from the most pressing one that starts the bundle.
    public let urgency: Urgency
    /// Nobody has stated it yet: it is proposed, and she is to be asked (H8).
    public let isProposed: Bool
    /// Of the bundle, or planned instead of what was.
    public let isTimeCritical: Bool
    /// How its time stands.
    public internal(set) var clock: Clock
    /// Codes whose time is over, for which it stands; in the order of their codes.
    public let standsFor: [ServiceCode]
    /// What stops listing or sending for it.
    public let gates: CodeSet<Gate>
    /// How many services could meet it in time.
    public let serviceCount: Int
    /// The first of its own list, where a single need is matched by speed; it may be another than the first visit.
    public let first: ServiceID?
}
