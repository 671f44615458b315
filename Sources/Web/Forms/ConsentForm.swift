import Care
import Casework
import Directory
import Foundation

/// A consent as it is answered to those who may read the case.
struct ConsentForm: Encodable {
    struct AssentForm: Encodable {
        let state: String
        let form: String?
        let at: Date?
    }

    struct BestInterestsForm: Encodable {
        let reason: String
        let explanation: String
        let decidedBy: String
        let signedBy: String
    }

    let id: String
    let service: String
    let recipient: String
    let items: [String]
    let sendingAbroad: Bool
    let givenBy: String
    let giverParty: String?
    let form: String
    let assent: AssentForm
    let bestInterests: BestInterestsForm?
    let limitsExplainedAt: Date
    let givenAt: Date
    let expiresAt: Date
    let withdrawnAt: Date?

    init(_ consent: Consent) {
        id = consent.id.text
        service = consent.code.text
        recipient = consent.recipient.text
        items = consent.items.sorted().map(\.rawValue)
        sendingAbroad = consent.allowsSendingAbroad
        givenBy = consent.giver.rawValue
        giverParty = consent.giverParty?.text
        form = consent.form.rawValue
        assent =
            switch consent.assent {
            case .notAsked: AssentForm(state: AssentState.notAsked.rawValue, form: nil, at: nil)
            case .refused(let at): AssentForm(state: AssentState.refused.rawValue, form: nil, at: at)
            case .given(let form, let at):
                AssentForm(state: AssentState.given.rawValue, form: form.rawValue, at: at)
            }
        bestInterests = consent.bestInterests.map { decision in
            BestInterestsForm(
                reason: decision.reason.rawValue,
                explanation: decision.explanation,
                decidedBy: decision.decidedBy.text,
                signedBy: decision.signedBy.text
            )
        }
        limitsExplainedAt = consent.limitsExplainedAt
        givenAt = consent.givenAt
        expiresAt = consent.expiresAt
        withdrawnAt = consent.withdrawnAt
    }
}

private enum AssentState: String, CaseIterable {
    case notAsked = "not_asked"
    case refused
    case given
}

extension StatedConsent {
    /// A consent as the body of a request states it. A best-interests decision is that of `worker` where nobody else is
    /// named.
    init(_ fields: Fields, writtenBy worker: StaffID) throws {
        let code = fields.required("service", .serviceCode)
        let recipient = fields.required("recipient", .organization)
        let items = fields.required("items", .list(of: Shape<DataItem>.word, count: 1...DataItem.allCases.count))
        let abroad = fields.optional("sending_abroad", .flag, otherwise: false)
        let giver = fields.required("given_by", Shape<ConsentGiver>.word)
        let party = fields.optional("giver_party", .party)
        let form = fields.required("form", Shape<AgreementForm>.word)
        let assent = fields.optional("assent", .assent, otherwise: .notAsked)
        let bestInterests = fields.optional("best_interests", .bestInterests(of: worker))
        let explained = fields.required("limits_explained_at", .instant)
        let given = fields.optional("given_at", .instant)
        let expires = fields.optional("expires_at", .instant)
        try self.init(
            code: code.get(),
            recipient: recipient.get(),
            items: Set(items.get()),
            allowsSendingAbroad: abroad.get(),
            giver: giver.get(),
            giverParty: party.get(),
            form: form.get(),
            assent: assent.get(),
            bestInterests: bestInterests.get(),
            limitsExplainedAt: explained.get(),
            givenAt: given.get(),
            expiresAt: expires.get()
        )
    }
}

extension Shape where Value == Assent {
    fileprivate static var assent: Shape {
        .object { fields in
            let state = fields.required("state", Shape<AssentState>.word)
            let form = fields.optional("form", Shape<AgreementForm>.word)
            let at = fields.optional("at", .instant)
            switch (try state.get(), try form.get(), try at.get()) {
            case (.notAsked, nil, nil): return .notAsked
            case (.refused, nil, let moment?): return .refused(at: moment)
            case (.given, let form?, let moment?): return .given(form, at: moment)
            case (.given, nil, _): throw CareError.invalid(field: "form", write: "spoken or written")
            case (.given, _, nil), (.refused, _, nil): throw CareError.invalid(field: "at", write: "when she was asked")
            case (.refused, _?, _), (.notAsked, _?, _):
                throw CareError.invalid(field: "form", write: "it with the state given only")
            case (.notAsked, _, _?): throw CareError.invalid(field: "at", write: "no time where she was not asked")
            }
        }
    }
}

extension Shape where Value == BestInterests {
    fileprivate static func bestInterests(of worker: StaffID) -> Shape {
        .object { fields in
            let reason = fields.required("reason", Shape<BestInterests.Reason>.word)
            let explanation = fields.required("explanation", .words)
            let decidedBy = fields.optional("decided_by", Shape<StaffID>.id, otherwise: worker)
            let signedBy = fields.required("signed_by", Shape<StaffID>.id)
            return try BestInterests(
                reason: reason.get(),
                explanation: explanation.get(),
                decidedBy: decidedBy.get(),
                signedBy: signedBy.get()
            )
        }
    }
}
