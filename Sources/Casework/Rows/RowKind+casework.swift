import Store

/// What the rows of the store are. Numbers are stored: never reuse or change one.
///
/// The owner column groups rows without saying whose they are: it holds a blind index, never an id in clear
/// (SECURITY section 8).
extension RowKind {
    // Staff and their keys
    /// Sign-in name (blind index) to ``Account``, under the routing key.
    static let account = RowKind(rawValue: 1)
    /// The password slot of a person.
    static let passwordSlot = RowKind(rawValue: 2)
    /// The keyring of a person, under a keyring key.
    static let keyring = RowKind(rawValue: 3)
    /// A sign-in session, under the routing key, with the keyring under the bearer token inside.
    static let session = RowKind(rawValue: 4)
    /// The signed binding of an agency's, a person's or a team's public keys.
    static let binding = RowKind(rawValue: 5)
    /// ``AgencyRecord``, under the routing key.
    static let agency = RowKind(rawValue: 6)
    /// ``TeamRecord``, under the routing key.
    static let team = RowKind(rawValue: 7)
    /// A team's seed, granted to one member.
    static let teamGrant = RowKind(rawValue: 8)
    /// Which desk takes referrals for a service: blind index of the service to a team.
    static let deskOfService = RowKind(rawValue: 9)
    /// ``InvitationRecord``, under the routing key, at the digest of its code.
    static let invitation = RowKind(rawValue: 10)

    /// Who may sign the epochs of a team in one term, signed by the agency; at the team's id and the term.
    static let leads = RowKind(rawValue: 16)
    /// The binding of a team's key of an earlier epoch, at the team's id and the epoch.
    static let earlierBinding = RowKind(rawValue: 17)
    /// A team's seed of an earlier epoch, granted to one member, until nothing is sealed under it any more.
    static let earlierTeamGrant = RowKind(rawValue: 18)

    // Cases
    /// The routing row of a case (DECISIONS 14).
    static let caseRouting = RowKind(rawValue: 20)
    /// The four case secrets, under the key of the team that holds the case.
    static let caseSecrets = RowKind(rawValue: 21)
    static let caseIdentity = RowKind(rawValue: 22)
    static let caseContact = RowKind(rawValue: 23)
    static let caseConflicts = RowKind(rawValue: 24)
    static let caseContent = RowKind(rawValue: 25)
    /// A consent, under the content compartment; owned by its case.
    static let consent = RowKind(rawValue: 26)

    /// The secrets of a restricted case, granted to one person; owned by its case, indexed by whose it is.
    static let caseGrant = RowKind(rawValue: 36)

    // Referrals
    /// The routing row of a referral: what the receiving desk sees before it accepts (DECISIONS 4).
    static let referralRouting = RowKind(rawValue: 40)
    /// The packet, sealed to the receiving desk.
    static let packet = RowKind(rawValue: 41)

    /// ``PendingErasure``, under the routing key, at the id of the case.
    static let pendingErasure = RowKind(rawValue: 70)

    /// The trace of a create, so that the same request twice files once.
    static let idempotency = RowKind(rawValue: 60)
}
