/// The bounds of the audit formats, each with its reason.
public enum Limits {
    /// Longest canonical entry in bytes (SECURITY.md, "Audit log").
    public static let entryBytes = 2048
    /// Longest code or handle: the random identifiers have 27 characters, rule ids are short; more would let prose in.
    public static let codeCharacters = 64
    /// Most handles of one list entry (DECISIONS 17); a longer list makes several entries.
    public static let handles = 50
    /// Longest signed note read, in bytes: a checkpoint has 200, each witness adds about 120.
    public static let noteBytes = 16 << 10
    /// Longest list of checkpoints read, in bytes: one a minute for five years.
    public static let checkpointListBytes = 1 << 30
    /// Most signature lines looked at in a note, so that a hostile note costs little (as Go's `note` package does).
    public static let signatures = 100
    /// Hashes in a full tile and entries in a full bundle (C2SP tlog-tiles).
    public static let tileWidth = 256
    /// Bundles read side by side before they are taken in order: enough for every core, at most 40 MB of entries.
    static let bundlesAtOnce = 64
    /// Largest tree whose sizes are computed with, as in the published tlog texts.
    static let treeSize = 1 << 62
}
