/// The text of every query; the statements that change rows stand with `Transaction`.
enum Queries {
    private static let columns = "kind, id, owner, idx, version, sealed"

    static let row = "SELECT \(columns) FROM record WHERE kind = ? AND id = ?"
    static let version = "SELECT version FROM record WHERE kind = ? AND id = ?"
    // An empty blob comes before every identifier, so that a page without a predecessor is the first.
    static let rowsOfKind = """
        SELECT \(columns) FROM record WHERE kind = ? AND id > coalesce(?, x'') ORDER BY id LIMIT ?
        """
    static let rowsOfOwner = """
        SELECT \(columns) FROM record WHERE kind = ? AND owner = ? AND id > coalesce(?, x'') ORDER BY id LIMIT ?
        """
    static let rowsOfIndex = """
        SELECT \(columns) FROM record WHERE kind = ? AND idx = ? AND id > coalesce(?, x'') ORDER BY id LIMIT ?
        """
    static let countOfKind = "SELECT count(*) FROM record WHERE kind = ?"
    static let countOfOwner = "SELECT count(*) FROM record WHERE kind = ? AND owner = ?"
    static let auditSize = "SELECT coalesce(max(seq) + 1, 0) FROM auditEntry"
    static let auditEntries = "SELECT seq, entry, leaf FROM auditEntry WHERE seq >= ? ORDER BY seq LIMIT ?"
    static let auditLeaves = "SELECT leaf FROM auditEntry WHERE seq >= ? ORDER BY seq LIMIT ?"
    static let latestCheckpoint = "SELECT size, note FROM checkpoint ORDER BY number DESC LIMIT 1"
    static let checkpoints = "SELECT size, note FROM checkpoint WHERE number >= ? ORDER BY number LIMIT ?"
    static let meta = "SELECT value FROM meta WHERE key = ?"

    static let insert = """
        INSERT INTO record (slot, kind, id, owner, idx, version, sealed)
        VALUES (random() & 9223372036854775807, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO NOTHING
        """
    static let update = """
        UPDATE record SET owner = ?, idx = ?, version = ?, sealed = ? WHERE kind = ? AND id = ? AND version = ?
        """
    static let delete = "DELETE FROM record WHERE kind = ? AND id = ?"
    static let deleteOfOwner = "DELETE FROM record WHERE kind = ? AND owner = ?"
    static let appendAudit = "INSERT INTO auditEntry (seq, entry, leaf) VALUES (?, ?, ?)"
    static let appendCheckpoint = """
        INSERT INTO checkpoint (number, size, note) SELECT coalesce(max(number) + 1, 0), ?, ? FROM checkpoint
        """
    static let setMeta = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
    static let begin = "BEGIN DEFERRED TRANSACTION"
    static let end = "COMMIT TRANSACTION"
    static let giveUp = "ROLLBACK TRANSACTION"
    static let savepoint = "SAVEPOINT act"
    static let release = "RELEASE SAVEPOINT act"
    static let rollback = "ROLLBACK TO SAVEPOINT act"
}
