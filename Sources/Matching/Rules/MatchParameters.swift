public import Care

/// The numbers of the matching rules that an organisation may set (M4, M7).
public struct MatchParameters: Hashable, Sendable {
    /// An entry verified longer ago than this is stale (F10).
    public var staleAfterDays: Int
    /// Upper ends of the bands of earliest start, ascending, inclusive; what starts later is in the last band.
    public var timeBandHours: [Int]
    /// Less than this between earliest start and the end of the window is tight (M7).
    public var tightWindowHours: Int
    /// Hours within which a need of that urgency is to be answered (C5).
    public var responseHours: [Urgency: Int]

    /// The given numbers; urgencies that are not named take those of ``Urgency``.
    public init(
        staleAfterDays: Int = 180,
        timeBandHours: [Int] = [6, 24, 72, 168],
        tightWindowHours: Int = 6,
        responseHours: [Urgency: Int] = [:]
    ) {
        self.staleAfterDays = staleAfterDays
        self.timeBandHours = timeBandHours.sorted()
        self.tightWindowHours = tightWindowHours
        self.responseHours = responseHours
    }

    /// The numbers of DOMAIN section 11.
    public static let standard = MatchParameters()

    /// Hours within which a need of that urgency is to be answered.
    public func responseHours(for urgency: Urgency) -> Int { responseHours[urgency] ?? urgency.responseHours }
}
