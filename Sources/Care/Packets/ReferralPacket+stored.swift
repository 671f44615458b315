import Foundation

extension ReferralPacket.Sender: Codable {
    private enum CodingKeys: String, CodingKey {
        case agency
        case worker
        case callBack = "call_back"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            agency: stored.decode(AgencyID.self, forKey: .agency),
            worker: stored.decode(StaffID.self, forKey: .worker),
            callBack: stored.decode(String.self, forKey: .callBack)
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(agency, forKey: .agency)
        try stored.encode(worker, forKey: .worker)
        try stored.encode(callBack, forKey: .callBack)
    }
}

extension ReferralPacket.ConsentNote: Codable {
    private enum CodingKeys: String, CodingKey {
        case giver = "given_by"
        case givenAt = "given_at"
        case expiresAt = "expires_at"
        case items
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.giver = try stored.code(.giver)
        self.givenAt = try stored.moment(.givenAt)
        self.expiresAt = try stored.moment(.expiresAt)
        self.items = try stored.codeSet(.items)
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(giver, .giver)
        try stored.put(moment: givenAt, .givenAt)
        try stored.put(moment: expiresAt, .expiresAt)
        try stored.put(set: items, .items)
    }
}

extension ReferralPacket: Codable {
    private enum CodingKeys: String, CodingKey {
        case version
        case referral
        case caseID = "case"
        case sender
        case code
        case recipient
        case service
        case mode
        case urgency
        case filedAt = "filed_at"
        case answerDueAt = "answer_due_at"
        case basis
        case consent
        case fields
    }

    /// Reads the stored form; refuses another version, an item twice, an item beyond the consent it names, and a note of
    /// consent that does not go with the basis.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        guard try stored.decode(Int.self, forKey: .version) == Self.version else {
            throw CareError.invalid(field: "packet.version", write: "version \(Self.version)")
        }
        self.referral = try stored.decode(ReferralID.self, forKey: .referral)
        self.caseID = try stored.decode(CaseID.self, forKey: .caseID)
        self.sender = try stored.decode(Sender.self, forKey: .sender)
        self.code = try stored.code(.code)
        self.recipient = try stored.code(.recipient)
        self.service = try stored.optionalCode(.service)
        self.mode = try stored.code(.mode)
        self.urgency = try stored.code(.urgency)
        self.filedAt = try stored.moment(.filedAt)
        self.answerDueAt = try stored.moment(.answerDueAt)
        self.basis = try stored.decode(Referral.Basis.self, forKey: .basis)
        self.consent = try stored.decodeIfPresent(ConsentNote.self, forKey: .consent)
        self.fields = try stored.decode([PacketField].self, forKey: .fields)
        guard items.count == fields.count else {
            throw CareError.invalid(field: "packet.fields", write: "each item once")
        }
        switch (basis, consent) {
        case (.consent, .some(let note)):
            guard items.isSubset(of: note.items) else {
                throw CareError.invalid(field: "packet.fields", write: "only items that the consent names")
            }
        case (.lifeInDanger, .none): break
        default: throw CareError.invalid(field: "packet.consent", write: "a note of consent with a consent only")
        }
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(Self.version, forKey: .version)
        try stored.encode(referral, forKey: .referral)
        try stored.encode(caseID, forKey: .caseID)
        try stored.encode(sender, forKey: .sender)
        try stored.put(code, .code)
        try stored.put(recipient, .recipient)
        try stored.put(optional: service, .service)
        try stored.put(mode, .mode)
        try stored.put(urgency, .urgency)
        try stored.put(moment: filedAt, .filedAt)
        try stored.put(moment: answerDueAt, .answerDueAt)
        try stored.encode(basis, forKey: .basis)
        try stored.encodeIfPresent(consent, forKey: .consent)
        try stored.encode(fields, forKey: .fields)
    }
}
