public import Foundation

/// One step of a referral, with what must be known to take it (X2).
public enum ReferralStep: Hashable, Sendable {
    case makeReady
    case send
    case receive
    case accept
    case decline(DeclineReason)
    case schedule(for: Date)
    case attend
    case startService
    /// On whose word: never a timer.
    case complete(onWordOf: CompletionWitness)
    case noShow
    case unreachable
    case withdraw
    case revoke(RevocationCause)
    case expire
    case rematch

    /// The step as a code.
    public enum Name: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
        case makeReady = "make_ready"
        case send
        case receive
        case accept
        case decline
        case schedule
        case attend
        case startService = "start_service"
        case complete
        case noShow = "no_show"
        case unreachable
        case withdraw
        case revoke
        case expire
        case rematch
    }

    /// Which step it is.
    public var name: Name {
        switch self {
        case .makeReady: .makeReady
        case .send: .send
        case .receive: .receive
        case .accept: .accept
        case .decline: .decline
        case .schedule: .schedule
        case .attend: .attend
        case .startService: .startService
        case .complete: .complete
        case .noShow: .noShow
        case .unreachable: .unreachable
        case .withdraw: .withdraw
        case .revoke: .revoke
        case .expire: .expire
        case .rematch: .rematch
        }
    }
}

/// Why a desk declines (X4). A code only: what a desk writes in its own words could say more than it may.
public enum DeclineReason: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case noCapacity = "no_capacity"
    case outsideAgeGenderArea = "outside_age_gender_area"
    case noSuchService = "no_such_service"
    case noStaffLanguage = "no_staff_language"
    case needsDocument = "needs_document"
    case safetyConflict = "safety_conflict"
    case incompleteData = "incomplete_data"
    case wrongPerson = "wrong_person"
    case other
}

/// Whose word completes a referral (X2).
public enum CompletionWitness: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case receiver
    case survivor
}

/// Why the sender takes a referral back (X2, N5, N8, M10).
public enum RevocationCause: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case bySender = "by_sender"
    case consentWithdrawn = "consent_withdrawn"
    case consentExpired = "consent_expired"
    /// A caregiver who consented is accused (N5).
    case consentVoid = "consent_void"
    case newConflict = "new_conflict"
}
