public import Care
public import Directory

/// What an act is done on.
public enum Subject: Sendable, Hashable {
    /// The act concerns no one thing: a look-up without a case, a list of one's own cases.
    case nothing
    case country(CountryCode)
    /// A team, where something is opened for it.
    case team(TeamID)
    case caseFile(CaseID)
    case referral(ReferralID)
    case session(SessionID)
    /// An account that somebody tried to sign in to.
    case account(StaffID)
    /// The audit log itself: auditors are audited.
    case log

    /// The handle that stands in the entry: a random id or a country code, never a name.
    var handle: String {
        switch self {
        case .nothing: ""
        case .country(let country): country.text
        case .team(let id): id.text
        case .caseFile(let id): id.text
        case .referral(let id): id.text
        case .session(let id): id.text
        case .account(let id): id.text
        case .log: "log"
        }
    }
}
