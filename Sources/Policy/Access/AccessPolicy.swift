public import Care

/// Who may do what: for each act the rules that permit it. What no rule permits is refused.
public struct AccessPolicy: Hashable, Sendable {
    /// Every rule, in the order of acts and of the file.
    public let rules: [AccessRule]
    private let byAct: [Act: [AccessRule]]

    /// Rules that have passed the loader.
    init(rules: [AccessRule]) {
        self.rules = rules
        self.byAct = Dictionary(grouping: rules, by: \.act)
    }

    /// The rules that permit an act; empty where nobody may do it.
    public func rules(for act: Act) -> [AccessRule] { byAct[act] ?? [] }

    /// Decides: barred persons first, then persons who are not signed in, then the rules in their order.
    public func decide(_ facts: Facts) -> Decision {
        if facts.isBarred { return .denied(refusal(.barred, facts)) }
        if !facts.isSignedIn, !Safeguards.sessionless.contains(facts.act) {
            return .denied(refusal(.notSignedIn, facts))
        }
        var nearest: Condition?
        for rule in rules(for: facts.act) {
            guard let failure = rule.failure(for: facts) else {
                return .permitted(Grant(act: facts.act, rule: rule.id, relationship: relationship(rule, facts)))
            }
            if nearest.map({ $0.order < failure.order }) ?? true { nearest = failure }
        }
        return .denied(refusal(nearest?.refusal ?? .noRule, facts))
    }

    private func refusal(_ code: Refusal.Code, _ facts: Facts) -> Refusal {
        Refusal(act: facts.act, code: code, relationship: nearest(facts.relationships))
    }

    private func relationship(_ rule: AccessRule, _ facts: Facts) -> Relationship {
        rule.relationship == .none ? nearest(facts.relationships) : rule.relationship
    }

    /// The nearest relationship, in the order in which ``Relationship`` lists them.
    private func nearest(_ held: Set<Relationship>) -> Relationship {
        Relationship.allCases.first(where: held.contains) ?? .none
    }
}
