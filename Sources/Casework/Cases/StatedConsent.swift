public import Care
public import Directory
public import Foundation

/// A consent as it was given, before it has an id (N1).
public struct StatedConsent: Sendable {
    /// The service type it is for.
    public let code: ServiceCode
    /// The organisation it is for.
    public let recipient: OrganizationID
    /// Each item that may be shared.
    public let items: Set<DataItem>
    /// Whether it may go to another country (D7).
    public let allowsSendingAbroad: Bool
    /// Who gave it.
    public let giver: ConsentGiver
    /// The giver as conflict checks know that person; nil when it was the survivor.
    public let giverParty: PartyID?
    /// Spoken or written.
    public let form: AgreementForm
    /// The child's own agreement (N4).
    public let assent: Assent
    /// The decision, where a supervisor gave it (N6).
    public let bestInterests: BestInterests?
    /// When the limits of confidentiality were explained (N3).
    public let limitsExplainedAt: Date
    /// Nil: now.
    public let givenAt: Date?
    /// Nil: as long as the consent policy allows at most.
    public let expiresAt: Date?

    /// A consent for one service of one recipient.
    public init(
        code: ServiceCode,
        recipient: OrganizationID,
        items: Set<DataItem>,
        allowsSendingAbroad: Bool = false,
        giver: ConsentGiver,
        giverParty: PartyID? = nil,
        form: AgreementForm,
        assent: Assent = .notAsked,
        bestInterests: BestInterests? = nil,
        limitsExplainedAt: Date,
        givenAt: Date? = nil,
        expiresAt: Date? = nil
    ) {
        self.code = code
        self.recipient = recipient
        self.items = items
        self.allowsSendingAbroad = allowsSendingAbroad
        self.giver = giver
        self.giverParty = giverParty
        self.form = form
        self.assent = assent
        self.bestInterests = bestInterests
        self.limitsExplainedAt = limitsExplainedAt
        self.givenAt = givenAt
        self.expiresAt = expiresAt
    }
}
