/// The bounds of casework, each with its reason.
enum Limits {
    /// Acts that one transaction takes at most: one durable commit costs the same whatever its size, and past 256 the
    /// gain is small while the first act waits longer (SECURITY section 6).
    static let batch = 256
    /// A checkpoint at the latest after so many entries, or so many seconds with something to sign (SECURITY section 6).
    static let entriesBetweenCheckpoints = 256
    static let secondsBetweenCheckpoints = 60.0
    /// Kinds of counted acts that are kept apart: every act and country there is, with room.
    static let talliedKinds = 1024
    /// Sign-in session: idle and whole life (NIST SP 800-63B-4, AAL3 idle time; SECURITY section 2).
    static let sessionIdleSeconds = 15.0 * 60
    static let sessionSeconds = 10.0 * 3600
    /// How long a confirmation of a session stands (SECURITY section 5).
    static let confirmationSeconds = 5.0 * 60
    /// Wrong tries in a row: each doubles the wait before the next, from one second to a minute (SECURITY section 5), and after
    /// a hundred no more are taken (NIST SP 800-63B-4, section 3.2.2).
    static let longestWaitSeconds = 60
    static let wrongTries = 100
    /// Names nobody has whose wrong tries are remembered, a few hundred bytes each. Past that one of them makes room.
    static let triedNames = 4096
    /// Devices of one person that are remembered, and how long after their last sign-in.
    static let devices = 20
    static let deviceSeconds = 90.0 * 24 * 3600
    /// How long a new authenticator may wait for its first code.
    static let offerSeconds = 10.0 * 60
    /// Password derivations that wait while all cores are busy; past that the answer is "busy" (SECURITY section 5).
    static let waitingSignIns = 32
    /// Entries of the log that one page answers with, and rows that are looked through at a time.
    static let page = 200
    /// Entries of the log that one page looks at while it filters: about a tenth of a second of one core.
    static let lookedAt = 10_000
    /// Entries that one part of an extract of the log holds: 2 MB at most.
    static let extract = 1000
    /// Handles that one entry names (DECISIONS 17).
    static let handles = 50
    /// How long the trace of a create is kept for a repeat of the same request (EXPERIENCE section 2).
    static let idempotencySeconds = 24.0 * 3600
    /// Shortest password: 15 characters where the password is the only factor (NIST SP 800-63B-4). It stays so beside an
    /// authenticator, because codes protect no key: a stolen database with the pepper asks for the password alone.
    static let passwordCharacters = 15
    /// Longest sign-in name, in UTF-8 bytes after normalising.
    static let signInNameBytes = 254
    /// How long an invitation can be used: the paper has to reach a person, and should not lie about for longer.
    static let invitationSeconds = 7.0 * 24 * 3600
    /// How long a team's key is granted to a member: until the team's yearly new epoch (SECURITY section 2).
    static let teamGrantSeconds = 366.0 * 24 * 3600
    /// How long a team's key is in use before it is to be renewed: a year (SECURITY section 2), a day before the grants of it
    /// end.
    static let teamKeySeconds = 365.0 * 24 * 3600
    /// Cases whose secrets one act seals anew: some milliseconds of work in one transaction.
    static let resealed = 256
    /// How long a restricted case is granted to a reader: ten years, longer than a case is worked on. It ends before that by new
    /// keys; one that ran out would lock the last reader out of it.
    static let caseGrantSeconds = 3653.0 * 24 * 3600
    /// Bindings whose signatures are remembered as checked, under 1 kB each: the people and teams of a large deployment.
    static let trustedBindings = 4096
    /// Searches by one person in an hour (SECURITY section 10, row 9): a helpline's busy hour, and no use for trying numbers.
    static let searches = 20
    /// Pages of a search in texts by one person in an hour: 3,000 cases, each of which they may read anyway.
    static let textSearches = 60
    /// The span that both are counted over.
    static let searchSpanMilliseconds: Int64 = 3_600_000
    /// People whose searches are counted at once, some 200 bytes each: everybody of a large deployment.
    static let searchers = 8192
    /// Matches that one search answers with: more than that is a name that is too common to tell anything.
    static let searchHits = 20
    /// Characters of what is searched for in texts: two at least, a name at most.
    static let searchedText = 2...100
    /// Values of one case in the indexes (docs/formats/search-index.md, the budget).
    static let indexedPhones = 5
    /// Notes that wait in the drop-box of one case and are folded in at once (DECISIONS 17: one entry names 50).
    static let foldedNotes = 49
    /// Team keys that are held sealed between requests, under 1 kB each: the people of a large deployment at work.
    static let heldTeamKeys = 4096
    /// Opened routing rows of one kind that are remembered, a few kB each: the accounts at work, the cases of an hour.
    static let openedRows = 1024
}
