/// A place on the web that leads on when a country has nothing, or when an entry fails.
public struct WorldwideFallback: Hashable, Sendable {
    /// Which needs it can help with.
    public enum Scope: Hashable, Sendable {
        /// Every type of a sector.
        case sector(Sector)
        /// One type.
        case type(ServiceCode)

        /// Whether the scope holds a type.
        public func includes(_ code: ServiceCode) -> Bool {
            switch self {
            case .sector(let sector): code.sector == sector
            case .type(let type): code == type
            }
        }
    }

    /// What it is called.
    public let name: String
    /// Its address.
    public let contact: Contact
    /// What it leads to, in a few words.
    public let reaches: Wording
    /// The needs it can help with.
    public let scopes: [Scope]
    /// Where the entry comes from.
    public let source: String
    /// When the source was read, as far as known.
    public let sourceDate: String?

    /// A place that leads on.
    public init(
        name: String,
        contact: Contact,
        reaches: Wording,
        scopes: [Scope],
        source: String,
        sourceDate: String?
    ) {
        self.name = name
        self.contact = contact
        self.reaches = reaches
        self.scopes = scopes
        self.source = source
        self.sourceDate = sourceDate
    }

    /// What it leads to, in the first of the languages that there are words in, else in English; its name stands in for
    /// words that are missing in English too, which the files cannot have.
    public func reaches(in languages: [LanguageTag]) -> Label {
        reaches.label(in: languages) ?? Label(text: name, language: .english, isReviewed: false)
    }

    /// Whether it can help with a type.
    public func helps(with code: ServiceCode) -> Bool { scopes.contains { $0.includes(code) } }
}
