import Foundation

/// One entry of the log as an auditor reads it.
struct LoggedAct: Sendable, Decodable {
    let seq: Int
    let request: String
    let act: String
    let object: String
    let outcome: String
    let rule: String
    private let handlesIfAny: [String]?

    /// What was made or shown.
    var handles: [String] { handlesIfAny ?? [] }

    private enum CodingKeys: String, CodingKey {
        case seq, request, act, object, outcome, rule
        case handlesIfAny = "handles"
    }
}
