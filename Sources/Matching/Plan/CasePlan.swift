/// A whole case matched: its open needs, the bundle that recent sexual violence asks for, and the visits that cover most of
/// it in time, so that she is examined and asked once (H8). Services that are in conflict with the case are in it for
/// nobody.
public struct CasePlan: Hashable, Sendable {
    /// The bundle was started: some needs are time-critical.
    public let isBundle: Bool
    /// A need runs against a clock that nobody knows the start of (H3).
    public internal(set) var isTimeUnknown: Bool
    /// The time-critical needs first, in the order of the rules; then the others by code.
    public internal(set) var needs: [PlannedNeed]
    /// The best first.
    public internal(set) var visits: [PlannedVisit]
    /// Ranks of the fewest visits found that cover all that can be covered: the best, then the best for what it leaves, and
    /// so on. From the second on the start counts from where she is now.
    public let proposed: [Int]
    /// Places in ``needs`` of what no visit covers, needs that a gate blocks or that are over left out.
    public let unmet: [Int]

    /// What `viewer` may see: outside the case no time that is left and no reason is told.
    public func answer(for viewer: Viewer) -> CasePlan {
        guard viewer == .outsideTheCase else { return self }
        var plan = self
        plan.isTimeUnknown = false
        for place in plan.needs.indices { plan.needs[place].clock = .untold }
        for place in plan.visits.indices {
            plan.visits[place].misses = []
            for cover in plan.visits[place].covers.indices {
                plan.visits[place].covers[cover].secondsToSpare = nil
                plan.visits[place].covers[cover].isTight = false
            }
        }
        return plan
    }
}
