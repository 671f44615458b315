import Directory

// Every sentence that a match can say, in English: the one table that a translation replaces. A sentence names no address,
// no accused person and nothing of what happened (M6).

extension Gate {
    /// The gate in words.
    public var sentence: String {
        switch self {
        case .serviceRefusedBySurvivor: "She said no to this service; nothing is listed for it."
        case .bestInterestsDeterminationRequired: "A best-interests determination must be completed before a return."
        case .returnRiskAssessmentRequired: "A risk and security assessment must be done before a return."
        case .returnNotInBestInterests: "The assessment does not find the return safe."
        case .returnNotWanted: "She does not want to return."
        case .consentNotAsked: "She has not been asked about this service yet: look, but send nothing."
        case .consentRevoked: "She took her consent back: send nothing."
        case .consentExpired: "Her consent has ended: ask her again before anything is sent."
        case .consentInvalidGiver: "Whoever consented cannot do so for her: send nothing."
        case .assentMissing: "Her own agreement is not on file: ask her before anything is sent."
        case .consentAgeUnknown:
            "It is not known from which age she decides alone here, or how old she is: ask a supervisor."
        }
    }
}

extension ExclusionReason {
    /// The rule that was not met, in words.
    public var sentence: String {
        switch self {
        case .statusNotActive: "It is not running."
        case .capabilityMissing: "It does not offer what is needed."
        case .windowPassed: "What it offers can no longer be given: its time is over."
        case .deadlineCannotBeMet: "It cannot start before the time is over."
        case .countryNotServed: "It does not help people where she is."
        case .jurisdictionNotCovered: "Its legal help does not reach the court or law concerned."
        case .ageOutOfRange: "It is for other ages."
        case .genderNotServed: "It does not admit her gender."
        case .conflictAllegedPerpetrator: "It is tied to an alleged perpetrator."
        case .conflictFearedAuthority: "It belongs to a state she fears."
        case .excludedBySurvivor: "She asked to keep away from it."
        case .prerequisiteNotMet: "It demands something she does not have or does not want to give."
        case .costBarrier: "It asks a fee she cannot pay."
        case .noCapacity: "It is full."
        case .accessibilityNotMet: "It lacks access she needs."
        case .languageNoAccess: "Nobody there speaks her language and there is no interpreter."
        case .noSafeContactRoute: "It can only be reached first in a way she did not name as safe."
        case .staffGenderUnavailable: "It cannot meet her strict wish on who helps her."
        case .modeNotPossible: "It cannot meet her strict wish on how she is helped."
        case .tooFar: "It is farther than she is willing to travel."
        case .neverOpen: "It does not open within 30 days."
        }
    }
}

extension MatchFlag {
    /// The flag in words.
    public var sentence: String {
        switch self {
        case .windowPassed: "The time for this help is over; what is offered in its stead is listed."
        case .incidentTimeUnknown:
            "The time of the last contact is not known: treated as still open, a clinician decides."
        case .vitalInterestDisclosure: "Her life is in danger: the minimum may be shared; tell her as soon as possible."
        case .unmetNeed: "Nothing fits: record the unmet need and tell a supervisor."
        case .windowTight: "Little time is left: call ahead."
        case .responseTargetMissed: "It starts later than this need should be answered; still offered."
        case .verifyBeforeReferral: "The entry was not confirmed lately: confirm it before referring."
        case .interpreterNeeded: "No shared language: arrange an interpreter."
        case .waitlist: "It has a waiting list."
        case .capacityUnknown: "It is not known whether it has room."
        case .mandatedReporter: "Its staff must report: tell her before she decides."
        case .confidentialLocation: "Its address is not shown; the first contact arranges the way."
        case .crossBorderConsentRequired: "It is in another country, and she has not agreed that her details go there."
        case .hoursUnknown: "Its hours are not known: call ahead."
        case .eligibilityUnknown: "It is not known whether it is for her age and gender: call ahead."
        case .costUnknown: "It is not known what it costs: call ahead."
        case .languagesUnknown: "It is not known which languages are spoken: call ahead."
        case .requirementsUnknown: "It is not known what it demands first: call ahead."
        case .contactRouteUnknown: "It is not known how to reach it first in a way that is safe for her: ask her."
        case .modeUnknown: "It is not known whether it helps in person or from a distance: call ahead."
        case .travelUnknown: "The way to it is not known."
        case .waitUnknown: "It is not known how long it takes to begin: call ahead."
        case .accessibilityUnknown: "It is not known whether it has the access she needs: call ahead."
        case .staffGenderUnknown: "It is not known who would help her: call ahead."
        case .jurisdictionUnknown: "It is not known which courts its legal help reaches: call ahead."
        case .reportingDutyUnknown: "It is not known whether its staff must report: ask before she decides."
        case .notVerified: "Nobody has confirmed this entry yet."
        }
    }
}

extension Why {
    /// The ground in words.
    public var sentence: String {
        switch self {
        case .offers(let code): "It offers \(code)."
        case .offersFallback(let code): "It offers \(code), which stands in now that the first choice is too late."
        case .hoursToSpare(0): "It can start less than an hour before the time is over."
        case .hoursToSpare(1): "It can start an hour before the time is over."
        case .hoursToSpare(let hours): "It can start \(hours) hours before the time is over."
        case .sharedLanguage: "Her language is spoken."
        case .wishedStaffGender: "It meets her wish on who helps her."
        case .wishedMode: "It meets her wish on how she is helped."
        case .withinWishedTravel: "It is no farther than she wishes."
        case .childSpecialised: "It specialises in children."
        case .worksWithHerAlready: "Its organisation works with her already."
        case .free: "It is free."
        case .reportsAgainstWish: "Its staff must report, which she does not want."
        case .alsoCovers(let codes): "The same visit covers \(codes.map(\.text).joined(separator: ", "))."
        case .onlyOption: "It is the only option."
        }
    }
}
