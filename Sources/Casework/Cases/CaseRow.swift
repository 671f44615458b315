import Care

/// The routing row of a case (DECISIONS 14): its facts without a person in them, and who holds it.
struct CaseRow: Codable, Sendable {
    let team: TeamID
    let agency: AgencyID
    /// The worker who opened it, and so wrapped its secrets for the team.
    let openedBy: StaffID
    var routing: CaseRouting
    /// The epoch of the case's keys.
    var epoch: UInt32
    /// At which version each sheet and each consent stands, by name: one of an earlier version, put back by somebody who
    /// can write to the database, does not open.
    var sheets: [String: Int] = [:]
    /// Blind marks of colleagues who are locked out of this case; nobody can tell from it who they are (DECISIONS 6).
    var barred: [[UInt8]]
    /// Who reads it, where it is restricted; nil where the team holds it (DECISIONS 6).
    var readers: [StaffID]?
}
