/// A service type of the taxonomy: what is needed, not who gives it (DOMAIN section 7).
public struct ServiceType: Hashable, Sendable {
    /// `MED-HIVPEP`; never given to another type once used.
    public let code: ServiceCode
    /// Label by language; `en` is always there.
    public let labels: [LanguageTag: String]
    /// One sentence that says what it covers.
    public let definition: String
    /// Hours from the last exposure after which it is no longer given; nil when there is no cut-off (H1).
    public let windowHours: Int?
    /// Hours within which it works best; a wish, never a cut-off.
    public let idealHours: Int?
    /// What to offer when the window is over (H4).
    public let fallback: [ServiceCode]
    /// What a look-up shows where nobody in a country is known for this type, nearest first.
    public let nearest: [ServiceCode]
    /// What other systems call it, by system (`gbvims`, `open_eligibility`, `fhir`).
    public let mappings: [String: String]

    /// A type with its window and what to offer when that is over.
    public init(
        code: ServiceCode,
        labels: [LanguageTag: String],
        definition: String,
        windowHours: Int?,
        idealHours: Int?,
        fallback: [ServiceCode],
        nearest: [ServiceCode] = [],
        mappings: [String: String] = [:]
    ) {
        self.code = code
        self.labels = labels
        self.definition = definition
        self.windowHours = windowHours
        self.idealHours = idealHours
        self.fallback = fallback
        self.nearest = nearest
        self.mappings = mappings
    }
}

/// The service types by code.
public struct Taxonomy: Hashable, Sendable {
    /// In the order of the file.
    public let types: [ServiceType]
    private let byCode: [ServiceCode: ServiceType]

    /// Nil when a code stands twice.
    public init?(types: [ServiceType]) {
        let pairs = types.map { ($0.code, $0) }
        let byCode = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        guard byCode.count == types.count else { return nil }
        self.types = types
        self.byCode = byCode
    }

    /// The taxonomy of no types.
    static let empty = Taxonomy()

    private init() {
        types = []
        byCode = [:]
    }

    /// The type of a code; nil when the taxonomy does not know it.
    public func type(_ code: ServiceCode) -> ServiceType? { byCode[code] }
}
