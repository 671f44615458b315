/// Every limit of the HTTP edge, each with its reason.
enum Limits {
    /// Largest body of a request (SECURITY section 9). The longest case sheet that a person types is under 100 kB.
    static let bodyBytes = 1_048_576

    /// Largest body that carries a password: a name and a password, with room for escapes. It is also the room set
    /// aside at once, so that no outgrown copy of a password is left behind.
    static let secretBodyBytes = 16_384

    /// Deepest nesting of a JSON body (SECURITY section 9). Our own requests need five levels.
    static let jsonDepth = 32

    /// Most fields in one JSON object: comparing names for duplicates stays cheap.
    static let jsonFields = 200

    /// Most values in one JSON body: a megabyte of `[],[],…` must not become a hundred megabytes of values.
    static let jsonValues = 20_000

    /// Most parameters in a query. No route knows more than four.
    static let queryParameters = 16

    /// Longest path: the longest template with its 27-character ids is under 100 characters.
    static let pathCharacters = 256

    /// Longest `Authorization` header that is looked at. A token has fewer than 100 characters.
    static let bearerCharacters = 512

    /// Longest code or token of the directory, as `Care` stores it.
    static let slugCharacters = 100

    /// Most values in one list of a request: what `Care` takes of languages, caregivers and channels, and of everything
    /// else that one case holds.
    static let fewValues = 32
    static let manyValues = 1_000

    /// Most needs of one look-up: more than a taxonomy of 30 types would be the whole directory.
    static let lookupNeeds = 30

    /// Longest sign-in name; the shortest and longest password that is tried. Longer ones cannot have been set by hand.
    static let signInName = 200
    static let passwordBytes = 1...1_024

    /// Longest printed code that is read: 60 letters, with dashes or spaces around each.
    static let codeBytes = 1...256

    /// A code of an authenticator app: six digits, with room for what is typed between them.
    static let oneTimeCodeBytes = 1...16

    /// Longest device token that is read. A token has 60 characters.
    static let deviceTokenBytes = 1...512

    /// Most entries of the log in one page, as the desk gives them.
    static let auditEntries = 200

    /// Longest `Idempotency-Key`, as docs/http-api.md promises.
    static let idempotencyKeyCharacters = 64

    /// A connection that says nothing for so long is closed.
    static let idleSeconds: Int64 = 60

    /// A body that has begun must be complete after so long: a megabyte takes 9 seconds at 1 Mbit/s.
    static let bodySeconds: Int64 = 10

    /// After an answer that was given before the whole body had come, the connection is closed this much later, so
    /// that a client which is still sending has read the answer.
    static let lingerSeconds: Int64 = 5

    /// Largest single header field and all header fields of a request, and how many there may be.
    static let headerFieldBytes = 8_192
    static let headerBytes = 16_384
    static let headerFields = 64

    /// Connections at once; the next ones wait in the backlog. Each costs a file and a few kilobytes.
    static let connections = 1_024

    /// How long a browser comes back by TLS alone: a year, the least that preload lists ask for.
    static let strictTransportSeconds = 31_536_000

    /// The length that every answer of a search is filled up to: twenty matches of the longest kind fit (SECURITY section 8).
    static let searchAnswerBytes = 8_192

    /// How long a caller should wait before it repeats a request that could not be recorded.
    static let recordingRetrySeconds = 5
}
