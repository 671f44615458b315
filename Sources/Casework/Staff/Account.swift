import Care

/// What the server knows of a person who can sign in; sealed under the routing key. No name, no address: the sign-in
/// name is kept as a blind index only.
struct Account: Codable, Sendable {
    let staff: StaffID
    let agency: AgencyID
    var roles: Set<Role>
    var teams: Set<TeamID>
    /// Teams that the person was invited for, and that no member has let them into yet; nil for none.
    var waitsFor: Set<TeamID>?

    enum CodingKeys: String, CodingKey {
        case staff, agency, roles, teams
        case waitsFor = "waits_for"
    }
}

/// An agency of the deployment; sealed under the routing key.
struct AgencyRecord: Codable, Sendable {
    let id: AgencyID
    let name: String
    /// ISO 3166-1 alpha-2.
    let country: String
}

/// A team, or a desk that receives referrals; sealed under the routing key.
struct TeamRecord: Codable, Sendable {
    let id: TeamID
    let agency: AgencyID
    let name: String
    let isDesk: Bool
    /// The services of the directory whose referrals this desk receives (DECISIONS 13).
    let services: [String]
    /// The epoch of the team key in use; it grows when a member leaves.
    var epoch: UInt32
    /// When the key in use was made.
    var keyMadeAtMilliseconds: Int64
    /// What is still sealed under earlier keys; nil where nothing is.
    var resealing: Resealing?

    enum CodingKeys: String, CodingKey {
        case id, agency, name
        case isDesk = "is_desk"
        case services, epoch
        case keyMadeAtMilliseconds = "key_made_at"
        case resealing
    }

    /// How far the cases of a team have come from earlier keys to the one in use. It stands in the team's row, so that any
    /// member goes on where another left off, or the power went.
    struct Resealing: Codable, Hashable, Sendable {
        /// Epochs whose keys the members still hold, the oldest first.
        var earlier: [UInt32]
        /// The last case that was looked at, in the order of the ids; nil before the first.
        var upTo: CaseID?
        /// How many cases were looked at.
        var done = 0
        /// How many of them opened under none of the keys.
        var unreadable = 0

        enum CodingKeys: String, CodingKey {
            case earlier
            case upTo = "up_to"
            case done, unreadable
        }
    }
}

/// A sign-in session; sealed under the routing key. The keyring in it is sealed once more, under the bearer token.
struct SessionRecord: Codable, Sendable {
    let session: SessionID
    let staff: StaffID
    let startedAtMilliseconds: Int64
    /// The keyring under the key that only the token gives.
    let keyring: [UInt8]

    enum CodingKeys: String, CodingKey {
        case session, staff
        case startedAtMilliseconds = "started_at"
        case keyring
    }
}
