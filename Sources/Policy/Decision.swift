public import Care

/// The answer to "may this person do this now". A refusal is a value: it is recorded like a permission.
public enum Decision: Hashable, Sendable {
    case permitted(Grant)
    case denied(Refusal)
}

/// Proof that the access policy permitted an act. Nobody outside this module can make one, so whoever holds a grant has
/// asked.
public struct Grant: Hashable, Sendable {
    /// The act that was permitted.
    public let act: Act
    /// The rule that permits it: `case.read:assigned`.
    public let rule: String
    /// The relationship on which the rule rests, for the audit entry (A1); `none` where it rests on no relationship.
    public let relationship: Relationship
}

/// Why an act was refused, in codes that may stand in the log.
public struct Refusal: Hashable, Sendable {
    /// The reason.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The person is locked out of the subject. Looked at before all else.
        case barred
        case notSignedIn = "not_signed_in"
        /// Nobody may do this.
        case noRule = "no_rule"
        case wrongRole = "wrong_role"
        case otherAgency = "other_agency"
        /// The role would do, but this person has nothing to do with the case.
        case notAssigned = "not_assigned"
        case notReceivingDesk = "not_receiving_desk"
        case wrongPurpose = "wrong_purpose"
        /// The referral is not accepted, or has ended (DECISIONS 4, N8).
        case packetNotReleased = "packet_not_released"
        case consentMissing = "consent_missing"
        /// All else permits it; the person has to confirm first that it is still them.
        case confirmationNeeded = "confirmation_needed"
    }

    /// The act that was refused.
    public let act: Act
    /// Why: of the rules for the act, what stood against the one that came nearest.
    public let code: Code
    /// `none`: no rule permitted it.
    public let rule = "none"
    /// How the person stands to the subject, for the audit entry (A1): of several the nearest, else `none`.
    public let relationship: Relationship
}
