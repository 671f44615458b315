public import Foundation

/// Whether identifying data may leave, judged by N1–N7.
public enum ConsentVerdict: Hashable, Sendable {
    /// A live and valid consent covers every item.
    case maySend
    /// Nobody has been asked and life is in danger: the minimum may be sent, she is told as soon as possible, and the
    /// disclosure is reviewed by then (N7).
    case maySendToSaveLife(reviewBy: Date)
    /// At least one fault, all that apply.
    case mayNotSend([ConsentFault])

    /// Every reason why nothing may leave; empty when it may.
    public var faults: [ConsentFault] {
        switch self {
        case .maySend, .maySendToSaveLife: []
        case .mayNotSend(let faults): faults
        }
    }

    /// Whether anything may leave at all.
    public var allowsSending: Bool { faults.isEmpty }
}

/// One reason why nothing may be sent.
public enum ConsentFault: Hashable, Sendable {
    /// She declined this service (F8). Her "no" is never overridden, not even to save life.
    case declinedBySurvivor
    case notAsked
    /// Her age is not on file, so nobody can say who consents; an estimate is enough.
    case ageUnknown
    /// Given by an alleged perpetrator (N5).
    case giverIsAccused
    /// Given by somebody who cannot give it at her age (N4).
    case giverNotForThisAge
    /// Given by a trusted adult although a safe caregiver is known (N4).
    case safeCaregiverNotAsked
    /// At her age consent is written (N4).
    case consentNotWritten
    case assentMissing
    case assentRefused
    /// At her age assent is written (N4).
    case assentNotWritten
    /// The consent does not cover what is asked.
    case gap(ConsentGap)
    /// Items beyond the minimum that may leave without consent when life is in danger (N7).
    case beyondMinimum(Set<DataItem>)

    /// The fault as a code for audit entries and answers.
    public var code: String {
        switch self {
        case .declinedBySurvivor: "declined_by_survivor"
        case .notAsked: "consent_not_asked"
        case .ageUnknown: "age_unknown"
        case .giverIsAccused: "consent_giver_accused"
        case .giverNotForThisAge: "consent_giver_not_for_age"
        case .safeCaregiverNotAsked: "safe_caregiver_not_asked"
        case .consentNotWritten: "consent_not_written"
        case .assentMissing: "assent_missing"
        case .assentRefused: "assent_refused"
        case .assentNotWritten: "assent_not_written"
        case .gap(let gap): gap.code
        case .beyondMinimum: "beyond_minimum"
        }
    }
}
