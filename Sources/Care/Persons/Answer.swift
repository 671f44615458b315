/// The answer to a question of the intake. `notAsked` is a value and shows as a gap (C8).
public enum Answer: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case notAsked = "not_asked"
    case yes
    case no
    /// Asked, and she does not know or does not want to say.
    case unknown
}
