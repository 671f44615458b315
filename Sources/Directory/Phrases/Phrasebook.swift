/// What a person is told, in every language that there are words in. Read once, and handed on as an argument.
public struct Phrasebook: Sendable {
    /// The languages that ship complete, English, the source, first.
    public static let shipped: [LanguageTag] = ["en", "fr", "es", "ru"].compactMap(LanguageTag.init(_:))

    /// A book without words: everything is said by its bare code.
    public static let empty = Phrasebook([])

    private let words: [LanguageTag: Words]

    init(_ words: [Words]) {
        self.words = Dictionary(words.map { ($0.language, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The languages that there are words in, in the order of their tags.
    public var languages: [LanguageTag] { words.keys.sorted() }

    /// What to say in the first of the languages that there are words in, each tried with fewer and fewer subtags
    /// (RFC 4647, 3.4 "Lookup"), else in English.
    public func phrases(in wanted: [LanguageTag]) -> Phrases {
        let english = words[.english] ?? .none
        for language in wanted {
            for tag in language.ranges {
                if let words = words[tag] { return Phrases(words, english: english) }
            }
        }
        return Phrases(english, english: english)
    }

    /// What to say in English.
    public var english: Phrases { phrases(in: [.english]) }
}
