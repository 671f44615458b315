/// What a look-up found for one need, in numbers.
public struct LookupStatement: Hashable, Sendable {
    /// The need.
    public let need: ServiceCode
    /// How many services are listed for it.
    public let listed: Int
    /// How many of those have a number or an address.
    public let reachable: Int

    init(of need: ServiceCode, in services: [FoundService]) {
        self.need = need
        let covering = services.filter { $0.covers.contains(need) }
        listed = covering.count
        reachable = covering.filter { !$0.service.contacts.isEmpty }.count
    }

    /// The statement in words, the need and the country named as a reader of that language knows them.
    public func sentence(in country: Country, of taxonomy: Taxonomy, for language: LanguageTag) -> Sentence {
        let values = [
            "need": taxonomy.name(of: need, in: [language]), "place": "\(country.name) (\(country.code))",
        ]
        switch (reachable, listed) {
        case (0, 0): return Sentence(LookupPhrase.nothing.phrase, values)
        case (0, _): return Sentence(LookupPhrase.servicesWithoutNumber.phrase, values, count: listed)
        default: return Sentence(LookupPhrase.services.phrase, values, count: reachable)
        }
    }
}

extension Taxonomy {
    /// A type by its code and label, `PSY-CRISIS (Crisis support)`; the code alone when the taxonomy does not know it.
    public func name(of code: ServiceCode, in languages: [LanguageTag]) -> String {
        type(code) == nil ? code.text : "\(code) (\(label(of: code, in: languages)))"
    }

    /// What a type is called in the first of the languages that there is a label for, else in English; its code when the
    /// taxonomy does not know it.
    func label(of code: ServiceCode, in languages: [LanguageTag]) -> Label {
        type(code)?.label(in: languages) ?? Label(text: code.text, language: .english, isReviewed: true)
    }
}
