public import Directory
public import Foundation

/// Permission to share: for one service code, one recipient, these items, one purpose, until a date (N1). Searching the
/// directory shares nothing and needs none.
public struct Consent: Hashable, Sendable {
    /// Its random identifier.
    public let id: ConsentID
    /// The case it belongs to.
    public let caseID: CaseID
    /// The one service it is for.
    public let code: ServiceCode
    /// The one organisation it is for.
    public let recipient: OrganizationID
    /// The items that may be shared, at least one.
    public let items: Set<DataItem>
    /// What for.
    public let purpose: Purpose
    /// Whether she agreed that the items leave the country (D7).
    public let allowsSendingAbroad: Bool
    /// Never `none`.
    public let giver: ConsentGiver
    /// Which person gave it, by the token of conflict checks, where it was not the survivor (N5).
    public let giverParty: PartyID?
    /// Spoken or written.
    public let form: AgreementForm
    /// The child's own agreement beside it (N4).
    public let assent: Assent
    /// There exactly when the giver is `supervisorBestInterests` (N6).
    public let bestInterests: BestInterests?
    /// When the limits of confidentiality were explained, which is before any question (N3).
    public let limitsExplainedAt: Date
    /// When it was given.
    public let givenAt: Date
    /// Live while the moment is before this one.
    public let expiresAt: Date
    /// The first withdrawal; nil while there is none.
    public private(set) var withdrawnAt: Date?

    /// A consent as it was given.
    ///
    /// - Throws: `CareError.invalid` for a giver `none`, no items, an end that is not after the start, an explanation after
    ///   the consent, a best-interests decision that is missing or out of place, or a text or date out of bounds.
    public init(
        id: ConsentID,
        caseID: CaseID,
        code: ServiceCode,
        recipient: OrganizationID,
        items: Set<DataItem>,
        purpose: Purpose = .referral,
        allowsSendingAbroad: Bool = false,
        giver: ConsentGiver,
        giverParty: PartyID? = nil,
        form: AgreementForm,
        assent: Assent = .notAsked,
        bestInterests: BestInterests? = nil,
        limitsExplainedAt: Date,
        givenAt: Date,
        expiresAt: Date
    ) throws(CareError) {
        guard giver != .none else {
            throw .invalid(field: "consent.given_by", write: "who gave it; without a giver there is no consent")
        }
        guard !items.isEmpty else { throw .invalid(field: "consent.items", write: "each item that may be shared") }
        guard (giver == .supervisorBestInterests) == (bestInterests != nil) else {
            throw .invalid(
                field: "consent.best_interests",
                write: "reason and signature with supervisor_best_interests, and nothing with another giver"
            )
        }
        guard giver != .survivor || giverParty == nil else {
            throw .invalid(field: "consent.giver_party", write: "nothing when she gave it herself")
        }
        try Limits.slugs([recipient], "consent.recipient")
        try Limits.slugs(giverParty.map { [$0] } ?? [], "consent.giver_party")
        self.id = id
        self.caseID = caseID
        self.code = code
        self.recipient = recipient
        self.items = items
        self.purpose = purpose
        self.allowsSendingAbroad = allowsSendingAbroad
        self.giver = giver
        self.giverParty = giverParty
        self.form = form
        self.assent = try assent.checked()
        self.bestInterests = bestInterests
        self.limitsExplainedAt = try Limits.moment(limitsExplainedAt, "consent.limits_explained_at")
        self.givenAt = try Limits.moment(givenAt, "consent.given_at")
        self.expiresAt = try Limits.moment(expiresAt, "consent.expires_at")
        self.withdrawnAt = nil
        guard self.givenAt < self.expiresAt else {
            throw .invalid(field: "consent.expires_at", write: "a moment after the consent was given")
        }
        guard self.limitsExplainedAt <= self.givenAt else {
            throw .invalid(field: "consent.limits_explained_at", write: "a moment not after the consent was given")
        }
    }

    /// Whether it may be relied on. Once withdrawn it is never live again, whatever the clock says.
    public func isLive(at moment: Date) -> Bool {
        withdrawnAt == nil && givenAt <= moment.wholeMilliseconds && moment.wholeMilliseconds < expiresAt
    }

    /// Whether it covers all that is asked, with every reason why not (N2).
    public func covers(_ request: ConsentRequest, at moment: Date) -> ConsentCoverage {
        var gaps: [ConsentGap] = []
        if let withdrawnAt { gaps.append(.withdrawn(at: withdrawnAt)) }
        if moment.wholeMilliseconds >= expiresAt { gaps.append(.expired(at: expiresAt)) }
        if moment.wholeMilliseconds < givenAt { gaps.append(.notYetGiven) }
        if request.code != code { gaps.append(.otherService) }
        if request.recipient != recipient { gaps.append(.otherRecipient) }
        if request.purpose != purpose { gaps.append(.otherPurpose) }
        if request.isAbroad && !allowsSendingAbroad { gaps.append(.sendingAbroad) }
        let missing = request.items.subtracting(items)
        if !missing.isEmpty { gaps.append(.missing(missing)) }
        return gaps.isEmpty ? .covered : .notCovered(gaps)
    }

    /// The same, asked in single words.
    public func covers(
        service code: ServiceCode,
        recipient: OrganizationID,
        items: Set<DataItem>,
        purpose: Purpose,
        at moment: Date
    ) -> ConsentCoverage {
        covers(ConsentRequest(code: code, recipient: recipient, items: items, purpose: purpose), at: moment)
    }

    /// Takes the consent back (N8). Always succeeds; a second withdrawal keeps the first moment.
    public mutating func withdraw(at moment: Date) {
        withdrawnAt = withdrawnAt ?? moment.wholeMilliseconds
    }
}
