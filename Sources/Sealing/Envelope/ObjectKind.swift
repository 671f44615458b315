/// What a sealed or signed object is. The number stands in its header and never gets another meaning; a new kind takes
/// the next free number, a retired one keeps its own.
public enum ObjectKind: UInt8, CaseIterable, Sendable {
    /// Content of a case under a compartment's key.
    case record = 1
    /// What jobs and gates may read without a session, under the server's routing key.
    case routingRow = 2
    /// A person's keyring under its keyring key.
    case keyring = 3
    /// A keyring key under a password.
    case slot = 4
    /// A keyring for the length of a sign-in session, under the bearer token.
    case session = 5
    /// A team's seed for a member.
    case teamSecret = 6
    /// A case's secrets under a team key.
    case caseSecret = 7
    /// Secrets of a case for one person.
    case grant = 8
    /// A referral packet for a receiving desk.
    case packet = 9
    /// An erase secret or a tombstone in the vault file.
    case vaultRecord = 10
    /// A record sealed to a case by somebody who cannot read it.
    case dropBox = 11
    /// The sealed part of audit entries.
    case auditDetails = 12
    /// An account's own settings, under the server's routing key.
    case account = 13
    /// A signed binding of keys to a person, team or agency.
    case binding = 14
    /// The root key and the agencies' keys off the server, under a printed code.
    case foundingFile = 15
    /// A trustee's share of what opens a case in an emergency.
    case share = 16
    /// A case's secrets under a key that trustees hold in shares.
    case breakGlass = 17
    /// The secret that a person's authenticator app holds too.
    case authenticator = 18
    /// The key of a blind index.
    case indexKey = 19
    /// The full token of a value in a blind index.
    case indexToken = 20
    /// An agency's signed statement about who leads a team.
    case leads = 21

    /// Whether the plaintext is padded. Kinds of one fixed length need none.
    var isPadded: Bool {
        switch self {
        case .slot, .teamSecret, .caseSecret, .grant, .vaultRecord, .binding, .share, .breakGlass, .authenticator,
            .indexKey, .indexToken, .leads:
            false
        case .record, .routingRow, .keyring, .session, .packet, .dropBox, .auditDetails, .account,
            .foundingFile:
            true
        }
    }
}
