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
    /// Shortest password: 15 characters where the password is the only factor (NIST SP 800-63B-4).
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
    /// Team keys that are held sealed between requests, under 1 kB each: the people of a large deployment at work.
    static let heldTeamKeys = 4096
    /// Opened routing rows of one kind that are remembered, a few kB each: the accounts at work, the cases of an hour.
    static let openedRows = 1024
}
