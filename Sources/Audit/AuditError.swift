public import Sealing

/// Why an entry, a note, a proof or an export was refused; it carries field names, numbers and paths inside an export,
/// never what an entry says.
public enum AuditError: Error, Equatable, Sendable {
    /// A field of an entry is not a code, a handle or a number of its kind; the name is the field's.
    case badField(String)
    /// The entry would be longer than 2 kB.
    case tooLong
    /// The bytes are not the one canonical form of an entry.
    case notCanonical
    /// A hash has another length than 32 bytes.
    case badHash
    /// The tree has no such leaf or size.
    case outside
    /// The key name or the text form of the key is malformed, or its key id is another's.
    case badKey
    /// The note is malformed.
    case badNote
    /// The note is not signed by the trusted key, or its signature does not fit.
    case badSignature
    /// The signed text is not a checkpoint, or is one of another log.
    case badCheckpoint
    /// The files of an export cannot be written or read; the path is relative to the export.
    case file(String)
    /// The export's entries and its checkpoint do not belong together.
    case exportDiffers
    /// The cryptographic library refused.
    case sealing(SealingError)
}
