import Audit
import Care
import Foundation

/// The entry of an act before it has its place in the log.
struct EntryDraft: Sendable {
    /// How the act ended (A1).
    enum Outcome: String, Sendable {
        case permitted
        case denied
        /// Permitted, and then not possible: a stale version, a wrong state, bad input.
        case failed
    }

    let act: Act
    let worker: Worker?
    let object: String
    let relationship: Relationship
    let purpose: Purpose
    let request: RequestID?
    var outcome: Outcome
    /// The rule that permitted it, or the code of the refusal or failure.
    var rule: String
    var notes = EntryNotes()
}
