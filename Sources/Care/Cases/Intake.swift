public import Foundation

/// What is asked at the first contact (C2). Every answer may be "not asked", and then shows as a gap.
public struct Intake: Hashable, Sendable {
    /// How the first contact was made.
    public enum Channel: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
        case telephone
        case chat
        case text
        case email
        case inPerson = "in_person"
        case throughAgency = "through_agency"
    }

    /// When she, or somebody for her, first got in touch.
    public let firstContactAt: Date
    /// How; nil where nobody wrote it down.
    public let channel: Channel?
    /// How she was identified, in a few words.
    public let howIdentified: String?
    /// Whether she is a child without her family or any caregiver.
    public let isSeparated: Answer
    /// Whether she is in danger at this moment.
    public let isInImmediateDanger: Answer
    /// Whether she may be injured or pregnant.
    public let mayBeInjuredOrPregnant: Answer
    /// Whether she has thoughts of suicide (C8).
    public let hasThoughtsOfSuicide: Answer
    /// When she was last exposed to the risk.
    public let lastContact: LastContact
    /// The adults who care for her.
    public let caregivers: [Caregiver]

    /// The first contact; what is left out was not asked.
    ///
    /// - Throws: `CareError.invalid` for a text, date or count out of bounds.
    public init(
        firstContactAt: Date,
        channel: Channel? = nil,
        howIdentified: String? = nil,
        isSeparated: Answer = .notAsked,
        isInImmediateDanger: Answer = .notAsked,
        mayBeInjuredOrPregnant: Answer = .notAsked,
        hasThoughtsOfSuicide: Answer = .notAsked,
        lastContact: LastContact = .unknown,
        caregivers: [Caregiver] = []
    ) throws(CareError) {
        try Limits.count(caregivers.count, "intake.caregivers", atMost: Limits.fewEntries)
        self.firstContactAt = try Limits.moment(firstContactAt, "intake.first_contact_at")
        self.channel = channel
        self.howIdentified = try Limits.optionalText(howIdentified, "intake.how_identified", atMost: Limits.remark)
        self.isSeparated = isSeparated
        self.isInImmediateDanger = isInImmediateDanger
        self.mayBeInjuredOrPregnant = mayBeInjuredOrPregnant
        self.hasThoughtsOfSuicide = hasThoughtsOfSuicide
        self.lastContact = try lastContact.checked()
        self.caregivers = caregivers
    }
}

extension Intake: Codable {
    private enum CodingKeys: String, CodingKey {
        case firstContactAt = "first_contact_at"
        case channel
        case howIdentified = "how_identified"
        case isSeparated = "separated"
        case isInImmediateDanger = "immediate_danger"
        case mayBeInjuredOrPregnant = "injured_or_pregnant"
        case hasThoughtsOfSuicide = "thoughts_of_suicide"
        case lastContact = "last_contact"
        case caregivers
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            firstContactAt: stored.moment(.firstContactAt),
            channel: stored.optionalCode(.channel),
            howIdentified: stored.decodeIfPresent(String.self, forKey: .howIdentified),
            isSeparated: stored.code(.isSeparated),
            isInImmediateDanger: stored.code(.isInImmediateDanger),
            mayBeInjuredOrPregnant: stored.code(.mayBeInjuredOrPregnant),
            hasThoughtsOfSuicide: stored.code(.hasThoughtsOfSuicide),
            lastContact: stored.decode(LastContact.self, forKey: .lastContact),
            caregivers: stored.decode([Caregiver].self, forKey: .caregivers)
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(moment: firstContactAt, .firstContactAt)
        try stored.put(optional: channel, .channel)
        try stored.encodeIfPresent(howIdentified, forKey: .howIdentified)
        try stored.put(isSeparated, .isSeparated)
        try stored.put(isInImmediateDanger, .isInImmediateDanger)
        try stored.put(mayBeInjuredOrPregnant, .mayBeInjuredOrPregnant)
        try stored.put(hasThoughtsOfSuicide, .hasThoughtsOfSuicide)
        try stored.encode(lastContact, forKey: .lastContact)
        try stored.encode(caregivers, forKey: .caregivers)
    }
}
