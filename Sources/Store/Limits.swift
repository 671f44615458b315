/// The bounds of the store, each with its reason.
public enum Limits {
    /// Longest identifier, owner or index value in bytes: identifiers have 16, a SHA-256 has 32; twice that is room.
    public static let identifierBytes = 64
    /// Longest sealed row in bytes, 16 MiB: attachments are cut into rows before they come here.
    public static let sealedBytes = 16 << 20
    /// Longest audit entry in bytes (SECURITY.md, "Audit log": at most 2 kB).
    public static let auditEntryBytes = 2048
    /// Length of a Merkle leaf hash in bytes (SHA-256, RFC 6962).
    public static let leafBytes = 32
    /// Longest checkpoint note in bytes: a note of 200 bytes and the signatures of many witnesses.
    public static let checkpointBytes = 16 << 10
    /// The reserve file that is released to shut down in order when the disk is full (SECURITY.md, "Audit log").
    public static let reserveBytes = 64 << 20
    /// Longest record of a vault file in bytes: erase secrets have 128 to 160.
    public static let vaultRecordBytes = 4096
    /// Longest note in a lock file: a command and a process number.
    static let lockHolderBytes = 200
    /// Pages that a copy takes in one step, 4 MB: often enough for somebody who watches, seldom enough to cost nothing.
    static let pagesOfCopyStep: Int32 = 1024
    /// How many connections may read at once; two cores are kept busy by fewer, slow readers must not starve the rest.
    static let readers = 8
    /// Estimated pages written before the write-ahead log is folded into the main file, SQLite's own default.
    static let pagesBetweenFolds = 1000
    /// SQLite's default page size in bytes, used for that estimate alone.
    static let pageBytes = 4096
}
