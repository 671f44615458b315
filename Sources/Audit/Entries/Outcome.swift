/// How an act ended, as its entry says.
public enum Outcome: String, CaseIterable, Sendable {
    /// A rule allowed the act and it was done.
    case permitted
    /// No rule allowed it; nothing was done.
    case denied
    /// A rule allowed it and it could not be done (a conflict, a missing record); nothing was done.
    case failed
}
