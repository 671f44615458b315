public import Care
public import Directory
public import Foundation

/// A consent as it was given, before it has an id (N1).
public struct StatedConsent: Sendable {
    public let code: ServiceCode
    public let recipient: OrganizationID
    public let items: Set<DataItem>
    public let allowsSendingAbroad: Bool
    public let giver: ConsentGiver
    public let giverParty: PartyID?
    public let form: AgreementForm
    public let assent: Assent
    public let bestInterests: BestInterests?
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
