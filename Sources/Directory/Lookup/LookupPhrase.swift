/// What a look-up says beside the facts of the directory, wherever it is shown.
public enum LookupPhrase: String, Sendable, CaseIterable {
    /// Nothing is listed for a need.
    case nothing = "NOTHING"
    /// So many services are listed for a need.
    case services = "SERVICES"
    /// So many are listed, and none with a number or an address.
    case servicesWithoutNumber = "SERVICES_WITHOUT_NUMBER"
    case verifiedBy = "VERIFIED_BY"
    case notVerified = "NOT_VERIFIED"
    // The steps of the ladder, nearest help first.
    case nearby = "NEARBY"
    case sameSector = "SAME_SECTOR"
    case childLines = "CHILD_LINES"
    case crisisLines = "CRISIS_LINES"
    case worldwide = "WORLDWIDE"
    /// Followed by what is not shown.
    case notShown = "NOT_SHOWN"
    /// What stands between remarks in one line.
    case separator = "SEPARATOR"

    /// The phrase with the values that it takes.
    public var phrase: Phrase {
        let key = "lookup.\(rawValue)"
        return switch self {
        case .nothing: Phrase(key, "need", "place")
        case .services, .servicesWithoutNumber: Phrase(key, "need", "place", counting: "count")
        case .verifiedBy: Phrase(key, "day", "by")
        case .nearby: Phrase(key, "need", "near")
        case .sameSector: Phrase(key, "need", "sector")
        case .notShown: Phrase(key, "reasons")
        case .separator, .notVerified, .childLines, .crisisLines, .worldwide: Phrase(key)
        }
    }
}

extension LookupReason {
    /// What speaks for a service, in words.
    public var phrase: Phrase { Phrase("lookup_why.\(rawValue)") }
}

extension LookupFlag {
    /// What to mind, in words. A match that raises the same flag says the same.
    public var phrase: Phrase { Phrase("flags.\(rawValue)") }
}

extension WithheldReason {
    /// How many entries are not shown for this reason, in words.
    public var phrase: Phrase { Phrase("withheld.\(rawValue)", counting: "count") }
}

extension LookupAnswer {
    /// Everything that a look-up can say.
    public static var phrases: [Phrase] {
        LookupPhrase.allCases.map(\.phrase) + LookupReason.allCases.map(\.phrase) + LookupFlag.allCases.map(\.phrase)
            + WithheldReason.allCases.map(\.phrase)
    }

    /// Whether a native speaker has confirmed all words of the answer: those of the messages, the names of service types and
    /// sectors, and what the places on the web lead to.
    public func isReviewed(of taxonomy: Taxonomy, in phrases: Phrases) -> Bool {
        let reader = [phrases.language]
        let types = needs.map { taxonomy.label(of: $0, in: reader) }
        let steps = fallbacks.flatMap { $0.steps.flatMap { $0.labels(of: taxonomy, in: reader) } }
        return phrases.isReviewed && (types + steps).allSatisfy(\.isReviewed)
    }

    /// What is not shown and why, in words; nil when everything is shown.
    public func notShown(in phrases: Phrases) -> String? {
        guard !withheld.isEmpty else { return nil }
        let reasons = withheld.sorted { $0.key < $1.key }.map { phrases.text($0.key.phrase, count: $0.value) }
        return phrases.text(
            LookupPhrase.notShown.phrase,
            ["reasons": reasons.joined(separator: phrases.text(LookupPhrase.separator.phrase))]
        )
    }
}

extension LookupFallback.Step {
    /// The services of the step; none for places on the web.
    public var services: [FoundService] {
        switch self {
        case .nearby(_, let services), .sameSector(_, let services), .childLines(let services),
            .crisisLines(let services):
            services
        case .worldwide: []
        }
    }

    /// The words of the directory that the step is told with.
    fileprivate func labels(of taxonomy: Taxonomy, in languages: [LanguageTag]) -> [Label] {
        switch self {
        case .nearby(let code, _): [taxonomy.label(of: code, in: languages)]
        case .sameSector(let sector, _): [taxonomy.label(of: sector, in: languages)]
        case .childLines, .crisisLines: []
        case .worldwide(let places): places.map { $0.reaches(in: languages) }
        }
    }

    /// What the step offers for a need, in words.
    public func sentence(for need: ServiceCode, of taxonomy: Taxonomy, in language: LanguageTag) -> Sentence {
        switch self {
        case .nearby(let code, _):
            Sentence(
                LookupPhrase.nearby.phrase,
                ["need": need.text, "near": taxonomy.name(of: code, in: [language])]
            )
        case .sameSector(let sector, _):
            Sentence(
                LookupPhrase.sameSector.phrase,
                ["need": need.text, "sector": taxonomy.label(of: sector, in: [language]).text]
            )
        case .childLines: Sentence(LookupPhrase.childLines.phrase)
        case .crisisLines: Sentence(LookupPhrase.crisisLines.phrase)
        case .worldwide: Sentence(LookupPhrase.worldwide.phrase)
        }
    }
}

extension Phrases {
    /// Who confirmed an entry and when, or that nobody has.
    public func text(_ verification: Verification?) -> String {
        guard let verification else { return text(LookupPhrase.notVerified.phrase) }
        return text(
            LookupPhrase.verifiedBy.phrase,
            ["day": verification.on.description, "by": verification.by]
        )
    }
}
