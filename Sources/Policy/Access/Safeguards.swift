import Care

/// What no access file may permit, whoever writes it. A deployment changes the rules; these bounds are the promise that
/// the rules are made within (D2: access follows assignment, not role alone).
enum Safeguards {
    /// Acts that open, change or send what belongs to one case or referral.
    static let caseActs: Set<Act> = [
        .readCase, .recordNeed, .recordConsent, .withdrawConsent, .matchServices, .fileReferral, .readReferral,
        .acceptReferral, .declineReferral, .completeReferral, .revokeReferral, .openPacket, .eraseCase,
        .lockOut, .restrictCase, .addReader, .removeReader, .assignCase,
    ]

    /// Acts that give, take or renew the key of a team. Whoever does one holds the key, and so is of the team.
    static let teamKeyActs: Set<Act> = [.addMember, .removeMember, .renewTeamKey, .resealTeam]

    /// Acts that lead to a session or an account, and so ask for none: what is typed decides.
    static let sessionless: Set<Act> = [.signIn, .enrolPerson]

    /// Acts of a person on their own session and account: being signed in is all that they ask of a role.
    static let personal: Set<Act> = [.signOut, .confirmSession]

    /// Acts that hand out the whole log or touch somebody's keys: a session that was left open must not be enough for them
    /// (SECURITY section 5).
    static let confirmed: Set<Act> = [
        .exportAuditLog, .addMember, .removeMember, .renewTeamKey, .restrictCase, .addReader,
        .removeReader, .eraseCase,
    ]

    /// Acts that touch cases without being about a single one.
    static let caseloadActs: Set<Act> = [.openCase, .listCases, .listReferrals]

    /// Roles that never touch a case: who runs the accounts, keeps the directory, holds shares or reads the log does not
    /// read cases (D2).
    static let rolesWithoutCases: Set<Role> = [.auditor, .administrator, .secretariat, .trustee, .directoryEditor]

    /// What is wrong with a rule, and what to write in its place; empty when it keeps within the bounds.
    static func faults(of rule: AccessRule) -> [(what: String, write: String)] {
        let conditions = Set(rule.conditions)
        var roles: Set<Role> = []
        var relationships: Set<Relationship> = []
        for condition in conditions {
            if case .role(let role) = condition { roles.insert(role) }
            if case .relationship(let relationship) = condition { relationships.insert(relationship) }
        }
        var faults: [(what: String, write: String)] = []
        func refuse(_ isRefused: Bool, _ what: String, _ write: String) {
            if isRefused { faults.append(("rule '\(rule.id)' \(what)", write)) }
        }

        refuse(
            conditions.contains(.anyone) && (!sessionless.contains(rule.act) || conditions.count > 1),
            "lets in anyone",
            "'signed_in' or roles; 'anyone' stands alone and for "
                + "\(sessionless.map(\.rawValue).sorted().joined(separator: " and ")) only"
        )
        let needsNoRole = sessionless.union(personal).union([.readCountry]).contains(rule.act)
        refuse(!needsNoRole && roles.isEmpty, "names no role", "a condition 'role.…'")
        if caseActs.contains(rule.act) {
            refuse(relationships.isEmpty, "names no relationship to the case", "a condition 'relationship.…' (D2)")
            refuse(roles.contains(.helpline), "lets the helpline into a case", "another role, or [] for nobody (D2)")
        }
        if caseActs.contains(rule.act) || caseloadActs.contains(rule.act) {
            let outsiders = roles.intersection(rolesWithoutCases).map(\.rawValue).sorted().joined(separator: ", ")
            refuse(!outsiders.isEmpty, "lets \(outsiders) near a case", "a role that works with cases (D2)")
        }
        refuse(
            teamKeyActs.contains(rule.act) && relationships.isEmpty,
            "names no relationship to the team",
            "a condition 'relationship.…': nobody else holds its key"
        )
        refuse(
            confirmed.contains(rule.act) && !conditions.contains(.sessionConfirmed),
            "asks for no confirmation",
            "'session.confirmed' beside it"
        )
        switch rule.act {
        case .acceptReferral, .declineReferral, .openPacket:
            refuse(
                !relationships.contains(.receivingDesk),
                "is not bound to the receiving desk",
                "'relationship.receiving_desk'"
            )
            refuse(
                rule.act == .openPacket && !conditions.contains(.packetReleased),
                "opens a packet before it is accepted",
                "'referral.packet_released' beside it (DECISIONS 4)"
            )
        case .fileReferral:
            refuse(
                conditions.isDisjoint(with: [.consentCovers, .lifeInDanger]),
                "sends without consent",
                "'consent.covers', or 'consent.life_in_danger' (N2, N7)"
            )
        case .readAuditLog, .exportAuditLog:
            refuse(!roles.contains(.auditor), "opens the log to others than auditors", "'role.auditor' (D2)")
        default: break
        }
        return faults
    }
}
