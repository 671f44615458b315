import Foundation

extension CaseRouting.NeedFact: Codable {
    private enum CodingKeys: String, CodingKey {
        case id
        case code
        case urgency
        case outcome
        case windowEndsAt = "window_ends_at"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.id = try stored.decode(NeedID.self, forKey: .id)
        self.code = try stored.code(.code)
        self.urgency = try stored.code(.urgency)
        self.outcome = try stored.optionalCode(.outcome)
        self.windowEndsAt = try stored.optionalMoment(.windowEndsAt)
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(id, forKey: .id)
        try stored.put(code, .code)
        try stored.put(urgency, .urgency)
        try stored.put(optional: outcome, .outcome)
        try stored.put(optionalMoment: windowEndsAt, .windowEndsAt)
    }
}

extension CaseRouting.ReferralFact: Codable {
    private enum CodingKeys: String, CodingKey {
        case id
        case code
        case desk
        case urgency
        case state
        case answerDueAt = "answer_due_at"
        case consent
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.id = try stored.decode(ReferralID.self, forKey: .id)
        self.code = try stored.code(.code)
        self.desk = try stored.decodeIfPresent(TeamID.self, forKey: .desk)
        self.urgency = try stored.code(.urgency)
        self.state = try stored.code(.state)
        self.answerDueAt = try stored.optionalMoment(.answerDueAt)
        self.consent = try stored.decodeIfPresent(ConsentID.self, forKey: .consent)
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(id, forKey: .id)
        try stored.put(code, .code)
        try stored.encodeIfPresent(desk, forKey: .desk)
        try stored.put(urgency, .urgency)
        try stored.put(state, .state)
        try stored.put(optionalMoment: answerDueAt, .answerDueAt)
        try stored.encodeIfPresent(consent, forKey: .consent)
    }
}

extension CaseRouting.ConsentFact: Codable {
    private enum CodingKeys: String, CodingKey {
        case id
        case code
        case recipient
        case itemClasses = "item_classes"
        case giver = "given_by"
        case expiresAt = "expires_at"
        case isWithdrawn = "withdrawn"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.id = try stored.decode(ConsentID.self, forKey: .id)
        self.code = try stored.code(.code)
        self.recipient = try stored.code(.recipient)
        self.itemClasses = try stored.codeSet(.itemClasses)
        self.giver = try stored.code(.giver)
        self.expiresAt = try stored.moment(.expiresAt)
        self.isWithdrawn = try stored.decode(Bool.self, forKey: .isWithdrawn)
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(id, forKey: .id)
        try stored.put(code, .code)
        try stored.put(recipient, .recipient)
        try stored.put(set: itemClasses, .itemClasses)
        try stored.put(giver, .giver)
        try stored.put(moment: expiresAt, .expiresAt)
        try stored.encode(isWithdrawn, forKey: .isWithdrawn)
    }
}

extension CaseRouting: Codable {
    private enum CodingKeys: String, CodingKey {
        case id
        case agency
        case team
        case assigned
        case state
        case country
        case ageBand = "age_band"
        case gender
        case languages
        case needs
        case referrals
        case consents
        case consentReporting = "consent_reporting"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.id = try stored.decode(CaseID.self, forKey: .id)
        self.agency = try stored.decode(AgencyID.self, forKey: .agency)
        self.team = try stored.decode(TeamID.self, forKey: .team)
        self.assigned = try stored.decode([StaffID].self, forKey: .assigned)
        self.state = try stored.code(.state)
        self.country = try stored.code(.country)
        self.ageBand = try stored.optionalCode(.ageBand)
        self.gender = try stored.optionalCode(.gender)
        self.languages = try stored.codes(.languages)
        self.needs = try stored.decode([NeedFact].self, forKey: .needs)
        self.referrals = try stored.decode([ReferralFact].self, forKey: .referrals)
        self.consents = try stored.decode([ConsentFact].self, forKey: .consents)
        self.consentReporting = try stored.code(.consentReporting)
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(id, forKey: .id)
        try stored.encode(agency, forKey: .agency)
        try stored.encode(team, forKey: .team)
        try stored.encode(assigned, forKey: .assigned)
        try stored.put(state, .state)
        try stored.put(country, .country)
        try stored.put(optional: ageBand, .ageBand)
        try stored.put(optional: gender, .gender)
        try stored.put(list: languages, .languages)
        try stored.encode(needs, forKey: .needs)
        try stored.encode(referrals, forKey: .referrals)
        try stored.encode(consents, forKey: .consents)
        try stored.put(consentReporting, .consentReporting)
    }
}
