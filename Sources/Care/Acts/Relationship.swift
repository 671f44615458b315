/// How a member of staff stands to the case or referral of an act (A1, D2).
public enum Relationship: String, Hashable, Sendable, CaseIterable, Codable {
    /// The case is assigned to this person.
    case assigned
    /// Of the team that holds the case.
    case sameTeam = "same_team"
    /// Supervises the team that holds the case.
    case supervisor
    /// Named among the readers of a restricted case.
    case reader
    /// Of the desk that the referral was sent to.
    case receivingDesk = "receiving_desk"
    /// Filed the referral.
    case sendingWorker = "sending_worker"
    case none
}
