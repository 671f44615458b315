import Care
import Casework
import Directory
import Foundation

/// A referral as both sides see it: routing fields, nothing that tells who she is (DECISIONS 4).
struct ReferralForm: Encodable {
    let id: String
    let state: String
    let code: String
    let ageBand: String?
    let languages: [String]
    let country: String
    let urgency: String
    let answerDueAt: Date?
    let box: String?
    let desk: String?
    let `case`: String?
    let version: Int?

    /// A referral of a case that is read as a whole.
    init(_ routing: ReferralRouting) {
        self.init(routing, box: nil, desk: nil, case: nil, version: nil)
    }

    /// A referral of an inbox or outbox.
    init(_ summary: ReferralSummary) {
        self.init(
            summary.routing,
            box: summary.box.rawValue,
            desk: summary.desk?.text,
            case: summary.caseID?.text,
            version: summary.version
        )
    }

    private init(_ routing: ReferralRouting, box: String?, desk: String?, case caseID: String?, version: Int?) {
        id = routing.referral.text
        state = routing.state.rawValue
        code = routing.code.text
        ageBand = routing.ageBand?.rawValue
        languages = routing.languages.map(\.text)
        country = routing.country.text
        urgency = routing.urgency.rawValue
        answerDueAt = routing.answerDueAt
        self.box = box
        self.desk = desk
        self.case = caseID
        self.version = version
    }
}
