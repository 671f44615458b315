import Care
import Directory
import Foundation
import Matching

extension CaseContext {
    /// What a match may look at of an opened case: needs, wishes and constraints; no name, no contact, no account of what
    /// happened (T3).
    init(of book: CaseBook, need: Need, at now: Date) {
        self.init(
            factsOf: book,
            need: SoughtNeed(code: need.code, urgency: need.urgency, jurisdiction: need.jurisdiction),
            consent: ConsentOnFile(for: need.code, in: book, at: now)
        )
        otherNeeds = Set(book.file.content.needs.filter { $0.outcome == nil && $0.id != need.id }.map(\.code))
        isLifeThreatening = need.isLifeThreatening
    }

    fileprivate init(factsOf book: CaseBook, need: SoughtNeed, consent: ConsentOnFile) {
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
            need: need,
            consent: consent
        )
        if case .known(let moment) = content.intake.lastContact { lastExposure = moment }
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

extension WholeCase {
    /// An opened case with all its open needs. Nil where no need was ever stated.
    init?(of book: CaseBook, proposing codes: [ServiceCode], at now: Date) {
        let needs = book.file.content.needs
        guard let any = needs.first else { return nil }
        let open = needs.filter { $0.outcome == nil }
        let known = Set(needs.map(\.code) + codes + book.consents.map(\.code))
        // What no service could give is asked for again; the other outcomes settle a need (X3).
        let settled = needs.filter { $0.outcome != nil && $0.outcome != .serviceUnavailable }
        self.init(
            CaseContext(factsOf: book, need: SoughtNeed(code: any.code, urgency: any.urgency), consent: .notAsked),
            openNeeds: open.map { need in
                OpenNeed(
                    SoughtNeed(code: need.code, urgency: need.urgency, jurisdiction: need.jurisdiction),
                    isLifeThreatening: need.isLifeThreatening
                )
            },
            consents: Dictionary(
                known.map { ($0, ConsentOnFile(for: $0, in: book, at: now)) },
                uniquingKeysWith: { first, _ in first }
            ),
            settled: Set(settled.map(\.code)).subtracting(open.map(\.code))
        )
    }
}

extension ConsentOnFile {
    /// Her decision about a service: her "no" before all else, else the newest consent for the code. Whether it covers a
    /// certain recipient is asked when a referral is filed.
    init(for code: ServiceCode, in book: CaseBook, at now: Date) {
        if book.file.content.isDeclined(code, at: now) {
            self.init(status: .refused, giver: .survivor)
            return
        }
        let own = book.consents.filter { $0.code == code }
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
