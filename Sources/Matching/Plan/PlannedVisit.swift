public import Directory
public import Foundation

/// One visit to one service, and what of the plan it covers in time.
public struct PlannedVisit: Hashable, Sendable {
    /// A need that the visit covers.
    public struct Cover: Hashable, Sendable {
        /// Its place in ``CasePlan/needs``.
        public let need: Int
        /// Whole seconds from the earliest start to its last moment; nil where one of them is not known.
        public internal(set) var secondsToSpare: Int?
        /// Little time to spare: call ahead (M7).
        public internal(set) var isTight: Bool
    }

    /// A need that the visit does not cover, with every rule that the service fails for it.
    public struct Miss: Hashable, Sendable {
        /// Its place in ``CasePlan/needs``.
        public let need: Int
        /// Every rule it fails; empty where a gate keeps the need from being listed at all.
        public let reasons: CodeSet<ExclusionReason>
    }

    /// Which service.
    public let service: ServiceID
    /// 1 for the first.
    public let rank: Int
    /// What it covers, in the order of the needs.
    public internal(set) var covers: [Cover]
    /// What it does not, in the order of the needs.
    public internal(set) var misses: [Miss]
    /// Hours, way, mode and wait are known, so that "in time" is no guess.
    public let isTimed: Bool
    /// When it could begin, as ``MatchedOption/earliestStart``.
    public let earliestStart: Date?
    /// The zone that the service reads its clock in; nil where no hours are stated.
    public let zone: OpeningHours.Zone?
    /// How it is used; nil when no source states it.
    public let mode: ContactMode?
    /// What must be known before it is called.
    public let flags: CodeSet<MatchFlag>
    /// The sum of the soft points (M5).
    public let softPoints: Int
}
