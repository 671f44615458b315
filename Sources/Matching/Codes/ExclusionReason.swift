/// A hard rule that a service fails for one need of one survivor (M2). Raw values are the names of worked cases.
public enum ExclusionReason: String, Hashable, Sendable, CaseIterable {
    case statusNotActive = "STATUS_NOT_ACTIVE"
    case capabilityMissing = "CAPABILITY_MISSING"
    case windowPassed = "WINDOW_PASSED"
    case deadlineCannotBeMet = "DEADLINE_CANNOT_BE_MET"
    case countryNotServed = "COUNTRY_NOT_SERVED"
    case jurisdictionNotCovered = "JURISDICTION_NOT_COVERED"
    case ageOutOfRange = "AGE_OUT_OF_RANGE"
    case genderNotServed = "GENDER_NOT_SERVED"
    case conflictAllegedPerpetrator = "CONFLICT_ALLEGED_PERPETRATOR"
    case conflictFearedAuthority = "CONFLICT_FEARED_AUTHORITY"
    case excludedBySurvivor = "EXCLUDED_BY_SURVIVOR"
    case prerequisiteNotMet = "PREREQUISITE_NOT_MET"
    case costBarrier = "COST_BARRIER"
    case noCapacity = "NO_CAPACITY"
    case accessibilityNotMet = "ACCESSIBILITY_NOT_MET"
    case languageNoAccess = "LANGUAGE_NO_ACCESS"
    case noSafeContactRoute = "NO_SAFE_CONTACT_ROUTE"
    case staffGenderUnavailable = "STAFF_GENDER_UNAVAILABLE"
    case modeNotPossible = "MODE_NOT_POSSIBLE"
    case tooFar = "TOO_FAR"
    case neverOpen = "NEVER_OPEN"

    /// Whether she could change it: a wish of hers that is strict (M6). Never true of a safety rule.
    public var isStrictWish: Bool { CodeSet<ExclusionReason>.strictWishes.contains(self) }

    /// Whether the reason belongs to the case alone: for anybody outside it the service is simply absent (F4, F5, M6).
    public var isKeptInsideTheCase: Bool { CodeSet<ExclusionReason>.keptInsideTheCase.contains(self) }
}

extension CodeSet<ExclusionReason> {
    /// The wishes that she may relax.
    public static var strictWishes: CodeSet { CodeSet(bits: Rule.staffGender | Rule.mode | Rule.travel) }

    /// Conflicts, and what she asked to avoid.
    public static var keptInsideTheCase: CodeSet {
        CodeSet(bits: Rule.allegedPerpetrator | Rule.fearedAuthority | Rule.avoided)
    }
}

/// The bit of each rule in a ``CodeSet`` of reasons: constants, so that ten thousand services are judged with no table
/// look-up. Bit n belongs to case n of ``ExclusionReason``; a test holds the two together.
enum Rule {
    static let status: UInt32 = 1 << 0
    static let capability: UInt32 = 1 << 1
    static let window: UInt32 = 1 << 2
    static let deadline: UInt32 = 1 << 3
    static let country: UInt32 = 1 << 4
    static let jurisdiction: UInt32 = 1 << 5
    static let age: UInt32 = 1 << 6
    static let gender: UInt32 = 1 << 7
    static let allegedPerpetrator: UInt32 = 1 << 8
    static let fearedAuthority: UInt32 = 1 << 9
    static let avoided: UInt32 = 1 << 10
    static let prerequisite: UInt32 = 1 << 11
    static let cost: UInt32 = 1 << 12
    static let capacity: UInt32 = 1 << 13
    static let access: UInt32 = 1 << 14
    static let language: UInt32 = 1 << 15
    static let contactRoute: UInt32 = 1 << 16
    static let staffGender: UInt32 = 1 << 17
    static let mode: UInt32 = 1 << 18
    static let travel: UInt32 = 1 << 19
    static let opening: UInt32 = 1 << 20
}
