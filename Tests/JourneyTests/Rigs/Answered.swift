import Foundation
import Synchronization

/// One answer that a caller was given: what the log must hold for it.
struct Answered: Sendable {
    let request: String
    let act: String
    let outcome: String
    /// The case or referral it was about, where there is one.
    let handle: String?
}

/// Every answer of a run, in the order in which they came.
final class AnsweredRequests: Sendable {
    private let answers = Mutex<[Answered]>([])

    var all: [Answered] { answers.withLock { $0 } }
    func note(_ answer: Answered) { answers.withLock { $0.append(answer) } }
}
