/// The service types by code, and what their sectors are called.
public struct Taxonomy: Hashable, Sendable {
    /// In the order of the file.
    public let types: [ServiceType]
    /// What each sector is called.
    public let sectors: [Sector: Wording]
    private let byCode: [ServiceCode: ServiceType]

    /// Nil when a code stands twice.
    public init?(types: [ServiceType], sectors: [Sector: Wording] = [:]) {
        let pairs = types.map { ($0.code, $0) }
        let byCode = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        guard byCode.count == types.count else { return nil }
        self.types = types
        self.sectors = sectors
        self.byCode = byCode
    }

    /// The taxonomy of no types.
    static let empty = Taxonomy()

    private init() {
        types = []
        sectors = [:]
        byCode = [:]
    }

    /// The type of a code; nil when the taxonomy does not know it.
    public func type(_ code: ServiceCode) -> ServiceType? { byCode[code] }

    /// What a sector is called in the first of the languages that there is a label for, else in English; its code stands
    /// in for a label that is missing in English too, which the files cannot have.
    public func label(of sector: Sector, in languages: [LanguageTag]) -> Label {
        sectors[sector]?.label(in: languages) ?? Label(text: sector.rawValue, language: .english, isReviewed: false)
    }
}
