public import Directory
public import Foundation

/// A service that fails no hard rule, with what a person needs to choose.
public struct MatchedOption: Hashable, Sendable {
    /// Which one.
    public let service: ServiceID
    /// 1 for the first.
    public let rank: Int
    /// What must be known before it is called.
    public let flags: CodeSet<MatchFlag>
    /// The sum of the soft points (M5), shown beside the list.
    public let softPoints: Int
    /// When it could begin; nil where hours, mode or the way are not known, "not before" where the wait is not. For a confidential place that is open on arrival the
    /// next full hour, so that the travel time to it is not given away (F6).
    public let earliestStart: Date?
    /// The zone that the service reads its clock in; nil where no hours are stated.
    public let zone: OpeningHours.Zone?
    /// How it is used; nil when no source states it.
    public let mode: ContactMode?
    /// The code that it is listed for: the need's, or a fallback once the window is over (H4).
    public let matchedCode: ServiceCode
    /// Other needs that the same visit covers, in the order of the service's offers.
    public let coveredNeeds: [ServiceCode]
    /// Whole seconds from earliest start to the end of the window; nil without a window whose end is known, or where the
    /// start or the wait is not.
    public let secondsToSpare: Int?
    let fits: UInt16
    let isFallback: Bool
    let isOnlyOption: Bool
}
