/// What the directory knows for a question. Emergency lines and a way on are in every answer.
public struct LookupAnswer: Sendable {
    /// Where she is, with the emergency lines to show first.
    public let country: Country
    /// What was asked for, none twice.
    public let needs: [ServiceCode]
    /// What this answer is, one statement a need.
    public let statements: [LookupStatement]
    /// The services that fit, best first.
    public let services: [FoundService]
    /// For each need that no listed service with a number or address meets, what there is instead.
    public let fallbacks: [LookupFallback]
    /// How many entries for these needs are not shown, by reason. What she asked to avoid is not counted.
    public let withheld: [WithheldReason: Int]
}

/// Why an entry that offers what is needed is not shown.
public enum WithheldReason: String, Sendable, CaseIterable, Comparable {
    case lowConfidence = "LOW_CONFIDENCE"
    case notRunning = "STATUS_NOT_ACTIVE"
    case age = "AGE_OUT_OF_RANGE"
    case gender = "GENDER_NOT_SERVED"

    /// By raw value.
    public static func < (left: WithheldReason, right: WithheldReason) -> Bool { left.rawValue < right.rawValue }
}

/// A service that fits, with what is known and unknown about the fit.
public struct FoundService: Sendable {
    /// The entry.
    public let service: Service
    /// Who runs it.
    public let organization: Organization?
    /// Which of the needs it meets.
    public let covers: [ServiceCode]
    /// What speaks for it.
    public let why: [LookupReason]
    /// What to mind before it is relied on.
    public let flags: [LookupFlag]
    /// Whether it can be reached at the moment of the question.
    public let opening: OpeningState
}

/// What speaks for a service.
public enum LookupReason: String, Sendable, CaseIterable {
    case offersNeed = "OFFERS_NEED"
    case ageFits = "AGE_FITS"
    case forChildren = "FOR_CHILDREN"
    case genderFits = "GENDER_FITS"
    case languageShared = "LANGUAGE_SHARED"
    case modeOffered = "MODE_OFFERED"
    case openNow = "OPEN_NOW"
    case free = "FREE"
    case verified = "VERIFIED"
}

/// What to mind before a service is relied on.
public enum LookupFlag: String, Sendable, CaseIterable {
    case noContact = "NO_CONTACT"
    case hoursUnknown = "HOURS_UNKNOWN"
    case eligibilityUnknown = "ELIGIBILITY_UNKNOWN"
    case costUnknown = "COST_UNKNOWN"
    case languagesUnknown = "LANGUAGES_UNKNOWN"
    case languageNotListed = "LANGUAGE_NOT_LISTED"
    case modeUnknown = "MODE_UNKNOWN"
    case modeNotOffered = "MODE_NOT_OFFERED"
    case limitedArea = "LIMITED_AREA"
    case outsideCountry = "OUTSIDE_COUNTRY"
    case waitlist = "WAITLIST"
    case full = "FULL"
    case costsMoney = "FEE"
    case conflictingSources = "CONFLICTING_SOURCES"
    case checkFirst = "CHECK_FIRST"
    case notVerified = "NOT_VERIFIED"
    case verifiedLongAgo = "VERIFY_BEFORE_REFERRAL"
}

/// What there is for a need that nobody in the country is known for.
public struct LookupFallback: Sendable {
    /// A step of the ladder, nearest help first.
    public enum Step: Sendable {
        /// Services of the country for a type that comes near.
        case nearby(ServiceCode, [FoundService])
        /// Services of the country in the same sector, whatever they offer.
        case sameSector(Sector, [FoundService])
        /// Lines for children in the country.
        case childLines([FoundService])
        /// Crisis lines of the country.
        case crisisLines([FoundService])
        /// Places on the web that lead on.
        case worldwide([WorldwideFallback])
    }

    /// The need.
    public let need: ServiceCode
    /// In the order to try them; never empty when the directory has a fallback for the need.
    public let steps: [Step]
}
