public import Care

/// The numbers of the matching rules that an organisation may set (M4, M7).
public struct MatchParameters: Hashable, Sendable {
    /// An entry verified longer ago than this is stale (F10).
    public var staleAfterDays: Int
    /// Upper ends of the bands of earliest start, ascending, inclusive; what starts later is in the last band.
    public var timeBandHours: [Int]
    /// Less than this between earliest start and the end of the window is tight (M7).
    public var tightWindowHours: Int
    /// Hours within which a need is to be answered (C5).
    public var responseTimes: ResponseTimes

    /// The given response times, and the numbers of DOMAIN section 11 unless others are given.
    public init(
        responseTimes: ResponseTimes,
        staleAfterDays: Int = 180,
        timeBandHours: [Int] = [6, 24, 72, 168],
        tightWindowHours: Int = 6
    ) {
        self.staleAfterDays = staleAfterDays
        self.timeBandHours = timeBandHours.sorted()
        self.tightWindowHours = tightWindowHours
        self.responseTimes = responseTimes
    }
}
