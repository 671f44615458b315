public import Directory

/// What a match has to know about the person: no name, no address, no account of what happened (T3). Nil means "not
/// known", as with an anonymous caller; an unknown fact never excludes a service, it flags.
public struct SurvivorFacts: Hashable, Sendable {
    /// Whole years, 0...120.
    public var age: Int?
    /// As she states it.
    public var gender: Gender?
    /// Those she can be helped in.
    public var languages: [LanguageTag]?
    /// Where she is now: care follows it (M9), and so do the ages and windows of ``CountryProfile``.
    public var currentCountry: CountryCode
    /// Every feature of access she cannot do without.
    public var accessibilityNeeds: Set<AccessFeature>
    /// What she has and is willing to use.
    public var has: Set<Prerequisite>

    /// Facts of a person of whom only the given is known.
    public init(
        age: Int?,
        gender: Gender?,
        languages: [LanguageTag]?,
        currentCountry: CountryCode,
        accessibilityNeeds: Set<AccessFeature> = [],
        has: Set<Prerequisite> = []
    ) {
        self.age = age
        self.gender = gender
        self.languages = languages
        self.currentCountry = currentCountry
        self.accessibilityNeeds = accessibilityNeeds
        self.has = has
    }
}
