/// What a member of staff is appointed to do (DECISIONS 22). A role alone never opens a case (D2): the relationship to the
/// case does.
public enum Role: String, Hashable, Sendable, CaseIterable, Codable {
    case caseworker
    case supervisor
    /// Works at a receiving desk.
    case intake
    case helpline
    case directoryEditor = "directory_editor"
    case auditor
    case administrator
    case safeguardingFocalPoint = "safeguarding_focal_point"
    case trustee
    /// Sees aggregates only.
    case secretariat
}
