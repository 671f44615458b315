/// A worker's decision in the best interests of a child who has nobody safe to consent for her, signed by a supervisor
/// who is another person (N6). It always stands in the audit review.
public struct BestInterests: Hashable, Sendable {
    /// Why no consent of a caregiver was sought.
    public enum Reason: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
        case noSafeCaregiver = "no_safe_caregiver"
        case caregiverIsAccused = "caregiver_is_accused"
        case caregiverCannotBeReached = "caregiver_cannot_be_reached"
        case caregiverAgainstBestInterests = "caregiver_against_best_interests"
        case other
    }

    /// Why, as a code.
    public let reason: Reason
    /// In the worker's words; no narrative.
    public let explanation: String
    /// The worker who decided.
    public let decidedBy: StaffID
    /// The supervisor who signed, another person than the worker.
    public let signedBy: StaffID

    /// A decision with its signature.
    ///
    /// - Throws: `CareError.needsAnotherPerson` when worker and supervisor are one, `CareError.invalid` for a text out of
    ///   bounds.
    public init(reason: Reason, explanation: String, decidedBy: StaffID, signedBy: StaffID) throws(CareError) {
        guard decidedBy != signedBy else { throw .needsAnotherPerson(field: "best_interests.signed_by") }
        self.reason = reason
        self.explanation = try Limits.text(explanation, "best_interests.explanation", atMost: Limits.reason)
        self.decidedBy = decidedBy
        self.signedBy = signedBy
    }
}

extension BestInterests: Codable {
    private enum CodingKeys: String, CodingKey {
        case reason
        case explanation
        case decidedBy = "decided_by"
        case signedBy = "signed_by"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            reason: stored.code(.reason),
            explanation: stored.decode(String.self, forKey: .explanation),
            decidedBy: stored.decode(StaffID.self, forKey: .decidedBy),
            signedBy: stored.decode(StaffID.self, forKey: .signedBy)
        )
    }
}
