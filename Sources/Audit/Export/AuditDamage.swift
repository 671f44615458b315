/// What is wrong with an export; paths are inside it.
public enum AuditDamage: Equatable, Sendable {
    /// The file is missing or cannot be read.
    case missing(path: String)
    /// The file is longer than it may be, or is one that such an export does not have.
    case unexpected(path: String)
    /// `log.vkey` is not a key in its text form, or not the one that is trusted.
    case key
    /// The latest checkpoint is not one, or is not signed by the trusted key.
    case checkpoint(AuditError)
    /// An earlier checkpoint, counted from 0, is not one, or is not signed by the trusted key.
    case earlierCheckpoint(Int, AuditError)
    /// An earlier checkpoint covers more entries than one after it, or the last of the list is not the latest.
    case checkpointOrder(Int)
    /// The log no longer has the entries that a checkpoint of this size, trusted before, had.
    case cutBack(below: Int)
    /// An entry in this range is not the one that was signed: the tree has the signed root at its start, not at its end.
    case rewritten(Range<Int>)
    /// The entry is not the one whose hash the signed tree has.
    case changed
    /// The bundle ends within or before the entry.
    case cut(path: String)
    /// The entry is not in its canonical form.
    case notCanonical
    /// The entry bears another number than its place.
    case misnumbered(found: Int)
    /// The entry's count of milliseconds is less than that of the one before.
    case backInTime
    /// The tile is not the one that follows from the entries.
    case tile(path: String)
}

extension AuditDamage: CustomStringConvertible {
    /// One plain sentence without a full stop.
    public var description: String {
        switch self {
        case .missing(let path): "the file \(path) is missing or cannot be read"
        case .unexpected(let path): "the file \(path) does not belong there or has a wrong length"
        case .key: "log.vkey is not the trusted key"
        case .checkpoint(let error): "the checkpoint is refused (\(error))"
        case .earlierCheckpoint(let number, let error): "checkpoint \(number) of the list is refused (\(error))"
        case .checkpointOrder(let number): "checkpoint \(number) of the list is out of order"
        case .cutBack(let size): "the log no longer is the one of \(size) entries that was trusted before"
        case .rewritten(let range): "an entry from \(range.lowerBound) to \(range.upperBound - 1) was rewritten"
        case .changed: "the entry is not the one that was signed"
        case .cut(let path): "the file \(path) ends within or before the entry"
        case .notCanonical: "the entry is not in its canonical form"
        case .misnumbered(let found): "the entry bears the number \(found)"
        case .backInTime: "the entry's clock is behind that of the one before"
        case .tile(let path): "the tile \(path) does not follow from the entries"
        }
    }
}
