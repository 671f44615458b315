/// Why a snapshot cannot be used or made. The files are the truth: whoever gets one of these reads them instead.
public enum SnapshotError: Error, Hashable, Sendable {
    /// The file is there and cannot be read.
    case unreadable
    /// The bytes are not what was written: cut, changed, or no snapshot at all.
    case damaged
    /// The file cannot be written there.
    case unwritable
}
