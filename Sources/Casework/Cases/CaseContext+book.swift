import Care
import Directory
import Foundation
import Matching

extension CaseContext {
    /// What a match may look at of an opened case: needs, wishes and constraints; no name, no contact, no account of what
    /// happened (T3).
    init(of book: CaseBook, need: Need, at now: Date) {
        let file = book.file
        let content = file.content
        self.init(
            survivor: SurvivorFacts(
                age: file.identity.age?.years ?? file.identity.age?.youngestYears,
                gender: file.identity.gender,
                languages: file.identity.languages.isEmpty ? nil : file.identity.languages,
                currentCountry: file.identity.currentCountry,
                accessibilityNeeds: file.identity.accessibility,
                has: content.wishes.willingToUse ?? []
            ),
            need: SoughtNeed(code: need.code, urgency: need.urgency, jurisdiction: need.jurisdiction),
            consent: ConsentOnFile(for: need, in: book, at: now)
        )
        if case .known(let moment) = content.intake.lastContact { lastExposure = moment }
        otherNeeds = Set(content.needs.filter { $0.outcome == nil && $0.id != need.id }.map(\.code))
        isLifeThreatening = need.isLifeThreatening
        canLeaveAt = content.canLeaveAt
        caregiverIsAllegedPerpetrator = file.conflicts.hasAccusedCaregiver
        conflicts = file.conflicts.allegedPerpetrators.map {
            ConflictLink(party: $0.party, organizations: $0.organizations, places: $0.places)
        }
        fearedStates = file.conflicts.fearedStates
        avoidedOrganizations = file.conflicts.avoidedOrganizations
        avoidedPlaces = file.conflicts.avoidedPlaces
        preferences = Preferences(
            staffGender: content.wishes.staffGender.map { Preference($0.value, strict: $0.isStrict) },
            maxTravelHours: content.wishes.maximumTravelHours.map { Preference($0.value, strict: $0.isStrict) },
            mode: content.wishes.mode.map { Preference($0.value, strict: $0.isStrict) },
            noReportToAuthorities: content.wishes.noReportToAuthorities
        )
        safeRoutes = file.contact.permission == .notAsked ? nil : file.contact.routes
        currentProviders = content.currentProviders
        returnChecks = Matching.ReturnChecks(
            hasBestInterestsDetermination: content.returnChecks.isBestInterestsDetermined,
            riskAssessment: {
                switch content.returnChecks.riskAssessment {
                case .notDone: .notDone
                case .safe: .safe
                case .notSafe: .notSafe
                }
            }(),
            survivorWantsReturn: content.returnChecks.survivorWantsReturn
        )
    }
}

extension ConsentOnFile {
    /// Her decision about the service of a need: her "no" before all else, else the newest consent for the code. Whether
    /// it covers a certain recipient is asked when a referral is filed.
    init(for need: Need, in book: CaseBook, at now: Date) {
        if book.file.content.isDeclined(need.code, at: now) {
            self.init(status: .refused, giver: .survivor)
            return
        }
        let own = book.consents.filter { $0.code == need.code }
        guard let newest = own.last(where: { $0.isLive(at: now) }) ?? own.last else {
            self = .notAsked
            return
        }
        let assent: Bool? =
            switch newest.assent {
            case .given: true
            case .refused: false
            case .notAsked: nil
            }
        self.init(
            status: newest.withdrawnAt == nil ? .granted : .revoked,
            giver: newest.giver,
            childAssent: assent,
            expiresAt: newest.expiresAt,
            allowsCrossBorder: newest.allowsSendingAbroad
        )
    }
}
