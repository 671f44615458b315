import Foundation

extension CaseContent: Codable {
    private enum CodingKeys: String, CodingKey {
        case agency
        case team
        case lifecycle = "history"
        case assigned
        case intake
        case risk
        case needs
        case declined
        case contexts
        case wishes
        case returnChecks = "return_checks"
        case canLeaveAt = "can_leave_at"
        case currentProviders = "current_providers"
        case notes
        case consentReporting = "consent_reporting"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.agency = try stored.decode(AgencyID.self, forKey: .agency)
        self.team = try stored.decode(TeamID.self, forKey: .team)
        self.lifecycle = try stored.decode(CaseLifecycle.self, forKey: .lifecycle)
        self.assigned = try stored.decode([StaffID].self, forKey: .assigned)
        self.intake = try stored.decode(Intake.self, forKey: .intake)
        self.risk = try stored.optionalCode(.risk)
        self.needs = try stored.decode([Need].self, forKey: .needs)
        self.declined = try stored.decode([DeclinedService].self, forKey: .declined)
        self.contexts = try stored.decode([ExploitationContext].self, forKey: .contexts)
        self.wishes = try stored.decode(Wishes.self, forKey: .wishes)
        self.returnChecks = try stored.decode(ReturnChecks.self, forKey: .returnChecks)
        self.canLeaveAt = try stored.optionalMoment(.canLeaveAt)
        self.currentProviders = try stored.codeSet(.currentProviders)
        self.notes = try stored.decode([Note].self, forKey: .notes)
        self.consentReporting = try stored.code(.consentReporting)
        if !assigned.isEmpty { try Self.check(assigned) }
        guard Set(needs.map(\.id)).count == needs.count else {
            throw CareError.invalid(field: "case.needs", write: "each need once")
        }
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(agency, forKey: .agency)
        try stored.encode(team, forKey: .team)
        try stored.encode(lifecycle, forKey: .lifecycle)
        try stored.encode(assigned, forKey: .assigned)
        try stored.encode(intake, forKey: .intake)
        try stored.put(optional: risk, .risk)
        try stored.encode(needs, forKey: .needs)
        try stored.encode(declined, forKey: .declined)
        try stored.encode(contexts, forKey: .contexts)
        try stored.encode(wishes, forKey: .wishes)
        try stored.encode(returnChecks, forKey: .returnChecks)
        try stored.put(optionalMoment: canLeaveAt, .canLeaveAt)
        try stored.put(set: currentProviders, .currentProviders)
        try stored.encode(notes, forKey: .notes)
        try stored.put(consentReporting, .consentReporting)
    }
}
