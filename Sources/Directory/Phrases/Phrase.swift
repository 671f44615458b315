/// Something that a person is told, by the key under which the message files hold its words. Code names phrases; no words
/// stand in code.
public struct Phrase: Hashable, Sendable {
    /// Parts joined by dots, as the message files nest them: `gates.CONSENT_REVOKED`.
    public let key: String
    /// The values that its words may name, each as `{name}`, the number of a counted phrase among them.
    public let placeholders: Set<String>
    /// The placeholder that holds a whole number with which the words agree; nil when nothing is counted.
    public let counted: String?

    /// A phrase with the values that its words take; `counting` names the one that is counted.
    public init(_ key: String, _ placeholders: String..., counting counted: String? = nil) {
        self.key = key
        self.placeholders = Set(placeholders + (counted.map { [$0] } ?? []))
        self.counted = counted
    }
}

/// A phrase with its values: all that is needed to say it in any language.
public struct Sentence: Hashable, Sendable {
    /// What is said.
    public let phrase: Phrase
    /// The value of each placeholder but the counted one.
    public let values: [String: String]
    /// The number of a counted phrase.
    public let count: Int?

    /// A sentence; one of a counted phrase needs its number.
    public init(_ phrase: Phrase, _ values: [String: String] = [:], count: Int? = nil) {
        self.phrase = phrase
        self.values = values
        self.count = count
    }
}
