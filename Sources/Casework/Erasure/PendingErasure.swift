import Care
import Sealing
import Store

/// An erasure that has begun: its intent is in the log, the rows of the case are gone, and until this row is gone too the
/// erase secret may still be there. Sealed under the routing key, at the id of the case.
struct PendingErasure: Codable, Sendable {
    let caseID: CaseID
    let reason: ErasureReason
    /// Whether an order to the operator began it, and not the team.
    let isByOrder: Bool

    var authority: VaultRecord.Authority { isByOrder ? .order : .team }

    enum CodingKeys: String, CodingKey {
        case caseID = "case"
        case reason
        case isByOrder = "by_order"
    }
}
