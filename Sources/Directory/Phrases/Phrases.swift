/// What a person is told, in the language that they read. It always has an answer: what a language lacks is said in
/// English, and what English lacks by its bare code.
public struct Phrases: Sendable {
    /// The language that the words are in.
    public let language: LanguageTag
    /// Whether a native speaker has confirmed the words; if not, an answer says so.
    public let isReviewed: Bool

    /// That no native speaker has confirmed the words yet: shown beside them while that is so.
    public static let unreviewed = Phrase("unreviewed")

    private let words: Words
    private let english: Words

    init(_ words: Words, english: Words) {
        language = words.language
        isReviewed = words.isReviewed
        self.words = words
        self.english = english
    }

    /// The words of a phrase with its values.
    public func text(_ phrase: Phrase, _ values: [String: String] = [:], count: Int? = nil) -> String {
        words.text(phrase, values, count) ?? english.text(phrase, values, count) ?? Self.code(phrase, values, count)
    }

    /// The words of a sentence.
    public func text(_ sentence: Sentence) -> String {
        text(sentence.phrase, sentence.values, count: sentence.count)
    }

    /// The last part of the key, and the values in the order of their names: what is left when there are no words.
    private static func code(_ phrase: Phrase, _ values: [String: String], _ count: Int?) -> String {
        let code = phrase.key.split(separator: ".").last.map(String.init) ?? phrase.key
        let shown = (count.map { [String($0)] } ?? []) + values.sorted { $0.key < $1.key }.map(\.value)
        return ([code] + shown).joined(separator: " ")
    }
}

/// The words of one language.
struct Words: Sendable {
    /// The words of one phrase: one text, or one for each plural form.
    enum Entry: Sendable {
        case plain(Template)
        case counted([PluralForm: Template])
    }

    let language: LanguageTag
    let isReviewed: Bool
    let entries: [String: Entry]

    /// English without a word.
    static let none = Words(language: .english, isReviewed: false, entries: [:])

    /// Nil when there are no words for it, or a value is missing that they name.
    func text(_ phrase: Phrase, _ values: [String: String], _ count: Int?) -> String? {
        guard let entry = entries[phrase.key], let template = template(entry, count) else { return nil }
        return template.filled { name in
            if let value = values[name] { return value }
            return name == phrase.counted ? count.map(String.init) : nil
        }
    }

    private func template(_ entry: Entry, _ count: Int?) -> Template? {
        switch entry {
        case .plain(let template): template
        case .counted(let forms): count.flatMap { PluralRule(language)?.form(for: $0) }.flatMap { forms[$0] }
        }
    }
}
