/// Why an act is done; stands in the audit entry (A1).
public enum Purpose: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case helpLine = "helpline"
    case caseManagement = "case_management"
    case referral
    case audit = "audit_review"
    case accountAccess = "account_access"
    case directoryCare = "directory_care"
    /// Keeping records as long as they may be kept, and ending them (D5, D6).
    case recordKeeping = "record_keeping"
}
