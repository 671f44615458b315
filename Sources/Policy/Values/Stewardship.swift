import DataFiles
public import Directory

/// Where a value of a policy file comes from and who answers for it (H1).
public struct Stewardship: Hashable, Sendable {
    /// The source, in words or as an address.
    public let source: String
    /// Who in the organisation answers for the value; nil where the place is still open.
    public let owner: String?
    /// The day the owner last read it against its source; nil where nobody has.
    public let reviewedOn: CalendarDay?

    static let keys = ["source", "owner", "reviewed_on"]

    /// Nil with a problem when there is no source.
    init?(reading map: DataMap, _ problems: inout [DataProblem]) {
        let owner = map.openText("owner", &problems)
        let reviewedOn = map.openDay("reviewed_on", &problems)
        guard let source = map.requiredText("source", &problems) else { return nil }
        self.source = source.text
        self.owner = owner?.text
        self.reviewedOn = reviewedOn
    }
}
