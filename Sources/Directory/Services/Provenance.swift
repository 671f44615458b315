/// Where a fact comes from and how far it is to be trusted.
public struct Provenance: Hashable, Sendable {
    /// How strong the source is (DECISIONS 2).
    public enum Confidence: String, Sendable, CaseIterable, Comparable {
        case low
        case medium
        case high

        private var rank: Int {
            switch self {
            case .low: 0
            case .medium: 1
            case .high: 2
            }
        }

        /// The weaker first.
        public static func < (left: Confidence, right: Confidence) -> Bool { left.rank < right.rank }
    }

    /// Address or title of the source, as text to show.
    public let source: String
    /// The date printed in or attached to the source as the source gives it: `2023`, `2023-04` or `2023-04-17`; nil when
    /// it is undated.
    public let sourceDate: String?
    /// How far to trust it.
    public let confidence: Confidence
    /// Sources that disagree, each a sentence to show.
    public let conflicts: [String]
    /// What an editor has to look up before the entry is relied on, each a sentence to show.
    public let checks: [String]
    /// Further sources that give the same, each as text to show.
    public let alsoIn: [String]

    /// A source, undated unless it prints a date.
    public init(
        source: String,
        sourceDate: String?,
        confidence: Confidence,
        conflicts: [String] = [],
        checks: [String] = [],
        alsoIn: [String] = []
    ) {
        self.source = source
        self.sourceDate = sourceDate
        self.confidence = confidence
        self.conflicts = conflicts
        self.checks = checks
        self.alsoIn = alsoIn
    }
}

/// That a person confirmed an entry. "Updated" is not "verified" (F10).
public struct Verification: Hashable, Sendable {
    /// How somebody confirmed it.
    public enum Method: String, Sendable, CaseIterable {
        case called
        case wrote
        case visited
    }

    /// The day, `YYYY-MM-DD`.
    public let on: CalendarDay
    /// Who: an organisation or role, never a private person's name.
    public let by: String
    /// How; nil when not stated.
    public let method: Method?

    /// A confirmation on a day.
    public init(on: CalendarDay, by: String, method: Method?) {
        self.on = on
        self.by = by
        self.method = method
    }
}
