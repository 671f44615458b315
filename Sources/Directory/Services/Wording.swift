/// What something of the taxonomy is called, language by language, and which of the labels somebody has confirmed.
public struct Wording: Hashable, Sendable {
    /// Label by language; English, the source of the others, is in every wording of the files.
    public let texts: [LanguageTag: String]
    /// The languages whose label somebody who speaks it and knows the field has confirmed (DECISIONS 11).
    public let reviewed: Set<LanguageTag>

    /// Labels of which none counts as reviewed unless it is said so; a reviewed language without a label is dropped.
    public init(_ texts: [LanguageTag: String], reviewed: Set<LanguageTag> = []) {
        self.texts = texts
        self.reviewed = reviewed.filter { texts[$0] != nil }
    }

    /// Whether somebody has confirmed the label in exactly this language.
    public func isReviewed(_ language: LanguageTag) -> Bool { reviewed.contains(language) }

    /// The label in the first of the languages that there is one for, each tried with fewer and fewer subtags
    /// (RFC 4647, 3.4 "Lookup"), else in English; nil only when it has no label in English either.
    public func label(in languages: [LanguageTag]) -> Label? {
        for language in languages {
            for tag in language.ranges {
                if let label = label(tag) { return label }
            }
        }
        return label(.english)
    }

    private func label(_ language: LanguageTag) -> Label? {
        texts[language].map { Label(text: $0, language: language, isReviewed: isReviewed(language)) }
    }
}

/// A label with the language it is in.
public struct Label: Hashable, Sendable, CustomStringConvertible {
    /// The words to show.
    public let text: String
    /// The language they are in, which need not be the one that was asked for.
    public let language: LanguageTag
    /// Whether somebody who speaks it has confirmed them; if not, a page says so beside them.
    public let isReviewed: Bool

    /// A label in a language.
    public init(text: String, language: LanguageTag, isReviewed: Bool) {
        self.text = text
        self.language = language
        self.isReviewed = isReviewed
    }

    /// ``text``.
    public var description: String { text }
}
