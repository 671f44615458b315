public import Directory
public import Foundation

/// One need of one case with everything a match may look at. Who asks is not in it: the match is the same for everybody,
/// and ``MatchResult/answer(for:)`` cuts it to the viewer.
public struct CaseContext: Hashable, Sendable {
    /// Of whom it is.
    public var survivor: SurvivorFacts
    /// The one need that is matched.
    public var need: SoughtNeed
    /// Her decision about this need.
    public var consent: ConsentOnFile
    /// Last exposure that matters for windows; nil when not known or still going on (H3).
    public var lastExposure: Date?
    /// Other open needs she agreed to, which the same visit could cover.
    public var otherNeeds: Set<ServiceCode>
    /// Immediate danger to life (N7).
    public var isLifeThreatening: Bool
    /// Earliest safe departure; nil: at once.
    public var canLeaveAt: Date?
    /// Makes what a caregiver decided void (N5).
    public var caregiverIsAllegedPerpetrator: Bool
    /// Ties of each alleged perpetrator (F5).
    public var conflicts: [ConflictLink]
    /// States whose authorities she fears.
    public var fearedStates: Set<CountryCode>
    /// Organisations she asked to keep away from (F4).
    public var avoidedOrganizations: Set<OrganizationID>
    /// Places she asked to keep away from (F4).
    public var avoidedPlaces: Set<PlaceID>
    /// What she wishes for (F3).
    public var preferences: Preferences
    /// Ways of first contact she named as safe (F2); nil when she was not asked, which flags and never excludes.
    public var safeRoutes: Set<FirstContactRoute>?
    /// Organisations already working with her.
    public var currentProviders: Set<OrganizationID>
    /// Read for a return alone.
    public var returnChecks: ReturnChecks
    /// How far services are from where she is.
    public var travel: TravelTimes

    /// A case of which only the necessary is known; set what is on file.
    public init(survivor: SurvivorFacts, need: SoughtNeed, consent: ConsentOnFile = .notAsked) {
        self.survivor = survivor
        self.need = need
        self.consent = consent
        self.lastExposure = nil
        self.otherNeeds = []
        self.isLifeThreatening = false
        self.canLeaveAt = nil
        self.caregiverIsAllegedPerpetrator = false
        self.conflicts = []
        self.fearedStates = []
        self.avoidedOrganizations = []
        self.avoidedPlaces = []
        self.preferences = Preferences()
        self.safeRoutes = nil
        self.currentProviders = []
        self.returnChecks = ReturnChecks()
        self.travel = TravelTimes([:])
    }
}
