/// The emergency numbers of a country. They are always shown, low confidence included (DECISIONS 2).
public struct EmergencyLines: Hashable, Sendable {
    /// Numbers of the main source first, then those that only another source lists.
    public let lines: [EmergencyLine]
    /// A remark to read out; nil when there is none.
    public let note: String?
    /// Where the numbers come from.
    public let provenance: Provenance
    /// Nil: not verified by anyone yet.
    public let verification: Verification?

    /// Numbers of one source, with those that other sources add.
    public init(lines: [EmergencyLine], note: String?, provenance: Provenance, verification: Verification?) {
        self.lines = lines
        self.note = note
        self.provenance = provenance
        self.verification = verification
    }

    /// Whether a line has to be marked as unconfirmed: its own mark, or nobody has verified a source of low confidence.
    public func isUnconfirmed(_ line: EmergencyLine) -> Bool {
        line.isUnconfirmed || (provenance.confidence == .low && verification == nil)
    }
}

/// One emergency number.
public struct EmergencyLine: Hashable, Sendable {
    /// The number as dialled inside the country.
    public let number: String
    /// What answers: `police`, `ambulance and fire`; nil when no source says it.
    public let reaches: String?
    /// The source that lists it when the main source does not: `libphonenumber (2026-07)`.
    public let listedBy: String?
    /// A second source does not list it, or only a second source does.
    public let isUnconfirmed: Bool

    /// A number with what it reaches.
    public init(number: String, reaches: String?, listedBy: String? = nil, isUnconfirmed: Bool = false) {
        self.number = number
        self.reaches = reaches
        self.listedBy = listedBy
        self.isUnconfirmed = isUnconfirmed
    }
}
