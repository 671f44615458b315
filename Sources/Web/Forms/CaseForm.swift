import Care
import Casework
import Directory
import Foundation

/// A case as it is answered to those who may read it.
struct CaseForm: Encodable {
    struct Note: Encodable {
        let text: String
        let writtenBy: String
        let writtenAt: Date
    }

    struct Declined: Encodable {
        let code: String
        let kind: String
        let reason: String?
        let declinedAt: Date
        let offerAgainFrom: Date?
    }

    struct Context: Encodable {
        let form: String
        let country: String?
        let setting: String?
        let otherForm: String?
    }

    struct Return: Encodable {
        let bestInterestsDetermined: Bool
        let riskAssessment: String
        let survivorWantsReturn: Bool
    }

    let id: String
    let version: Int
    let state: String
    let agency: String
    let team: String
    let assigned: [String]
    let readers: [String]?
    let openedAt: Date?
    let risk: String?
    let survivor: SurvivorForm
    let safeContact: SafeContactForm
    let conflicts: ConflictsForm
    let intake: IntakeForm
    let gaps: [String]
    let needs: [NeedForm]
    let declined: [Declined]
    let wishes: WishesForm
    let contexts: [Context]
    let returnChecks: Return
    let canLeaveAt: Date?
    let currentProviders: [String]
    let notes: [Note]
    let consentReporting: String
    let consents: [ConsentForm]
    let referrals: [ReferralForm]

    init(_ reading: CaseReading) {
        let file = reading.file
        let content = file.content
        id = file.id.text
        version = reading.version
        state = content.lifecycle.state.rawValue
        agency = content.agency.text
        team = content.team.text
        assigned = content.assigned.map(\.text)
        readers = reading.readers?.map(\.text)
        openedAt = content.lifecycle.openedAt
        risk = content.risk?.rawValue
        survivor = SurvivorForm(file.identity)
        safeContact = SafeContactForm(file.contact)
        conflicts = ConflictsForm(file.conflicts)
        intake = IntakeForm(content.intake)
        gaps = content.gaps
        needs = content.needs.map(NeedForm.init)
        declined = content.declined.map { refusal in
            Declined(
                code: refusal.code.text,
                kind: refusal.kind.rawValue,
                reason: refusal.reason,
                declinedAt: refusal.declinedAt,
                offerAgainFrom: refusal.offerAgainFrom
            )
        }
        wishes = WishesForm(content.wishes)
        contexts = content.contexts.map { context in
            Context(
                form: context.form.rawValue,
                country: context.country?.text,
                setting: context.setting?.rawValue,
                otherForm: context.otherForm
            )
        }
        returnChecks = Return(
            bestInterestsDetermined: content.returnChecks.isBestInterestsDetermined,
            riskAssessment: content.returnChecks.riskAssessment.rawValue,
            survivorWantsReturn: content.returnChecks.survivorWantsReturn
        )
        canLeaveAt = content.canLeaveAt
        currentProviders = content.currentProviders.map(\.text).sorted()
        notes = content.notes.map { Note(text: $0.text, writtenBy: $0.writtenBy.text, writtenAt: $0.writtenAt) }
        consentReporting = content.consentReporting.rawValue
        consents = reading.consents.map(ConsentForm.init)
        referrals = reading.referrals.map { ReferralForm($0) }
    }
}
