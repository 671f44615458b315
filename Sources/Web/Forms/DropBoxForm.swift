import Casework
import Foundation

/// How the drop-box of a case stands. What was refused is there for the team's supervisor.
struct DropBoxForm: Encodable {
    struct Refused: Encodable {
        let record: String
        let reason: String
        let foundAt: Date

        init(_ drop: RefusedDrop) {
            record = drop.record
            reason = drop.reason.rawValue
            foundAt = drop.foundAt
        }
    }

    let intakeWaits: Bool
    let waitingNotes: Int
    let refused: [Refused]

    init(_ state: DropBoxState) {
        intakeWaits = state.isIntakeWaiting
        waitingNotes = state.waitingNotes
        refused = state.refused.map(Refused.init)
    }
}
