import Directory

/// What is decided about a service before any of it is taken.
struct Judgement {
    /// Why somebody has to look at a row before it may be taken.
    enum Concern: String, Sendable, CaseIterable, Comparable {
        case shelterWithAddress = "shelter_with_address"
        case confidentialWord = "confidential_word"
        case personInText = "person_in_text"
        case privateEmailInText = "private_email_in_text"
        case contradictoryTranslations = "contradictory_translations"
        case unknownStatus = "unknown_status"
        case duplicateID = "duplicate_id"
        case orphan

        static func < (left: Concern, right: Concern) -> Bool { left.rawValue < right.rawValue }
    }

    /// Why a row cannot be taken at all.
    enum Refusal: String, Sendable, CaseIterable {
        case noName = "no_name"
        case otherCountry = "other_country"
    }

    private(set) var concerns: Set<Concern> = []
    private(set) var refusal: Refusal?
    /// A place that people are hidden in, by its name or its terms or its description.
    let isShelter: Bool

    init(
        service: JSONObject,
        organization: JSONObject?,
        rules: ImportRules,
        persons: PersonSigns,
        fault: Harvest.Fault?
    ) {
        isShelter = Self.isShelter(service, organization)
        if service.text("name") == nil { refusal = .noName }
        let countries = Places.countries(of: service)
        if !countries.isEmpty, !countries.contains(where: { Self.isSame($0, rules.country) }) {
            refusal = .otherCountry
        }
        if fault == .duplicateID { concerns.insert(.duplicateID) }
        if organization == nil { concerns.insert(.orphan) }
        if Self.status(of: service, rules) == nil { concerns.insert(.unknownStatus) }
        let isPlaced = Places.isPlaced(service)
        if isShelter, isPlaced { concerns.insert(.shelterWithAddress) }
        if FreeText.all(of: .object(service)).contains(where: { FoldedText($0).contains(Signs.confidential) }) {
            concerns.insert(.confidentialWord)
        }
        if isPlaced, let organization, Self.asksForSecrecy(organization) { concerns.insert(.confidentialWord) }
        concerns.formUnion(Self.persons(in: service, persons))
        if TranslationSigns.contradict(service) { concerns.insert(.contradictoryTranslations) }
    }

    /// Which persons the texts of a record name, as concerns.
    static func persons(in record: JSONObject, _ signs: PersonSigns) -> Set<Concern> {
        var concerns: Set<Concern> = []
        for text in FreeText.withoutNames(of: .object(record)) {
            if signs.names(in: text, folded: FoldedText(text)) { concerns.insert(.personInText) }
            if PersonSigns.privateEmail(in: text) { concerns.insert(.privateEmailInText) }
        }
        return concerns
    }

    /// Whether a text of an organisation asks that something stays secret.
    static func asksForSecrecy(_ organization: JSONObject) -> Bool {
        FreeText.all(of: .object(organization)).contains { FoldedText($0).contains(Signs.confidential) }
    }

    /// The status that a source states in a word that is known, or that the rules of the source translate; nil for any
    /// other, which is never taken for active (DECISIONS 1).
    static func status(of service: JSONObject, _ rules: ImportRules) -> ServiceStatus? {
        guard let word = service.text("status")?.lowercased() else { return nil }
        let stated = rules.status[word] ?? word
        return ServiceStatus(rawValue: stated.split(separator: " ").joined(separator: "_"))
    }

    private static func isShelter(_ service: JSONObject, _ organization: JSONObject?) -> Bool {
        var names = [service.text("name"), service.text("alternate_name"), organization?.text("name")]
        names += EntryDraft.terms(of: service).map { $0.text("name") }
        names.append(service["program"]?.object?.text("name"))
        names += service.objects("service_at_locations").compactMap { $0["location"]?.object }.flatMap {
            [$0.text("name"), $0.text("alternate_name")]
        }
        for name in names.compactMap(\.self) {
            let folded = FoldedText(name)
            if folded.contains(Signs.shelterInName), !folded.contains(Signs.notForPeople) { return true }
        }
        let texts = ["description", "application_process", "keywords", "audience", "eligibility_description"]
        return texts.compactMap { service.text($0) }.contains { text in
            let folded = FoldedText(text)
            return folded.contains(Signs.shelterInText) && !folded.contains(Signs.notForPeople)
        }
    }

    /// Whether a country as a source writes it is the one; a name or a code of three letters is not held against it.
    private static func isSame(_ text: String, _ country: CountryCode) -> Bool {
        text.utf8.count != 2 || text == country.text || (text == "UK" && country.text == "GB")
    }
}
