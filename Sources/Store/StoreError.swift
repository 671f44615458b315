/// Why the store refused or could not do what it was asked; carries numbers and codes, never SQL or row contents.
public enum StoreError: Error, Equatable, Sendable {
    /// The row stands at another version than the one expected (nil: expected not to exist, found not to exist).
    case conflict(expected: Int?, found: Int?)
    /// The row to delete does not exist.
    case missing
    /// The row or entry breaks a rule that the schema holds: a size, a version, an entry that does not follow the last.
    case invalid
    /// The disk is full; nothing of the batch was written, and the store goes on once there is space.
    case full
    /// Reading, writing or syncing failed; nothing was acknowledged and the store is stopped. The code is SQLite's
    /// extended result code for the database, the negated `errno` for files beside it.
    case ioError(code: Int)
    /// The file is not what was written to it; the store is stopped. The code is SQLite's extended result code, 0 for
    /// the vault.
    case damaged(code: Int)
    /// An earlier I/O error, or `close()`, stopped the store: it answers nothing until it is opened again.
    case stopped
    /// A durability or hardening setting did not take; the store does not start.
    case notDurable(setting: String)
    /// The file was written by a newer Leeward whose schema this one does not know.
    case schemaNewer
    /// The file exists and is not a Leeward store, or not a vault of this record size.
    case notAStore
    /// Another process, or this one, already holds the file open.
    case inUse
    /// The file cannot be opened; the code is as for `ioError`.
    case cannotOpen(code: Int)
    /// SQLite refused for another reason (memory, a lock): the batch failed and nothing was written.
    case refused(code: Int)
}
