public import Care

/// One way to be permitted an act: all of its conditions hold.
public struct AccessRule: Hashable, Sendable {
    /// The act it permits.
    public let act: Act
    /// Its name in the file, unique for the act.
    public let name: String
    /// All of them must hold; at least one.
    public let conditions: [Condition]
    /// What the audit entry says: `case.read:assigned`.
    public let id: String

    /// A rule as it was read; the conditions are kept in the order in which they are looked at.
    init(act: Act, name: String, conditions: [Condition]) {
        self.act = act
        self.name = name
        self.conditions = conditions.enumerated()
            .sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
            .map(\.element)
        self.id = "\(act.rawValue):\(name)"
    }

    /// The first condition that fails; nil when all hold.
    func failure(for facts: Facts) -> Condition? { conditions.first { !$0.holds(for: facts) } }

    /// The relationship it rests on; `none` where it names none.
    var relationship: Relationship {
        for case .relationship(let relationship) in conditions { return relationship }
        return .none
    }
}
