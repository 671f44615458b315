public import Foundation

/// Who may consent at which age and for how long (N4–N7). The values are data: Policy reads them from
/// `Policies/consent.yaml`; the judging is here because it is pure.
public struct ConsentRules: Hashable, Sendable {
    /// The agreement of the child that an adult's consent needs beside it.
    public enum AssentNeed: String, Hashable, Sendable, CaseIterable {
        case none
        /// Spoken is enough.
        case spoken
        case written
    }

    /// The rules of one age band.
    public struct Band: Hashable, Sendable {
        /// Who consents.
        public let givers: Set<ConsentGiver>
        /// Who may stand in when there is no safe caregiver.
        public let standIns: Set<ConsentGiver>
        /// `written`: a spoken consent of the survivor herself is not enough.
        public let form: AgreementForm
        /// What the child's own agreement must be.
        public let assent: AssentNeed

        /// The rules of one age band.
        public init(givers: Set<ConsentGiver>, standIns: Set<ConsentGiver>, form: AgreementForm, assent: AssentNeed) {
            self.givers = givers
            self.standIns = standIns
            self.form = form
            self.assent = assent
        }
    }

    /// One for each age band.
    public let bands: [AgeBand: Band]
    /// Days after which any consent has lapsed, whatever end was written.
    public let longestDays: Int
    /// The same for a best-interests decision: at most 14 (N6).
    public let bestInterestsDays: Int
    /// What may leave without consent when life is in danger (N7).
    public let minimumToSaveLife: Set<DataItem>
    /// Hours within which such a disclosure is reviewed: at most 24 (N7).
    public let vitalReviewHours: Int

    /// Rules for all age bands.
    ///
    /// - Throws: `CareError.invalid` when a band is missing or names a giver `none`, or a period is not in its range
    ///   (1...1,100 days, 1...14 days, 1...24 hours).
    public init(
        bands: [AgeBand: Band],
        longestDays: Int,
        bestInterestsDays: Int,
        minimumToSaveLife: Set<DataItem>,
        vitalReviewHours: Int
    ) throws(CareError) {
        guard AgeBand.allCases.allSatisfy({ bands[$0]?.givers.isEmpty == false }) else {
            throw .invalid(field: "bands", write: "who consents, for each of the five age bands")
        }
        guard bands.values.allSatisfy({ !$0.givers.union($0.standIns).contains(.none) }) else {
            throw .invalid(field: "bands", write: "givers other than none")
        }
        guard (1...1_100).contains(longestDays) else {
            throw .invalid(field: "longest_days", write: "whole days from 1 to 1100")
        }
        guard (1...14).contains(bestInterestsDays) else {
            throw .invalid(field: "best_interests_days", write: "whole days from 1 to 14 (N6)")
        }
        guard (1...24).contains(vitalReviewHours) else {
            throw .invalid(field: "vital_review_hours", write: "whole hours from 1 to 24 (N7)")
        }
        self.bands = bands
        self.longestDays = longestDays
        self.bestInterestsDays = bestInterestsDays
        self.minimumToSaveLife = minimumToSaveLife
        self.vitalReviewHours = vitalReviewHours
    }

    /// The band whose rules hold for an age. Where a country states its own age of consent, those who have reached it
    /// are asked as from 15, those who have not as below 15; from 18 on she alone consents.
    public func band(for age: Age, ownConsentFromAge: Int? = nil) -> AgeBand {
        let band = AgeBand(years: age.youngestYears) ?? age.band
        guard let ownAge = ownConsentFromAge, band != .adult else { return band }
        if age.youngestYears >= ownAge { return .from15To17 }
        return min(band, .from12To14)
    }

    /// The moment a consent lapses: its own end, or the longest time allowed if that is sooner.
    public func end(of consent: Consent) -> Date {
        let days = consent.giver == .supervisorBestInterests ? min(bestInterestsDays, longestDays) : longestDays
        return min(consent.expiresAt, consent.givenAt.adding(days: days))
    }

