/// The fields that a file of worked cases has. A field it does not have is passed over with a note, but for one that is
/// almost a known name: a misspelt `feared_states` must not quietly list the service of a state she fears.
indirect enum FileShape: Sendable {
    case anything
    case object([String: FileShape])
    case list(FileShape)

    /// Notes on unknown fields below `node`, each with its pointer.
    func strangers(in node: JSONNode) throws(WorkedCaseProblem) -> [WorkedCaseProblem] {
        var notes: [WorkedCaseProblem] = []
        switch (self, node.content) {
        case (.object(let known), .object(let members)):
            for (key, value) in members {
                if let shape = known[key] {
                    notes += try shape.strangers(in: value)
                } else if let meant = known.keys.sorted().first(where: { Self.isAlmost(key, $0) }) {
                    throw value.problem("unknown field; write \(meant)")
                } else {
                    notes.append(value.problem("unknown field, passed over"))
                }
            }
        case (.list(let shape), .list(let items)):
            for item in items { notes += try shape.strangers(in: item) }
        default: break
        }
        return notes
    }

    /// Whether two names differ in nothing but letter case and joints, one letter, or two letters swapped.
    private static func isAlmost(_ left: String, _ right: String) -> Bool {
        let one = left.lowercased().filter { $0 != "_" && $0 != "-" }
        let other = right.lowercased().filter { $0 != "_" && $0 != "-" }
        if one == other { return true }
        let head = zip(one, other).prefix { $0 == $1 }.count
        let tail = zip(one.dropFirst(head).reversed(), other.dropFirst(head).reversed()).prefix { $0 == $1 }.count
        let left = one.dropFirst(head).dropLast(tail)
        let right = other.dropFirst(head).dropLast(tail)
        if max(left.count, right.count) <= 1 { return max(one.count, other.count) > 3 }
        return left.count == 2 && right.count == 2 && String(left.reversed()) == String(right)
    }

    private static func fields(_ names: String...) -> FileShape {
        .object(Dictionary(names.map { ($0, .anything) }, uniquingKeysWith: { first, _ in first }))
    }

    private static let wish = fields("value", "strict")

    static let caseFields: FileShape = .object([
        "now": .anything,
        "viewer_role": .anything,
        "survivor": fields(
            "age",
            "gender",
            "languages",
            "current_country",
            "nationality",
            "accessibility_needs",
            "has"
        ),
        "incident": fields("last_contact_at"),
        "need": fields("code", "urgency", "jurisdiction"),
        "other_needs": .anything,
        "life_threatening": .anything,
        "can_leave_at": .anything,
        "consent": fields("status", "given_by", "child_assent", "expires_at", "cross_border_sharing"),
        "caregiver": fields("is_alleged_perpetrator"),
        "alleged_perpetrators": .list(fields("party", "organisations", "places")),
        "feared_states": .anything,
        "avoid": fields("organisations", "places"),
        "preferences": .object(["staff_gender": wish, "max_travel_hours": wish, "mode": wish]),
        "wishes": .anything,
        "safe_contact": fields("routes"),
        "current_providers": .anything,
        "return_checks": fields("best_interests_determination", "risk_assessment", "survivor_wants_return"),
    ])

    static let serviceFields: FileShape = .object([
        "id": .anything,
        "organisation": .anything,
        "name": .anything,
        "country": .anything,
        "serves": .anything,
        "offers": .list(fields("code", "window_hours")),
        "jurisdictions": .anything,
        "ages": .anything,
        "genders": .anything,
        "languages": .anything,
        "interpreter": .anything,
        "modes": .anything,
        "hours": .object([
            "utc_offset": .anything,
            "always": .anything,
            "weekly": .list(fields("days", "open", "close")),
            "closed_dates": .anything,
        ]),
        "travel_hours": .anything,
        "lead_hours": .anything,
        "capacity": .anything,
        "status": .anything,
        "verified_on": .anything,
        "cost": .anything,
        "staff_genders": .anything,
        "accessible": .anything,
        "requires": .anything,
        "intake": .anything,
        "places": .anything,
        "linked_parties": .anything,
        "mandated_reporter": .anything,
        "child_specialised": .anything,
        "consular_of": .anything,
        "confidential_location": .anything,
        "address": .anything,
    ])

    /// A file as a whole.
    static let file: FileShape = .object([
        "format": .anything,
        "format_version": .anything,
        "about": .anything,
        "parameters": fields("stale_after_days", "time_bands_hours", "tight_window_hours"),
        "country_profiles": .anything,
        "vocabulary": .anything,
        "defaults": .object(["case": caseFields, "service": serviceFields]),
        "scenarios": .list(
            .object([
                "id": .anything,
                "group": .anything,
                "title": .anything,
                "case": caseFields,
                "services": .list(serviceFields),
                "expect": .object([
                    "outcome": .anything,
                    "referral_may_be_sent": .anything,
                    "must_gate": .anything,
                    "must_include": .anything,
                    "must_exclude": .list(fields("service", "reason")),
                    "must_rank_first": .anything,
                    "must_rank_before": .anything,
                    "must_flag": .list(fields("service", "flag")),
                    "must_not_reveal": .anything,
                    "why": .anything,
                ]),
            ])
        ),
    ])
}
