/// What a person can ask Leeward to do. Every route, rule and audit entry names one of these; the raw value is stored in
/// the log for good, so a code is never reused or renamed.
public enum Act: String, Hashable, Sendable, CaseIterable, Codable {
    case signIn = "session.open"
    case signOut = "session.close"
    case confirmSession = "session.confirm"
    case lookUpServices = "services.look_up"
    case readCountry = "country.read"
    case openCase = "case.open"
    case listCases = "case.list"
    case readCase = "case.read"
    case recordNeed = "need.record"
    case recordConsent = "consent.record"
    case withdrawConsent = "consent.withdraw"
    case matchServices = "services.match"
    case fileReferral = "referral.file"
    case listReferrals = "referral.list"
    case readReferral = "referral.read"
    case acceptReferral = "referral.accept"
    case declineReferral = "referral.decline"
    case completeReferral = "referral.complete"
    case revokeReferral = "referral.revoke"
    case openPacket = "packet.open"
    case lockOut = "case.lock_out"
    case restrictCase = "case.restrict"
    case addReader = "reader.add"
    case removeReader = "reader.remove"
    case assignCase = "case.assign"
    case listMembers = "team.members"
    case addMember = "member.add"
    case removeMember = "member.remove"
    case renewTeamKey = "team.renew_key"
    case resealTeam = "team.reseal"
    case readAuditLog = "audit.read"
    case readCheckpoint = "audit.checkpoint"
    case exportAuditLog = "audit.extract"
    case foundAgency = "agency.found"
    case foundTeam = "team.found"
    case enrolPerson = "person.enrol"
    case invitePerson = "person.invite"
    case loadDirectory = "directory.load"
    case eraseCase = "case.erase"
    /// The server's own: an erasure has reached everything that it can reach.
    case completeErasure = "case.erased"
    /// The operator's: a restored log goes on under a new name.
    case continueLog = "log.continue"
    /// The operator's: everything but passwords hangs on a new pepper.
    case rotatePepper = "keys.rotate_pepper"

    /// The purpose an act has where nobody states another one (A1).
    public var usualPurpose: Purpose {
        switch self {
        case .signIn, .signOut, .confirmSession, .foundAgency, .foundTeam, .enrolPerson, .invitePerson, .rotatePepper:
            .accountAccess
        case .lookUpServices, .readCountry: .helpLine
        case .listMembers, .addMember, .removeMember, .renewTeamKey, .resealTeam: .accountAccess
        case .lockOut, .restrictCase, .addReader, .removeReader, .assignCase: .caseManagement
        case .openCase, .listCases, .readCase, .recordNeed, .recordConsent, .withdrawConsent, .matchServices:
            .caseManagement
        case .fileReferral, .listReferrals, .readReferral, .acceptReferral, .declineReferral, .completeReferral,
            .revokeReferral, .openPacket:
            .referral
        case .readAuditLog, .readCheckpoint, .exportAuditLog: .audit
        case .loadDirectory: .directoryCare
        case .eraseCase, .completeErasure, .continueLog: .recordKeeping
        }
    }
}
