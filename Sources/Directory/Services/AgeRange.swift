/// The ages a service is for, in whole years, both bounds inclusive (M2).
public struct AgeRange: Hashable, Sendable {
    /// 0 or more.
    public let from: Int
    /// At most 120, never below ``from``.
    public let through: Int

    /// Nil when the bounds are out of 0...120 or reversed.
    public init?(from: Int, through: Int) {
        guard 0 <= from, from <= through, through <= 120 else { return nil }
        self.from = from
        self.through = through
    }

    /// Whether somebody of that age is served.
    public func contains(_ age: Int) -> Bool { from <= age && age <= through }
}
