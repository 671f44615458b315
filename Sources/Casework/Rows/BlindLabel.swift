/// What a blind index stands for. The label keeps equal values in different columns apart; it is part of what is stored,
/// so it never changes.
enum BlindLabel: String {
    case signInName = "sign-in name"
    case sessionsOfStaff = "sessions of staff"
    case grantsOfStaff = "grants of staff"
    case teamGrant = "team grant"
    case earlierGrantsOfTeam = "earlier grants of team"
    case leadsOfTeam = "leads of team"
    case consentsOfCase = "consents of case"
    case barredFromCase = "barred from case"
    case caseGrant = "case grant"
    case grantsOfCase = "grants of case"
    case caseGrantsOfStaff = "case grants of staff"
    case casesOfTeam = "cases of team"
    case inboxOfDesk = "inbox of desk"
    case outboxOfTeam = "outbox of team"
    case deskOfService = "desk of service"
    case idempotency = "idempotency"
    case keyCheck = "key check"
}
