public import Care
public import Directory

/// What is known when a case is opened. A name is never required (C2).
public struct CaseOpening: Sendable {
    /// The team that will hold it; the worker is a member.
    public let team: TeamID
    /// Who she is, as far as she says.
    public let identity: Survivor
    /// How she may be reached safely.
    public let contact: SafeContact
    /// Whom and what to keep away.
    public let conflicts: ConflictFacts
    /// What was asked at the first contact.
    public let intake: Intake
    /// What she wishes of a service; nil when she was not asked.
    public let wishes: Wishes?
    /// Nil until it is assessed.
    public let risk: RiskLevel?
    /// A first note of the worker; nil for none.
    public let note: String?
    /// What she asks for; may be empty.
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
    /// The service type that meets it.
    public let code: ServiceCode
    /// How soon it must be met.
    public let urgency: Urgency
    /// At most 500 characters, no narrative.
    public let reason: String?
    /// The country whose law is concerned, for a legal need.
    public let jurisdiction: CountryCode?
    /// Whether her life is in danger (N7).
    public let isLifeThreatening: Bool
    /// Whether she already has it elsewhere.
    public let isReceivedElsewhere: Bool
    /// Accompaniment or transport she needs to get there.
    public let accompaniment: String?
    /// Whom the receiver must not tell.
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
