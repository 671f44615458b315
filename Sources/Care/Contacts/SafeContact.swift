public import Directory
public import Foundation

/// How she may be reached: the contact compartment of a case (D4, F2). Nothing is inferred: a channel, an hour or a voice
/// message that she did not name is not safe.
public struct SafeContact: Hashable, Sendable {
    /// Whether anybody may contact her at all.
    public enum Permission: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
        case notAsked = "not_asked"
        /// As named here.
        case allowed
        /// She contacts us; nobody contacts her.
        case sheContacts = "she_contacts"
        case never
    }

    /// A way to reach her.
    public enum Channel: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
        case call
        case voicemail
        case text
        case messenger
        case email
        case inPerson = "in_person"
        /// Through a person she trusts.
        case throughPerson = "through_person"
    }

    /// A channel she named, with the number or account to use.
    public struct Address: Hashable, Sendable {
        /// Never `voicemail`.
        public let channel: Channel
        /// Number, account or whom to ask; nil where the channel needs none.
        public let value: String?

        /// A channel she named.
        ///
        /// - Throws: `CareError.invalid` for a value out of bounds, or voicemail, which is permitted by
        ///   ``SafeContact/voicemailAllowed`` alone.
        public init(channel: Channel, value: String?) throws(CareError) {
            guard channel != .voicemail else {
                throw .invalid(field: "safe_contact.channel", write: "call; voicemail is a permission of its own")
            }
            self.channel = channel
            self.value = try Limits.optionalText(value, "safe_contact.value", atMost: Limits.contactValue)
        }
    }

    /// What speaks against contacting her that way, then.
    public enum Obstacle: String, Hashable, Sendable, CaseIterable {
        case notAsked = "not_asked"
        case noContact = "no_contact"
        case channelNotNamed = "channel_not_named"
        case hoursNotNamed = "hours_not_named"
        case outsideHours = "outside_hours"
        case lapsed
    }

    /// Whether anybody may contact her at all.
    public let permission: Permission
    /// The channels she named.
    public let addresses: [Address]
    /// Nil: no hours were named, so no hour is safe to call.
    public let hours: ContactHours?
    /// Who else may pick up, in her words.
    public let whoMayAnswer: String?
    /// No unless she says yes.
    public let voicemailAllowed: Bool
    /// "Say you are …".
    public let coverIdentity: String?
    /// A word by which she knows that it is safe to talk, or we know that it is her.
    public let codeWord: String?
    /// The language to use.
    public let language: LanguageTag?
    /// What else keeps her safe when she is contacted, in a few words.
    public let note: String?
    /// Ways of first contact with a service that she named as safe.
    public let routes: Set<FirstContactRoute>
    /// When she was last asked; asked again at each contact.
    public let askedAt: Date?
    /// Nil: she set no end.
    public let validUntil: Date?

    /// What she named as safe; every default is the careful one.
    ///
    /// - Throws: `CareError.invalid` for a text or date out of bounds.
    public init(
        permission: Permission = .notAsked,
        addresses: [Address] = [],
        hours: ContactHours? = nil,
        whoMayAnswer: String? = nil,
        voicemailAllowed: Bool = false,
        coverIdentity: String? = nil,
        codeWord: String? = nil,
        language: LanguageTag? = nil,
        note: String? = nil,
        routes: Set<FirstContactRoute> = [],
        askedAt: Date? = nil,
        validUntil: Date? = nil
    ) throws(CareError) {
        try Limits.count(addresses.count, "safe_contact.addresses", atMost: Limits.fewEntries)
        self.permission = permission
        self.addresses = addresses
        self.hours = hours
        self.whoMayAnswer = try Limits.optionalText(whoMayAnswer, "safe_contact.who_may_answer", atMost: Limits.remark)
        self.voicemailAllowed = voicemailAllowed
        self.coverIdentity = try Limits.optionalText(coverIdentity, "safe_contact.cover", atMost: Limits.remark)
        self.codeWord = try Limits.optionalText(codeWord, "safe_contact.code_word", atMost: Limits.codeWord)
        self.language = language
        self.note = try Limits.optionalText(note, "safe_contact.note", atMost: Limits.remark)
        self.routes = routes
        self.askedAt = try Limits.optionalMoment(askedAt, "safe_contact.asked_at")
        self.validUntil = try Limits.optionalMoment(validUntil, "safe_contact.valid_until")
    }

    /// Everything that speaks against contacting her by this channel at this moment; empty when she named it as safe.
    public func obstacles(to channel: Channel, at moment: Date) -> [Obstacle] {
        switch permission {
        case .notAsked: return [.notAsked]
        case .sheContacts, .never: return [.noContact]
        case .allowed: break
        }
        var obstacles: [Obstacle] = []
        let isNamed =
            channel == .voicemail
            ? voicemailAllowed && addresses.contains { $0.channel == .call }
            : addresses.contains { $0.channel == channel }
        if !isNamed { obstacles.append(.channelNotNamed) }
        if let hours {
            if !hours.includes(moment) { obstacles.append(.outsideHours) }
        } else {
            obstacles.append(.hoursNotNamed)
        }
        if let validUntil, moment >= validUntil { obstacles.append(.lapsed) }
        return obstacles
    }

    /// Whether she named this channel and this moment as safe.
    public func isSafe(_ channel: Channel, at moment: Date) -> Bool { obstacles(to: channel, at: moment).isEmpty }
}