    /// Judges whether what is asked may leave, with every reason why not. A nil consent means that nobody was asked.
    public func judge(
        _ consent: Consent?,
        for request: ConsentRequest,
        in circumstances: ConsentCircumstances,
        at moment: Date
    ) -> ConsentVerdict {
        if circumstances.isDeclined { return .mayNotSend([.declinedBySurvivor]) }
        guard let consent else { return judgeUnasked(request, in: circumstances, at: moment) }

        var faults = validity(of: consent, in: circumstances)
        if case .notCovered(let gaps) = consent.covers(request, at: moment) { faults += gaps.map(ConsentFault.gap) }
        let end = end(of: consent)
        if moment.wholeMilliseconds >= end, end < consent.expiresAt, consent.withdrawnAt == nil,
            moment.wholeMilliseconds < consent.expiresAt
        {
            faults.append(.gap(.expired(at: end)))
        }
        return faults.isEmpty ? .maySend : .mayNotSend(faults)
    }

    /// Whether it was given by the right person in the right form, apart from what it covers and how long it lasts.
    /// Asked when a consent is recorded and again for all live ones when a caregiver is accused (N5).
    public func validity(of consent: Consent, in circumstances: ConsentCircumstances) -> [ConsentFault] {
        var faults: [ConsentFault] = []
        if isAccused(consent, in: circumstances) { faults.append(.giverIsAccused) }
        guard let age = circumstances.age,
            case let band = band(for: age, ownConsentFromAge: circumstances.ownConsentFromAge),
            let rules = bands[band]
        else { return faults + [.ageUnknown] }

        if !rules.givers.contains(consent.giver) {
            if !rules.standIns.contains(consent.giver) {
                faults.append(.giverNotForThisAge)
            } else if consent.giver == .trustedAdult, !circumstances.safeCaregivers.isEmpty {
                faults.append(.safeCaregiverNotAsked)
            }
        }
        if consent.giver == .survivor, band != .adult,
            circumstances.ownConsentFromAge.map({ age.youngestYears < $0 }) ?? false, rules.givers.contains(.survivor)
        {
            // The country asks for more years than the band does.
            faults.append(.giverNotForThisAge)
        }
        if consent.giver == .survivor {
            if rules.form == .written, consent.form != .written { faults.append(.consentNotWritten) }
            return faults
        }
        return faults + assentFaults(consent.assent, need: rules.assent, mustNotRefuse: band >= .from15To17)
    }

    /// Below the age of assent a child is told, not asked; above it "no" is a complete answer.
    private func assentFaults(_ assent: Assent, need: AssentNeed, mustNotRefuse: Bool) -> [ConsentFault] {
        switch (need, assent) {
        case (.none, .refused): mustNotRefuse ? [.assentRefused] : []
        case (.none, _): []
        case (_, .refused): [.assentRefused]
        case (_, .notAsked): [.assentMissing]
        case (.written, .given(.spoken, _)): [.assentNotWritten]
        case (_, .given): []
        }
    }

    /// N5. Where the person is not known by a token, an accused caregiver makes every caregiver's consent void; one safe
    /// parent, known as such, is enough.
    private func isAccused(_ consent: Consent, in circumstances: ConsentCircumstances) -> Bool {
        if let party = consent.giverParty {
            if circumstances.accusedParties.contains(party) { return true }
            if circumstances.safeCaregivers.contains(party) { return false }
        }
        return consent.giver == .caregiver && circumstances.hasAccusedCaregiver
    }

    private func judgeUnasked(
        _ request: ConsentRequest,
        in circumstances: ConsentCircumstances,
        at moment: Date
    ) -> ConsentVerdict {
        guard circumstances.isLifeInDanger else { return .mayNotSend([.notAsked]) }
        let beyond = request.items.subtracting(minimumToSaveLife)
        guard beyond.isEmpty else { return .mayNotSend([.beyondMinimum(beyond)]) }
        return .maySendToSaveLife(reviewBy: moment.adding(hours: vitalReviewHours).wholeMilliseconds)
    }
}
