public import Directory
public import Foundation

/// What the receiving desk sees before it accepts (DECISIONS 4): enough to say yes or no, nothing that tells who she is.
public struct ReferralRouting: Hashable, Sendable {
    /// Which referral.
    public let referral: ReferralID
    /// What is asked for.
    public let code: ServiceCode
    /// Nil: not known.
    public let ageBand: AgeBand?
    /// The languages she speaks, the preferred one first.
    public let languages: [LanguageTag]
    /// Where she is.
    public let country: CountryCode
    /// How soon an answer is needed (C5).
    public let urgency: Urgency
    /// When the answer is due; nil until it is sent.
    public let answerDueAt: Date?
    /// Where the referral stands.
    public let state: ReferralState

    /// The routing fields of a referral of that survivor.
    public init(of referral: Referral, for survivor: Survivor) {
        self.referral = referral.id
        self.code = referral.code
        self.ageBand = survivor.age?.band
        self.languages = survivor.languages
        self.country = survivor.currentCountry
        self.urgency = referral.urgency
        self.answerDueAt = referral.answerDueAt
        self.state = referral.state
    }

    private init(_ old: ReferralRouting, answerDueAt: Date?, state: ReferralState) {
        self.referral = old.referral
        self.code = old.code
        self.ageBand = old.ageBand
        self.languages = old.languages
        self.country = old.country
        self.urgency = old.urgency
        self.answerDueAt = answerDueAt
        self.state = state
    }

    /// The same after a step of the referral, without opening the case again.
    public func following(_ referral: Referral) -> ReferralRouting {
        ReferralRouting(self, answerDueAt: referral.answerDueAt, state: referral.state)
    }
}

extension ReferralRouting: Codable {
    private enum CodingKeys: String, CodingKey {
        case referral
        case code
        case ageBand = "age_band"
        case languages
        case country
        case urgency
        case answerDueAt = "answer_due_at"
        case state
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.referral = try stored.decode(ReferralID.self, forKey: .referral)
        self.code = try stored.code(.code)
        self.ageBand = try stored.optionalCode(.ageBand)
        self.languages = try stored.codes(.languages)
        self.country = try stored.code(.country)
        self.urgency = try stored.code(.urgency)
        self.answerDueAt = try stored.optionalMoment(.answerDueAt)
        self.state = try stored.code(.state)
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(referral, forKey: .referral)
        try stored.put(code, .code)
        try stored.put(optional: ageBand, .ageBand)
        try stored.put(list: languages, .languages)
        try stored.put(country, .country)
        try stored.put(urgency, .urgency)
        try stored.put(optionalMoment: answerDueAt, .answerDueAt)
        try stored.put(state, .state)
    }
}
