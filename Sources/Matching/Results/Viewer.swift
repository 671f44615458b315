/// Who reads a match.
public enum Viewer: Hashable, Sendable {
    /// Assigned to the case: sees conflicts and what she asked to avoid.
    case insideTheCase
    /// Anybody else, a helpline worker among them: conflicted services do not exist for this reader (F5).
    case outsideTheCase
}
