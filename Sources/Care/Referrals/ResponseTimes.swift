/// Hours within which a receiver answers, by urgency (C5). The values are data: Policy reads them from
/// `Policies/risk.yaml`.
public struct ResponseTimes: Hashable, Sendable {
    /// Hours for an emergency.
    public let emergency: Int
    /// Hours for what is urgent, no fewer than for an emergency.
    public let urgent: Int
    /// Hours for the routine, no fewer than for what is urgent.
    public let routine: Int

    /// The hours of each urgency.
    ///
    /// - Throws: `CareError.invalid` when one is not 1...8,760, or when what is more urgent may wait longer.
    public init(emergency: Int, urgent: Int, routine: Int) throws(CareError) {
        for (name, hours) in [("emergency", emergency), ("urgent", urgent), ("routine", routine)] {
            guard Limits.responseHours.contains(hours) else {
                throw .invalid(field: name, write: "whole hours from 1 to \(Limits.responseHours.upperBound)")
            }
        }
        guard emergency <= urgent, urgent <= routine else {
            throw .invalid(field: "urgent", write: "no more hours than for what is less urgent")
        }
        self.emergency = emergency
        self.urgent = urgent
        self.routine = routine
    }

    /// Hours within which what is that urgent is answered.
    public func hours(for urgency: Urgency) -> Int {
        switch urgency {
        case .emergency: emergency
        case .urgent: urgent
        case .routine: routine
        }
    }
}
