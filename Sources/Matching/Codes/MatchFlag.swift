/// What a person must know about a listed service, or about the case as a whole, before anything is sent (M7). Raw values
/// are the names of worked cases; those that end in `_UNKNOWN`, and `NOT_VERIFIED`, say that no source states the fact:
/// call ahead (DECISIONS 1).
public enum MatchFlag: String, Hashable, Sendable, CaseIterable {
    // Of the case.
    case windowPassed = "WINDOW_PASSED"
    case incidentTimeUnknown = "INCIDENT_TIME_UNKNOWN"
    case vitalInterestDisclosure = "VITAL_INTEREST_DISCLOSURE"
    case unmetNeed = "UNMET_NEED"
    // Of a service.
    case windowTight = "WINDOW_TIGHT"
    case responseTargetMissed = "RESPONSE_TARGET_MISSED"
    case verifyBeforeReferral = "VERIFY_BEFORE_REFERRAL"
    case interpreterNeeded = "INTERPRETER_NEEDED"
    case waitlist = "WAITLIST"
    case capacityUnknown = "CAPACITY_UNKNOWN"
    case mandatedReporter = "MANDATED_REPORTER"
    case confidentialLocation = "CONFIDENTIAL_LOCATION"
    case crossBorderConsentRequired = "CROSS_BORDER_CONSENT_REQUIRED"
    // Of a service: not stated by any source.
    case hoursUnknown = "HOURS_UNKNOWN"
    /// Whom it serves (age or gender) is not stated, or hers is not known and it is limited.
    case eligibilityUnknown = "ELIGIBILITY_UNKNOWN"
    case costUnknown = "COST_UNKNOWN"
    case languagesUnknown = "LANGUAGES_UNKNOWN"
    case requirementsUnknown = "REQUIREMENTS_UNKNOWN"
    /// How it takes a first contact.
    case contactRouteUnknown = "CONTACT_ROUTE_UNKNOWN"
    case modeUnknown = "MODE_UNKNOWN"
    case travelUnknown = "TRAVEL_UNKNOWN"
    /// How long from the first opening to the start.
    case waitUnknown = "WAIT_UNKNOWN"
    case accessibilityUnknown = "ACCESSIBILITY_UNKNOWN"
    case staffGenderUnknown = "STAFF_GENDER_UNKNOWN"
    case jurisdictionUnknown = "JURISDICTION_UNKNOWN"
    /// Whether its staff must report.
    case reportingDutyUnknown = "REPORTING_DUTY_UNKNOWN"
    /// Nobody has confirmed the entry yet.
    case notVerified = "NOT_VERIFIED"
}

/// The bit of each flag in a ``CodeSet``. Bit n belongs to case n of ``MatchFlag``; a test holds the two together.
enum Flag {
    static let windowPassed: UInt32 = 1 << 0
    static let incidentTimeUnknown: UInt32 = 1 << 1
    static let vitalInterest: UInt32 = 1 << 2
    static let unmetNeed: UInt32 = 1 << 3
    static let windowTight: UInt32 = 1 << 4
    static let responseMissed: UInt32 = 1 << 5
    static let verify: UInt32 = 1 << 6
    static let interpreter: UInt32 = 1 << 7
    static let waitlist: UInt32 = 1 << 8
    static let capacityUnknown: UInt32 = 1 << 9
    static let mandatedReporter: UInt32 = 1 << 10
    static let confidential: UInt32 = 1 << 11
    static let crossBorder: UInt32 = 1 << 12
    static let hoursUnknown: UInt32 = 1 << 13
    static let eligibilityUnknown: UInt32 = 1 << 14
    static let costUnknown: UInt32 = 1 << 15
    static let languagesUnknown: UInt32 = 1 << 16
    static let requirementsUnknown: UInt32 = 1 << 17
    static let routeUnknown: UInt32 = 1 << 18
    static let modeUnknown: UInt32 = 1 << 19
    static let travelUnknown: UInt32 = 1 << 20
    static let waitUnknown: UInt32 = 1 << 21
    static let accessUnknown: UInt32 = 1 << 22
    static let staffGenderUnknown: UInt32 = 1 << 23
    static let jurisdictionUnknown: UInt32 = 1 << 24
    static let reportingUnknown: UInt32 = 1 << 25
    static let notVerified: UInt32 = 1 << 26
}
