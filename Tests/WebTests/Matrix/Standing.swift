import Care

/// How the person who asks stands to what is asked for: a column of the published matrix.
enum Standing: String, CaseIterable, Sendable {
    /// Where an act is about no case, referral or team.
    case anybody
    case ofTheTeam = "of the team"
    case assigned
    case assignedAndSender = "assigned, sent it"
    case assignedAndMoved = "assigned, moved away"
    case colleague
    case reader
    case senderAndMoved = "sent it, moved away"
    case otherTeam = "other team"
    case otherAgency = "other agency"
    case desk
    case otherDesk = "other desk"
    case barred
    case barredAtTheDesk = "barred at the desk"

    /// Who of the house stands so.
    var person: MatrixHouse.Person {
        switch self {
        case .anybody, .colleague: .colleague
        case .ofTheTeam: .lead
        case .assigned, .assignedAndSender: .holder
        case .assignedAndMoved: .wanderer
        case .senderAndMoved: .mover
        case .reader: .reader
        case .otherTeam: .elsewhere
        case .otherAgency: .stranger
        case .desk: .desk
        case .otherDesk: .otherDesk
        case .barred: .barred
        case .barredAtTheDesk: .barredAtTheDesk
        }
    }

    /// What an act can be asked about; every kind has the same columns in each of its tables.
    ///
    /// Left out, because they cannot exist: a receiving desk for a team or an act about nothing; the two who stand to a
    /// referral alone (who sent it, the desk that is barred from it) for a case, except that whoever sent a referral may
    /// take the consent back; somebody who is barred and assigned, for whoever opens a case cannot name themself among
    /// those to be kept out, and no act changes either afterwards; a focal point in or out of the line of the accused, for
    /// there is no such fact, and focal points stand to a case like everybody else.
    static func columns(of act: String, at path: String) -> [Standing] {
        if path.contains("{referral}") {
            return [
                .assigned, .assignedAndSender, .assignedAndMoved, .colleague, .senderAndMoved, .otherTeam, .otherAgency,
                .desk, .otherDesk, .barred, .barredAtTheDesk,
            ]
        }
        if path.contains("{case}") {
            let sender: [Standing] = act == Act.withdrawConsent.rawValue ? [.senderAndMoved] : []
            return [.assigned, .assignedAndMoved, .colleague, .reader] + sender + [
                .otherTeam, .otherAgency, .desk, .barred,
            ]
        }
        return act == Act.openCase.rawValue || path.contains("{team}")
            ? [.ofTheTeam, .otherTeam, .otherAgency] : [.anybody]
    }
}
