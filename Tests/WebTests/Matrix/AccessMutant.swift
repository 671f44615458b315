import Care
import Testing

@testable import Policy

/// One change of the rules that ship, and the cells of the published page that must turn red with it.
struct AccessMutant: Sendable {
    typealias Cell = PublishedMatrix.Cell

    let act: Act
    /// What was changed, for a failure to say.
    let change: String
    /// The rules of the act after the change.
    let rules: [AccessRule]
    /// The cells that the change touches; each is another one under these rules.
    let cells: [Cell]

    /// All changes of one kind, and how many of them no file may hold, because the loader refuses them.
    struct Kind: Sendable {
        let name: String
        var mutants: [AccessMutant] = []
        var refusedByTheLoader = 0
        var ofActsWithoutAddress = 0
    }

    /// Each line taken away.
    static func removed(_ policy: AccessPolicy, _ page: PublishedMatrix) -> Kind {
        var kind = Kind(name: "lines taken away")
        for rule in policy.rules {
            kind.add(rule.act, "without \(rule.id)", policy.rules(for: rule.act).filter { $0 != rule }, page) { cell in
                cell.isPermitted(by: rule)
            }
        }
        return kind
    }

    /// Each purpose made another: nobody comes for that one.
    static func redirected(_ policy: AccessPolicy, _ page: PublishedMatrix) -> Kind {
        var kind = Kind(name: "purposes made others")
        for rule in policy.rules {
            for case .purpose(let purpose) in rule.conditions {
                let other = Purpose.directoryCare
                guard purpose != other else { continue }
                let conditions = rule.conditions.map { $0 == .purpose(purpose) ? .purpose(other) : $0 }
                let changed = AccessRule(act: rule.act, name: rule.name, conditions: conditions)
                let rules = policy.rules(for: rule.act).map { $0 == rule ? changed : $0 }
                kind.add(rule.act, "\(rule.id) for \(other.rawValue)", rules, page) { $0.isPermitted(by: rule) }
            }
        }
        return kind
    }

    /// Each condition dropped. Not the purposes: a route states one, so who drops a purpose changes no answer; that
    /// another purpose is refused is for `PolicyDataTests`.
    static func loosened(_ policy: AccessPolicy, _ page: PublishedMatrix) -> Kind {
        var kind = Kind(name: "conditions dropped")
        for rule in policy.rules where rule.conditions.count > 1 {
            for condition in rule.conditions {
                if case .purpose = condition { continue }
                let conditions = rule.conditions.filter { $0 != condition }
                let changed = AccessRule(act: rule.act, name: rule.name, conditions: conditions)
                let rules = policy.rules(for: rule.act).map { $0 == rule ? changed : $0 }
                kind.add(rule.act, "\(rule.id) without \(condition.code)", rules, page, new: changed) { cell in
                    cell.isDenied && cell.role.map { rule.conditions.contains(.role($0)) } == true
                }
            }
        }
        return kind
    }

    /// Each role let into each act from each relationship from which it is refused, on the other conditions of the act.
    static func widened(_ policy: AccessPolicy, _ page: PublishedMatrix) -> Kind {
        var kind = Kind(name: "permissions added")
        for act in Act.allCases {
            let rules = policy.rules(for: act)
            guard
                !rules.contains(where: { rule in
                    [.anyone, .signedIn].contains { rule.conditions.contains($0) }
                        || rule.conditions == [.sessionConfirmed]
                })
            else {
                continue
            }
            let others = (rules.first?.conditions ?? []).filter { condition in
                switch condition {
                case .role, .relationship: false
                default: true
                }
            }
            let isBound = rules.contains { $0.relationship != .none }
            let relationships = isBound ? Relationship.allCases.filter { $0 != .none } : [.none]
            for role in Role.allCases {
                for relationship in relationships {
                    let bond: [Condition] = relationship == .none ? [] : [.relationship(relationship)]
                    let added = AccessRule(act: act, name: "mutant", conditions: [.role(role)] + bond + others)
                    let change = "\(act.rawValue) for \(role.rawValue) as \(relationship.rawValue)"
                    kind.add(act, change, rules + [added], page, new: added) { cell in
                        let stands =
                            relationship == .none || page.relationships(of: cell).contains(relationship.rawValue)
                        // The agency stays a condition of the act: from another one nobody is let in by such a line.
                        let isForeign = others.contains(.sameAgency) && cell.rule == "other_agency"
                        return cell.isDenied && cell.role == role && stands && !isForeign
                            && cell.isOfTheFirstState(page)
                    }
                }
            }
        }
        return kind
    }
}

extension AccessMutant.Kind {
    fileprivate mutating func add(
        _ act: Act,
        _ change: String,
        _ rules: [AccessRule],
        _ page: PublishedMatrix,
        new rule: AccessRule? = nil,
        touching: (PublishedMatrix.Cell) -> Bool
    ) {
        if page.withoutAddress[act.rawValue] != nil {
            ofActsWithoutAddress += 1
            return
        }
        if let rule, !Safeguards.faults(of: rule).isEmpty {
            refusedByTheLoader += 1
            return
        }
        let cells = page.cells.filter { $0.section.act == act.rawValue && $0.role != nil && touching($0) }
        // A permission from a place in which nobody stands, or who stands there may do it already, is no change.
        guard rule == nil || !cells.isEmpty else { return }
        mutants.append(AccessMutant(act: act, change: change, rules: rules, cells: cells))
    }
}

extension PublishedMatrix.Cell {
    fileprivate var isDenied: Bool { (status == 403 || status == 404) && rule != "barred" }

    fileprivate func isPermitted(by rule: AccessRule) -> Bool {
        status < 400 && self.rule == rule.name && section.act == rule.act.rawValue
    }

    /// Whether this is the state of the act's first table, which the act's first rule lets through.
    fileprivate func isOfTheFirstState(_ page: PublishedMatrix) -> Bool {
        guard section.act == Act.openPacket.rawValue else {
            return page.sections.first { $0.act == section.act && $0.route == section.route }?.state == section.state
        }
        return section.state == "accepted"
    }
}
