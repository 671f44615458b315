import Foundation

extension Referral.Basis: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind
        case consent
        case reviewBy = "review_by"
    }

    private enum Kind: String, StoredText {
        case consent
        case lifeInDanger = "life_in_danger"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        let kind: Kind = try stored.code(.kind)
        switch kind {
        case .consent: self = .consent(try stored.decode(ConsentID.self, forKey: .consent))
        case .lifeInDanger: self = .lifeInDanger(reviewBy: try stored.moment(.reviewBy))
        }
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .consent(let consent):
            try stored.put(Kind.consent, .kind)
            try stored.encode(consent, forKey: .consent)
        case .lifeInDanger(let reviewBy):
            try stored.put(Kind.lifeInDanger, .kind)
            try stored.put(moment: reviewBy, .reviewBy)
        }
    }
}

extension Referral: Codable {
    private enum CodingKeys: String, CodingKey {
        case id
        case caseID = "case"
        case need
        case code
        case recipient
        case service
        case desk
        case sentBy = "sent_by"
        case urgency
        case answerWithinHours = "answer_within_hours"
        case mode
        case basis
        case createdAt = "created_at"
        case history
    }

    /// Reads the stored form and takes every step of it again, so that a state nobody could have reached is refused.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            id: stored.decode(ReferralID.self, forKey: .id),
            caseID: stored.decode(CaseID.self, forKey: .caseID),
            need: stored.decode(NeedID.self, forKey: .need),
            code: stored.code(.code),
            recipient: stored.code(.recipient),
            service: stored.optionalCode(.service),
            desk: stored.decodeIfPresent(TeamID.self, forKey: .desk),
            sentBy: stored.decode(StaffID.self, forKey: .sentBy),
            urgency: stored.code(.urgency),
            answerWithinHours: stored.decodeIfPresent(Int.self, forKey: .answerWithinHours)
                ?? Self.hoursBeforeTheKey(stored.code(.urgency)),
            mode: stored.code(.mode),
            basis: stored.decode(Basis.self, forKey: .basis),
            createdAt: stored.moment(.createdAt)
        )
        for event in try stored.decode([ReferralEvent].self, forKey: .history) { try take(event.step, at: event.at) }
    }

    /// The hours of the inter-agency form (C5), which held for every referral stored before `answer_within_hours` was
    /// written. They say what was promised then and never change.
    private static func hoursBeforeTheKey(_ urgency: Urgency) -> Int {
        switch urgency {
        case .emergency: 24
        case .urgent: 72
        case .routine: 336
        }
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(id, forKey: .id)
        try stored.encode(caseID, forKey: .caseID)
        try stored.encode(need, forKey: .need)
        try stored.put(code, .code)
        try stored.put(recipient, .recipient)
        try stored.put(optional: service, .service)
        try stored.encodeIfPresent(desk, forKey: .desk)
        try stored.encode(sentBy, forKey: .sentBy)
        try stored.put(urgency, .urgency)
        try stored.encode(answerWithinHours, forKey: .answerWithinHours)
        try stored.put(mode, .mode)
        try stored.encode(basis, forKey: .basis)
        try stored.put(moment: createdAt, .createdAt)
        try stored.encode(history, forKey: .history)
    }
}
