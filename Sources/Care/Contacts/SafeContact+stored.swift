import Foundation

extension SafeContact.Address: Codable {
    private enum CodingKeys: String, CodingKey {
        case channel
        case value
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(channel: stored.code(.channel), value: stored.decodeIfPresent(String.self, forKey: .value))
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(channel, .channel)
        try stored.encodeIfPresent(value, forKey: .value)
    }
}

extension SafeContact: Codable {
    private enum CodingKeys: String, CodingKey {
        case permission
        case addresses
        case hours
        case whoMayAnswer = "who_may_answer"
        case voicemailAllowed = "voicemail_allowed"
        case coverIdentity = "cover_identity"
        case codeWord = "code_word"
        case language
        case note
        case routes
        case askedAt = "asked_at"
        case validUntil = "valid_until"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            permission: stored.code(.permission),
            addresses: stored.decode([Address].self, forKey: .addresses),
            hours: stored.decodeIfPresent(ContactHours.self, forKey: .hours),
            whoMayAnswer: stored.decodeIfPresent(String.self, forKey: .whoMayAnswer),
            voicemailAllowed: stored.decode(Bool.self, forKey: .voicemailAllowed),
            coverIdentity: stored.decodeIfPresent(String.self, forKey: .coverIdentity),
            codeWord: stored.decodeIfPresent(String.self, forKey: .codeWord),
            language: stored.optionalCode(.language),
            note: stored.decodeIfPresent(String.self, forKey: .note),
            routes: stored.codeSet(.routes),
            askedAt: stored.optionalMoment(.askedAt),
            validUntil: stored.optionalMoment(.validUntil)
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(permission, .permission)
        try stored.encode(addresses, forKey: .addresses)
        try stored.encodeIfPresent(hours, forKey: .hours)
        try stored.encodeIfPresent(whoMayAnswer, forKey: .whoMayAnswer)
        try stored.encode(voicemailAllowed, forKey: .voicemailAllowed)
        try stored.encodeIfPresent(coverIdentity, forKey: .coverIdentity)
        try stored.encodeIfPresent(codeWord, forKey: .codeWord)
        try stored.put(optional: language, .language)
        try stored.encodeIfPresent(note, forKey: .note)
        try stored.put(set: routes, .routes)
        try stored.put(optionalMoment: askedAt, .askedAt)
        try stored.put(optionalMoment: validUntil, .validUntil)
    }
}
