import Foundation

extension Consent: Codable {
    private enum CodingKeys: String, CodingKey {
        case id
        case caseID = "case"
        case code
        case recipient
        case items
        case purpose
        case allowsSendingAbroad = "allows_sending_abroad"
        case giver = "given_by"
        case giverParty = "giver_party"
        case form
        case assent
        case bestInterests = "best_interests"
        case limitsExplainedAt = "limits_explained_at"
        case givenAt = "given_at"
        case expiresAt = "expires_at"
        case withdrawnAt = "withdrawn_at"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            id: stored.decode(ConsentID.self, forKey: .id),
            caseID: stored.decode(CaseID.self, forKey: .caseID),
            code: stored.code(.code),
            recipient: stored.code(.recipient),
            items: stored.codeSet(.items),
            purpose: stored.code(.purpose),
            allowsSendingAbroad: stored.decode(Bool.self, forKey: .allowsSendingAbroad),
            giver: stored.code(.giver),
            giverParty: stored.optionalCode(.giverParty),
            form: stored.code(.form),
            assent: stored.decode(Assent.self, forKey: .assent),
            bestInterests: stored.decodeIfPresent(BestInterests.self, forKey: .bestInterests),
            limitsExplainedAt: stored.moment(.limitsExplainedAt),
            givenAt: stored.moment(.givenAt),
            expiresAt: stored.moment(.expiresAt)
        )
        if let withdrawnAt = try stored.optionalMoment(.withdrawnAt) { withdraw(at: withdrawnAt) }
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(id, forKey: .id)
        try stored.encode(caseID, forKey: .caseID)
        try stored.put(code, .code)
        try stored.put(recipient, .recipient)
        try stored.put(set: items, .items)
        try stored.put(purpose, .purpose)
        try stored.encode(allowsSendingAbroad, forKey: .allowsSendingAbroad)
        try stored.put(giver, .giver)
        try stored.put(optional: giverParty, .giverParty)
        try stored.put(form, .form)
        try stored.encode(assent, forKey: .assent)
        try stored.encodeIfPresent(bestInterests, forKey: .bestInterests)
        try stored.put(moment: limitsExplainedAt, .limitsExplainedAt)
        try stored.put(moment: givenAt, .givenAt)
        try stored.put(moment: expiresAt, .expiresAt)
        try stored.put(optionalMoment: withdrawnAt, .withdrawnAt)
    }
}
