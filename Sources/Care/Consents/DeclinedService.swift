public import Directory
public import Foundation

/// Her "no" to a service: her decision, not re-listed, nagged or counted as failure (F8).
public struct DeclinedService: Hashable, Sendable {
    /// What she said no to.
    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
        case declined
        case notNow = "not_now"
        case stopContact = "stop_contact"
    }

    /// The service she declined.
    public let code: ServiceCode
    /// What she said no to.
    public let kind: Kind
    /// Her own reason, if she wants it written down; never asked for.
    public let reason: String?
    /// When she said so.
    public let declinedAt: Date
    /// When it may be offered again; only if she agreed to be asked again.
    public let offerAgainFrom: Date?

    /// Her decision about one service code.
    ///
    /// - Throws: `CareError.invalid` for a reason or date out of bounds.
    public init(
        code: ServiceCode,
        kind: Kind,
        reason: String? = nil,
        declinedAt: Date,
        offerAgainFrom: Date? = nil
    ) throws(CareError) {
        self.code = code
        self.kind = kind
        self.reason = try Limits.optionalText(reason, "declined.reason", atMost: Limits.reason)
        self.declinedAt = try Limits.moment(declinedAt, "declined.at")
        self.offerAgainFrom = try Limits.optionalMoment(offerAgainFrom, "declined.offer_again_from")
    }

    /// Whether her "no" stands at that moment: always, unless she named a time to ask again and it has come.
    public func stands(at moment: Date) -> Bool {
        guard let offerAgainFrom else { return true }
        return moment < offerAgainFrom
    }
}

extension DeclinedService: Codable {
    private enum CodingKeys: String, CodingKey {
        case code
        case kind
        case reason
        case declinedAt = "declined_at"
        case offerAgainFrom = "offer_again_from"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            code: stored.code(.code),
            kind: stored.code(.kind),
            reason: stored.decodeIfPresent(String.self, forKey: .reason),
            declinedAt: stored.moment(.declinedAt),
            offerAgainFrom: stored.optionalMoment(.offerAgainFrom)
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(code, .code)
        try stored.put(kind, .kind)
        try stored.encodeIfPresent(reason, forKey: .reason)
        try stored.put(moment: declinedAt, .declinedAt)
        try stored.put(optionalMoment: offerAgainFrom, .offerAgainFrom)
    }
}
