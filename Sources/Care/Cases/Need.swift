public import Directory
public import Foundation

/// What she asks for, as one service code of the taxonomy: a need is matched, not an incident (T3).
public struct Need: Hashable, Sendable {
    /// What became of a need (X3). The answers are kept apart: they answer different questions.
    public enum Outcome: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
        case referred
        case providedByUs = "provided_by_us"
        case receivedElsewhere = "received_elsewhere"
        case notApplicable = "not_applicable"
        case declinedBySurvivor = "declined_by_survivor"
        case serviceUnavailable = "service_unavailable"
    }

    /// Its random identifier.
    public let id: NeedID
    /// The service type that meets it.
    public let code: ServiceCode
    /// How soon it must be met (C5).
    public let urgency: Urgency
    /// In a few words, no narrative (X1).
    public let reason: String?
    /// The court or law concerned, for a legal need (M2).
    public let jurisdiction: CountryCode?
    /// Whether her life is in danger (N7).
    public let isLifeThreatening: Bool
    /// Whether she has this already from somebody else.
    public let isReceivedElsewhere: Bool
    /// Accompaniment or transport she needs to get there (F1).
    public let accompaniment: String?
    /// Whom the receiver must not tell (X1).
    public let restrictions: String?
    /// When she stated it.
    public let recordedAt: Date
    /// Nil while it is open.
    public private(set) var outcome: Outcome?

    /// A need as she states it.
    ///
    /// - Throws: `CareError.invalid` for a text or date out of bounds.
    public init(
        id: NeedID,
        code: ServiceCode,
        urgency: Urgency,
        reason: String? = nil,
        jurisdiction: CountryCode? = nil,
        isLifeThreatening: Bool = false,
        isReceivedElsewhere: Bool = false,
        accompaniment: String? = nil,
        restrictions: String? = nil,
        recordedAt: Date
    ) throws(CareError) {
        self.id = id
        self.code = code
        self.urgency = urgency
        self.reason = try Limits.optionalText(reason, "need.reason", atMost: Limits.reason)
        self.jurisdiction = jurisdiction
        self.isLifeThreatening = isLifeThreatening
        self.isReceivedElsewhere = isReceivedElsewhere
        self.accompaniment = try Limits.optionalText(accompaniment, "need.accompaniment", atMost: Limits.remark)
        self.restrictions = try Limits.optionalText(restrictions, "need.restrictions", atMost: Limits.remark)
        self.recordedAt = try Limits.moment(recordedAt, "need.recorded_at")
        self.outcome = nil
    }

    /// Records what became of it, or what has changed since.
    public mutating func settle(_ outcome: Outcome) { self.outcome = outcome }
}

extension Need: Codable {
    private enum CodingKeys: String, CodingKey {
        case id
        case code
        case urgency
        case reason
        case jurisdiction
        case isLifeThreatening = "life_threatening"
        case isReceivedElsewhere = "received_elsewhere"
        case accompaniment
        case restrictions
        case recordedAt = "recorded_at"
        case outcome
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            id: stored.decode(NeedID.self, forKey: .id),
            code: stored.code(.code),
            urgency: stored.code(.urgency),
            reason: stored.decodeIfPresent(String.self, forKey: .reason),
            jurisdiction: stored.optionalCode(.jurisdiction),
            isLifeThreatening: stored.decode(Bool.self, forKey: .isLifeThreatening),
            isReceivedElsewhere: stored.decode(Bool.self, forKey: .isReceivedElsewhere),
            accompaniment: stored.decodeIfPresent(String.self, forKey: .accompaniment),
            restrictions: stored.decodeIfPresent(String.self, forKey: .restrictions),
            recordedAt: stored.moment(.recordedAt)
        )
        self.outcome = try stored.optionalCode(.outcome)
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(id, forKey: .id)
        try stored.put(code, .code)
        try stored.put(urgency, .urgency)
        try stored.encodeIfPresent(reason, forKey: .reason)
        try stored.put(optional: jurisdiction, .jurisdiction)
        try stored.encode(isLifeThreatening, forKey: .isLifeThreatening)
        try stored.encode(isReceivedElsewhere, forKey: .isReceivedElsewhere)
        try stored.encodeIfPresent(accompaniment, forKey: .accompaniment)
        try stored.encodeIfPresent(restrictions, forKey: .restrictions)
        try stored.put(moment: recordedAt, .recordedAt)
        try stored.put(optional: outcome, .outcome)
    }
}
