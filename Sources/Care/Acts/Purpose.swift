/// Why an act is done; stands in the audit entry (A1).
public enum Purpose: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case helpLine = "helpline"
    case caseManagement = "case_management"
    case referral
    case audit = "audit_review"
    case accountAccess = "account_access"
    case directoryCare = "directory_care"
}
