/// Gender as she states it, or as a service says whom it serves or who works there. Raw values are those of worked cases
/// and files.
public enum Gender: String, Sendable, CaseIterable, Comparable {
    case female
    case male
    case nonBinary = "non_binary"

    /// By raw value.
    public static func < (left: Gender, right: Gender) -> Bool { left.rawValue < right.rawValue }
}
