/// Who gave a consent (N1, N4).
public enum ConsentGiver: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case survivor = "self"
    case caregiver
    case guardian
    case trustedAdult = "trusted_adult"
    /// A worker's best-interests decision that a supervisor signed (N6).
    case supervisorBestInterests = "supervisor_best_interests"
    /// Nobody: not asked.
    case none
}
