import Care
import Casework
import Directory
import Foundation

/// A need as it is answered to those who may read it.
struct NeedForm: Encodable {
    let id: String
    let code: String
    let urgency: String
    let reason: String?
    let jurisdiction: String?
    let lifeThreatening: Bool
    let receivedElsewhere: Bool
    let accompaniment: String?
    let restrictions: String?
    let recordedAt: Date
    let outcome: String?

    init(_ need: Need) {
        id = need.id.text
        code = need.code.text
        urgency = need.urgency.rawValue
        reason = need.reason
        jurisdiction = need.jurisdiction?.text
        lifeThreatening = need.isLifeThreatening
        receivedElsewhere = need.isReceivedElsewhere
        accompaniment = need.accompaniment
        restrictions = need.restrictions
        recordedAt = need.recordedAt
        outcome = need.outcome?.rawValue
    }
}

extension Shape where Value == StatedNeed {
    /// A need as she states it.
    static var need: Shape { .object { try need($0) } }

    /// The same where its fields are the whole body.
    static func need(_ fields: Fields) throws -> StatedNeed {
        let code = fields.required("code", .serviceCode)
        let urgency = fields.required("urgency", Shape<Urgency>.word)
        let reason = fields.optional("reason", .words)
        let jurisdiction = fields.optional("jurisdiction", .country)
        let lifeThreatening = fields.optional("life_threatening", .flag, otherwise: false)
        let receivedElsewhere = fields.optional("received_elsewhere", .flag, otherwise: false)
        let accompaniment = fields.optional("accompaniment", .words)
        let restrictions = fields.optional("restrictions", .words)
        return try StatedNeed(
            code: code.get(),
            urgency: urgency.get(),
            reason: reason.get(),
            jurisdiction: jurisdiction.get(),
            isLifeThreatening: lifeThreatening.get(),
            isReceivedElsewhere: receivedElsewhere.get(),
            accompaniment: accompaniment.get(),
            restrictions: restrictions.get()
        )
    }
}
