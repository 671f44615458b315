/// Why a backup is not taken; nothing was changed. Codes and numbers only.
public enum BackupRefusal: Error, Hashable, Sendable {
    /// It was sealed to another key than the one that was brought.
    case otherKey
    /// It has fewer bytes than were written.
    case cutShort
    /// Its bytes are not those that were written.
    case changed
    /// It is no file that `leeward backup create` makes.
    case noBackup
    /// The database in it was copied without its write-ahead log, so that the last acts may be missing.
    case withoutLog
    /// It is of another deployment: its log was signed with another key, or under another name.
    case otherDeployment
    /// It was written with another pepper.
    case otherPepper
    /// It was made by a newer Leeward.
    case newer
    /// What is in it does not hold together; the code says what.
    case unsound(code: String)
    /// The disk failed, or is full.
    case disk
}
