/// A service type of the taxonomy: what is needed, not who gives it (DOMAIN section 7). Until when it can be given is a
/// rule, not a word: `Policies/windows.yaml`.
public struct ServiceType: Hashable, Sendable {
    /// `MED-HIVPEP`; never given to another type once used.
    public let code: ServiceCode
    /// What it is called.
    public let wording: Wording
    /// One sentence that says what it covers.
    public let definition: String
    /// What a look-up shows where nobody in a country is known for this type, nearest first.
    public let nearest: [ServiceCode]
    /// What other systems call it, by system (`gbvims`, `open_eligibility`, `fhir`).
    public let mappings: [String: String]

    /// A type; no label counts as reviewed unless it is said so.
    public init(
        code: ServiceCode,
        labels: [LanguageTag: String],
        reviewed: Set<LanguageTag> = [],
        definition: String,
        nearest: [ServiceCode] = [],
        mappings: [String: String] = [:]
    ) {
        self.code = code
        self.wording = Wording(labels, reviewed: reviewed)
        self.definition = definition
        self.nearest = nearest
        self.mappings = mappings
    }

    /// Label by language; `en` is always there.
    public var labels: [LanguageTag: String] { wording.texts }

    /// The label in the first of the languages that there is one for, else in English; the code stands in for a label
    /// that is missing in English too, which the files cannot have.
    public func label(in languages: [LanguageTag]) -> Label {
        wording.label(in: languages) ?? Label(text: code.text, language: .english, isReviewed: false)
    }

    /// Whether somebody who speaks the language has confirmed the label in it.
    public func isReviewed(_ language: LanguageTag) -> Bool { wording.isReviewed(language) }
}
