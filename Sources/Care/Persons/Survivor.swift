public import Directory

/// Who she is: the identity compartment of a case (D4). Nothing here is required but the country she is in: a caller may
/// stay anonymous and still get options (C2). There is no address, no birth date, no religion and no ethnicity.
public struct Survivor: Hashable, Sendable {
    /// Only if she wants it on file.
    public let name: String?
    /// What she wants to be called.
    public let alias: String?
    /// Nil: not asked or not known.
    public let age: Age?
    /// The number of a paper of hers, only where a need depends on it; nil: not asked.
    public let identityNumber: String?
    /// As she states it.
    public let gender: Gender?
    /// The one she prefers first.
    public let languages: [LanguageTag]
    /// Nil: not asked.
    public let needsInterpreter: Bool?
    /// Where she is now.
    public let currentCountry: CountryCode
    /// The area she is in, in words; not an address.
    public let area: String?
    /// Nil: not asked; asked only where a legal need depends on it.
    public let nationality: CountryCode?
    /// What she needs to reach and use a service.
    public let accessibility: Set<AccessFeature>

    /// Who she is, as far as she says.
    ///
    /// - Throws: `CareError.invalid` naming a text that is too long or empty, or too many entries.
    public init(
        currentCountry: CountryCode,
        name: String? = nil,
        alias: String? = nil,
        identityNumber: String? = nil,
        age: Age? = nil,
        gender: Gender? = nil,
        languages: [LanguageTag] = [],
        needsInterpreter: Bool? = nil,
        area: String? = nil,
        nationality: CountryCode? = nil,
        accessibility: Set<AccessFeature> = []
    ) throws(CareError) {
        self.name = try Limits.optionalText(name, "survivor.name", atMost: Limits.name)
        self.alias = try Limits.optionalText(alias, "survivor.alias", atMost: Limits.name)
        self.identityNumber = try Limits.optionalText(
            identityNumber,
            "survivor.identity_number",
            atMost: Limits.identityNumber
        )
        self.age = age
        self.gender = gender
        try Limits.count(languages.count, "survivor.languages", atMost: Limits.fewEntries)
        guard Set(languages).count == languages.count else {
            throw .invalid(field: "survivor.languages", write: "each language once")
        }
        self.languages = languages
        self.needsInterpreter = needsInterpreter
        self.currentCountry = currentCountry
        self.area = try Limits.optionalText(area, "survivor.area", atMost: Limits.area)
        self.nationality = nationality
        try Limits.slugs(accessibility, "survivor.accessibility")
        self.accessibility = accessibility
    }

    /// Whether she is treated as a child: under 18, or of an age nobody has established (T1).
    public var isChild: Bool { age?.isChild ?? true }
}

extension Survivor: Codable {
    private enum CodingKeys: String, CodingKey {
        case name
        case alias
        case identityNumber = "identity_number"
        case age
        case gender
        case languages
        case needsInterpreter = "needs_interpreter"
        case currentCountry = "current_country"
        case area
        case nationality
        case accessibility
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            currentCountry: stored.code(.currentCountry),
            name: stored.decodeIfPresent(String.self, forKey: .name),
            alias: stored.decodeIfPresent(String.self, forKey: .alias),
            identityNumber: stored.decodeIfPresent(String.self, forKey: .identityNumber),
            age: stored.decodeIfPresent(Age.self, forKey: .age),
            gender: stored.optionalCode(.gender),
            languages: stored.codes(.languages),
            needsInterpreter: stored.decodeIfPresent(Bool.self, forKey: .needsInterpreter),
            area: stored.decodeIfPresent(String.self, forKey: .area),
            nationality: stored.optionalCode(.nationality),
            accessibility: stored.codeSet(.accessibility)
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encodeIfPresent(name, forKey: .name)
        try stored.encodeIfPresent(alias, forKey: .alias)
        try stored.encodeIfPresent(identityNumber, forKey: .identityNumber)
        try stored.encodeIfPresent(age, forKey: .age)
        try stored.put(optional: gender, .gender)
        try stored.put(list: languages, .languages)
        try stored.encodeIfPresent(needsInterpreter, forKey: .needsInterpreter)
        try stored.put(currentCountry, .currentCountry)
        try stored.encodeIfPresent(area, forKey: .area)
        try stored.put(optional: nationality, .nationality)
        try stored.put(set: accessibility, .accessibility)
    }
}
