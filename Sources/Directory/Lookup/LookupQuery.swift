public import Foundation

/// What somebody asks of the directory. It holds nothing that says who asks, and nobody stores it: the organisations to
/// avoid are as telling as a name (DECISIONS 3).
public struct LookupQuery: Sendable, CustomStringConvertible {
    /// Where she is.
    public let country: CountryCode
    /// The service types, the most pressing first.
    public let needs: [ServiceCode]
    /// Whole years; nil when not said.
    public let age: Int?
    /// As she states it; nil when not said.
    public let gender: Gender?
    /// The languages she speaks; empty when not said.
    public let languages: [LanguageTag]
    /// How she wants to be in touch; nil when not said.
    public let mode: ContactMode?
    /// Organisations that are left out without a word.
    public let avoidOrganizations: Set<OrganizationID>
    /// Places that are left out without a word.
    public let avoidPlaces: Set<PlaceID>
    /// The moment for which "open now" is answered.
    public let date: Date

    /// A question; what is not said is nil or empty.
    public init(
        country: CountryCode,
        needs: [ServiceCode],
        age: Int? = nil,
        gender: Gender? = nil,
        languages: [LanguageTag] = [],
        mode: ContactMode? = nil,
        avoidOrganizations: Set<OrganizationID> = [],
        avoidPlaces: Set<PlaceID> = [],
        at date: Date
    ) {
        self.country = country
        self.needs = needs
        self.age = age
        self.gender = gender
        self.languages = languages
        self.mode = mode
        self.avoidOrganizations = avoidOrganizations
        self.avoidPlaces = avoidPlaces
        self.date = date
    }

    /// Country and needs alone, so that no log line carries the rest.
    public var description: String { "\(country): \(needs.map(\.text).joined(separator: " "))" }
}
