/// A service type of the taxonomy (`Directory/taxonomy.yaml`), for example `PSY-CRISIS`. A value of this type is well
/// formed; whether the taxonomy knows it is asked of ``Taxonomy``.
public struct ServiceCode: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Sector prefix, hyphen, leaf: `MED-HIVPEP`.
    public let text: String

    /// Reads a code; lower case is accepted. Nil when the text is not a known sector prefix, a hyphen and a leaf.
    public init?(_ text: String) {
        let upper = text.uppercased()
        let parts = upper.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, Sector(rawValue: String(parts[0])) != nil, (2...10).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({ (0x41...0x5A).contains($0) })
        else { return nil }
        self.text = upper
    }

    /// The first level of the taxonomy.
    public var sector: Sector { Sector(rawValue: String(text.prefix(3))) ?? .social }

    /// ``text``.
    public var description: String { text }

    /// By text.
    public static func < (left: ServiceCode, right: ServiceCode) -> Bool { left.text < right.text }
}

/// The four sectors of the taxonomy (DOMAIN section 7).
public enum Sector: String, Sendable, CaseIterable {
    case medical = "MED"
    case psychosocial = "PSY"
    case legal = "LEG"
    case social = "SOC"
}
