public import Care
public import Directory

/// What is known when a case is opened. A name is never required (C2).
public struct CaseOpening: Sendable {
    /// The team that will hold it; the worker is a member.
    public let team: TeamID
    public let identity: Survivor
    public let contact: SafeContact
    public let conflicts: ConflictFacts
    public let intake: Intake
    public let wishes: Wishes?
    public let risk: RiskLevel?
    public let note: String?
    public let needs: [StatedNeed]

    /// A case as the worker enters it.
    public init(
        team: TeamID,
        identity: Survivor,
        contact: SafeContact,
        conflicts: ConflictFacts,
        intake: Intake,
        wishes: Wishes? = nil,
        risk: RiskLevel? = nil,
        note: String? = nil,
        needs: [StatedNeed]
    ) {
        self.team = team
        self.identity = identity
        self.contact = contact
        self.conflicts = conflicts
        self.intake = intake
        self.wishes = wishes
        self.risk = risk
        self.note = note
        self.needs = needs
    }
}

/// A need as she states it, before it has an id.
public struct StatedNeed: Sendable {
    public let code: ServiceCode
    public let urgency: Urgency
    /// At most 500 characters, no narrative.
    public let reason: String?
    public let jurisdiction: CountryCode?
    public let isLifeThreatening: Bool
    public let isReceivedElsewhere: Bool
    public let accompaniment: String?
    public let restrictions: String?

    /// A need of one service type.
    public init(
        code: ServiceCode,
        urgency: Urgency,
        reason: String? = nil,
        jurisdiction: CountryCode? = nil,
        isLifeThreatening: Bool = false,
        isReceivedElsewhere: Bool = false,
        accompaniment: String? = nil,
        restrictions: String? = nil
    ) {
        self.code = code
        self.urgency = urgency
        self.reason = reason
        self.jurisdiction = jurisdiction
        self.isLifeThreatening = isLifeThreatening
        self.isReceivedElsewhere = isReceivedElsewhere
        self.accompaniment = accompaniment
        self.restrictions = restrictions
    }
}
