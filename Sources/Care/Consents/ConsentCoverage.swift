public import Foundation

/// Whether a consent covers a request, with every reason why not.
public enum ConsentCoverage: Hashable, Sendable {
    case covered
    /// At least one gap, in the order of ``ConsentGap``.
    case notCovered([ConsentGap])

    /// Whether it covers the request.
    public var isCovered: Bool { self == .covered }
}

/// One reason why a consent does not cover a request (N1, N2, D7).
public enum ConsentGap: Hashable, Sendable {
    case withdrawn(at: Date)
    case expired(at: Date)
    case notYetGiven
    case otherService
    case otherRecipient
    case otherPurpose
    /// Sending abroad needs its own yes (D7).
    case sendingAbroad
    /// The items asked for that the consent does not name.
    case missing(Set<DataItem>)

    /// The gap as a code for audit entries and answers.
    public var code: String {
        switch self {
        case .withdrawn: "consent_withdrawn"
        case .expired: "consent_expired"
        case .notYetGiven: "consent_not_yet_given"
        case .otherService: "consent_other_service"
        case .otherRecipient: "consent_other_recipient"
        case .otherPurpose: "consent_other_purpose"
        case .sendingAbroad: "consent_not_for_abroad"
        case .missing: "consent_items_missing"
        }
    }
}
