/// How an age is known (T1).
public enum AgeBasis: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case documented
    case stated
    case estimated
}

/// The age of a survivor: whole years where they are known, else the band alone. An estimated age of 18 or more is an age
/// in doubt: she is treated as a child until it is stated or documented (T1).
public struct Age: Hashable, Sendable {
    /// Nil when only the band is known.
    public let years: Int?
    /// The band it falls in.
    public let band: AgeBand
    /// How it is known.
    public let basis: AgeBasis

    /// An age in whole years, 0...120.
    ///
    /// - Throws: `CareError.invalid` outside that range.
    public init(years: Int, basis: AgeBasis) throws(CareError) {
        guard let band = AgeBand(years: years) else {
            throw .invalid(field: "age", write: "whole years from 0 to \(Limits.oldestAge)")
        }
        self.years = years
        self.band = band
        self.basis = basis
    }

    /// An age of which only the band is known.
    public init(band: AgeBand, basis: AgeBasis) {
        self.years = nil
        self.band = band
        self.basis = basis
    }

    /// Under 18, or not known well enough to say otherwise (T1).
    public var isChild: Bool { band.isChild || basis == .estimated }

    /// The youngest that she may be: what consent rules are asked with. Of a band its lowest year; an adult age in doubt
    /// counts as 17.
    public var youngestYears: Int {
        let years = years ?? band.years.lowerBound
        return basis == .estimated ? min(years, 17) : years
    }
}

extension Age: Codable {
    private enum CodingKeys: String, CodingKey {
        case years
        case band
        case basis
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        if let years = try stored.decodeIfPresent(Int.self, forKey: .years) {
            try self.init(years: years, basis: stored.code(.basis))
        } else {
            try self.init(band: stored.decode(AgeBand.self, forKey: .band), basis: stored.code(.basis))
        }
    }

    /// Writes the stored form: years where they are known, else the band.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        if let years { try stored.encode(years, forKey: .years) } else { try stored.encode(band, forKey: .band) }
        try stored.put(basis, .basis)
    }
}
