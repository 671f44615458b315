public import Care
public import Foundation

/// Which needs of a case are to be matched again, told from routing facts alone: no key of the case is needed, and nothing is
/// matched here, so that a job or a list may ask (DECISIONS 5, 14).
public enum Rematch {
    /// A need that was matched, and why it is to be matched again.
    public struct Due: Hashable, Sendable {
        /// Which need.
        public let need: NeedID
        /// In the order of ``RematchCause``; never empty.
        public let causes: [RematchCause]
    }

    /// What stands now, to compare a mark with.
    public struct Standing: Sendable {
        /// What the directory's files hold.
        public let directory: String?
        /// What the policy files hold.
        public let policies: String
        /// The version of the case's conflicts.
        public let conflicts: Int
        /// The moment.
        public let now: Date

        /// What stands at that moment.
        public init(directory: String?, policies: String, conflicts: Int, now: Date) {
            self.directory = directory
            self.policies = policies
            self.conflicts = conflicts
            self.now = now
        }
    }

    /// The mark of a need that is matched now.
    public static func mark(
        _ need: CaseRouting.NeedFact,
        of routing: CaseRouting,
        referrals: [CaseRouting.ReferralFact],
        standing: Standing,
        isUnmet: Bool
    ) -> MatchMark {
        MatchMark(
            need: need.id,
            at: standing.now,
            directory: standing.directory,
            policies: standing.policies,
            conflicts: standing.conflicts,
            consents: live(need, routing, at: standing.now),
            failedReferrals: referrals.filter { $0.code == need.code && hasFailed($0, at: standing.now) }.map(\.id),
            isUnmet: isUnmet
        )
    }

    /// Open needs that were matched and are to be matched again, in the order of the case. `referrals` as they stand now.
    public static func due(
        _ routing: CaseRouting,
        referrals: [CaseRouting.ReferralFact],
        marks: [MatchMark],
        standing: Standing
    ) -> [Due] {
        routing.needs.compactMap { need in
            // The newest mark of a need, should there ever be two.
            let mark = marks.filter { $0.need == need.id }.max { $0.at < $1.at }
            guard need.outcome == nil, let mark else { return nil }
            let found = causes(need, routing, referrals, since: mark, standing)
            return found.isEmpty ? nil : Due(need: need.id, causes: RematchCause.allCases.filter(found.contains))
        }
    }

    private static func causes(
        _ need: CaseRouting.NeedFact,
        _ routing: CaseRouting,
        _ referrals: [CaseRouting.ReferralFact],
        since mark: MatchMark,
        _ standing: Standing
    ) -> Set<RematchCause> {
        var causes: Set<RematchCause> = []
        for referral in referrals
        where referral.code == need.code && hasFailed(referral, at: standing.now)
            && !mark.failedReferrals.contains(referral.id)
        {
            causes.insert(isUnanswered(referral, at: standing.now) ? .noAnswer : .referralDeclined)
        }
        if mark.directory != standing.directory { causes.insert(.directoryChanged) }
        if mark.policies != standing.policies { causes.insert(.policiesChanged) }
        if mark.conflicts != standing.conflicts { causes.insert(.conflictsChanged) }
        if mark.consents != live(need, routing, at: standing.now) { causes.insert(.consentChanged) }
        if let end = need.windowEndsAt, let step = step(to: end, at: standing.now),
            step != self.step(to: end, at: mark.at)
        {
            causes.insert(step)
        }
        return causes
    }

    /// The last step before the end of a window that a moment is past; nil while more than a day is left. The end itself still
    /// counts as time that is left (H2).
    private static func step(to end: Date, at moment: Date) -> RematchCause? {
        let left = end.timeIntervalSince(moment)
        if left < 0 { return .windowOver }
        let steps: [(hours: Double, cause: RematchCause)] = [(6, .window6), (12, .window12), (24, .window24)]
        return steps.first { left <= $0.hours * 3600 }?.cause
    }

    private static func live(_ need: CaseRouting.NeedFact, _ routing: CaseRouting, at moment: Date) -> [ConsentID] {
        routing.consents.filter { $0.code == need.code && $0.isLive(at: moment) }.map(\.id).sorted()
    }

    /// It will not lead to help unless somebody acts.
    private static func hasFailed(_ referral: CaseRouting.ReferralFact, at moment: Date) -> Bool {
        switch referral.state {
        case .declined, .expired, .noShow, .unreachable: true
        default: isUnanswered(referral, at: moment)
        }
    }

    /// No answer, or none in time.
    private static func isUnanswered(_ referral: CaseRouting.ReferralFact, at moment: Date) -> Bool {
        if referral.state == .expired || referral.state == .unreachable { return true }
        guard referral.state.isWaiting, let due = referral.answerDueAt else { return false }
        return due < moment
    }
}
