/// What stops listing or sending before any service is looked at (M1). Raw values are the names of worked cases.
public enum Gate: String, Hashable, Sendable, CaseIterable {
    // Nothing is listed.
    case serviceRefusedBySurvivor = "SERVICE_REFUSED_BY_SURVIVOR"
    case bestInterestsDeterminationRequired = "BEST_INTERESTS_DETERMINATION_REQUIRED"
    case returnRiskAssessmentRequired = "RETURN_RISK_ASSESSMENT_REQUIRED"
    case returnNotInBestInterests = "RETURN_NOT_IN_BEST_INTERESTS"
    case returnNotWanted = "RETURN_NOT_WANTED"
    // Listed, but nothing is sent.
    case consentNotAsked = "CONSENT_NOT_ASKED"
    case consentRevoked = "CONSENT_REVOKED"
    case consentExpired = "CONSENT_EXPIRED"
    case consentInvalidGiver = "CONSENT_INVALID_GIVER"
    case assentMissing = "ASSENT_MISSING"
    /// Her age, or the age of own consent in the country, is not known, so nobody can say who may consent.
    case consentAgeUnknown = "CONSENT_AGE_UNKNOWN"

    /// Whether nothing at all is listed.
    public var blocksListing: Bool {
        switch self {
        case .serviceRefusedBySurvivor, .bestInterestsDeterminationRequired, .returnRiskAssessmentRequired,
            .returnNotInBestInterests, .returnNotWanted:
            true
        case .consentNotAsked, .consentRevoked, .consentExpired, .consentInvalidGiver, .assentMissing,
            .consentAgeUnknown:
            false
        }
    }
}
