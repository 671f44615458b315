public import Directory
public import Foundation

/// The non-personal facts of a case that jobs, gates and counts need with nobody signed in (DECISIONS 14). This is all
/// that a seized server with its keys would show: never a name, a contact, a conflict, a note or a reason.
public struct CaseRouting: Hashable, Sendable {
    /// A need without its reason.
    public struct NeedFact: Hashable, Sendable {
        /// Which need.
        public let id: NeedID
        /// The service type that meets it.
        public let code: ServiceCode
        /// How soon it must be met.
        public let urgency: Urgency
        /// What became of it; nil while it is open.
        public let outcome: Need.Outcome?
        /// When a clinical window closes; nil where none is open.
        public let windowEndsAt: Date?
    }

    /// A referral without what it says.
    public struct ReferralFact: Hashable, Sendable {
        /// Which referral.
        public let id: ReferralID
        /// What is asked for.
        public let code: ServiceCode
        /// The receiving desk; nil without an account here.
        public let desk: TeamID?
        /// How soon it must be answered.
        public let urgency: Urgency
        /// Where it stands.
        public let state: ReferralState
        /// When the answer is due; nil until it is sent.
        public let answerDueAt: Date?
        /// The consent it rests on; nil where life is in danger.
        public let consent: ConsentID?
    }

    /// A consent without its items: their classes only.
    public struct ConsentFact: Hashable, Sendable {
        /// Which consent.
        public let id: ConsentID
        /// The service it is for.
        public let code: ServiceCode
        /// The organisation it is for.
        public let recipient: OrganizationID
        /// What kinds of items it names.
        public let itemClasses: Set<DataItem.Class>
        /// Who gave it.
        public let giver: ConsentGiver
        /// When it lapses by the rules, which may be before its own end.
        public let expiresAt: Date
        /// Whether it was taken back.
        public internal(set) var isWithdrawn: Bool
    }

    /// The code of the case.
    public let id: CaseID
    /// The organisation that holds the case.
    public let agency: AgencyID
    /// The team that holds the case.
    public let team: TeamID
    /// The workers it is assigned to, the case owner first.
    public let assigned: [StaffID]
    /// Where the case stands.
    public let state: CaseState
    /// Where she is.
    public let country: CountryCode
    /// Her age band; nil when it is not known.
    public let ageBand: AgeBand?
    /// As she states it; nil when it is not known.
    public let gender: Gender?
    /// The languages she speaks.
    public let languages: [LanguageTag]
    /// Her needs.
    public let needs: [NeedFact]
    /// Her referrals.
    public let referrals: [ReferralFact]
    /// Her consents.
    public internal(set) var consents: [ConsentFact]
    /// Whether the case may be counted (N10).
    public let consentReporting: Answer

    /// The routing facts of a case. The window ends are those the matcher found, by need.
    public init(
        of file: CaseFile,
        referrals: [Referral],
        consents: [Consent],
        rules: ConsentRules,
        windowEnds: [NeedID: Date] = [:]
    ) {
        self.id = file.id
        self.agency = file.content.agency
        self.team = file.content.team
        self.assigned = file.content.assigned
        self.state = file.content.lifecycle.state
        self.country = file.identity.currentCountry
        self.ageBand = file.identity.age?.band
        self.gender = file.identity.gender
        self.languages = file.identity.languages
        self.needs = file.content.needs.map { need in
            NeedFact(
                id: need.id,
                code: need.code,
                urgency: need.urgency,
                outcome: need.outcome,
                windowEndsAt: windowEnds[need.id]?.wholeMilliseconds
            )
        }
        self.referrals = referrals.map { ReferralFact(of: $0) }
        self.consents = consents.map { ConsentFact(of: $0, rules: rules) }
        self.consentReporting = file.content.consentReporting
    }
}

extension CaseRouting.ReferralFact {
    /// The routing fact of a referral.
    public init(of referral: Referral) {
        self.id = referral.id
        self.code = referral.code
        self.desk = referral.desk
        self.urgency = referral.urgency
        self.state = referral.state
        self.answerDueAt = referral.answerDueAt
        self.consent = if case .consent(let consent) = referral.basis { consent } else { nil }
    }
}

extension CaseRouting.ConsentFact {
    /// The routing fact of a consent.
    public init(of consent: Consent, rules: ConsentRules) {
        self.id = consent.id
        self.code = consent.code
        self.recipient = consent.recipient
        self.itemClasses = Set(consent.items.map(\.itemClass))
        self.giver = consent.giver
        self.expiresAt = rules.end(of: consent)
        self.isWithdrawn = consent.withdrawnAt != nil
    }

    /// Whether it may still be relied on, as far as routing facts tell.
    public func isLive(at moment: Date) -> Bool { !isWithdrawn && moment.wholeMilliseconds < expiresAt }
}

extension CaseRouting {
    /// The same facts after a consent was taken back; a withdrawal needs no key of the case to be known here (N8).
    public func withdrawing(_ consent: ConsentID) -> CaseRouting {
        var routing = self
        for index in routing.consents.indices where routing.consents[index].id == consent {
            routing.consents[index].isWithdrawn = true
        }
        return routing
    }
}
