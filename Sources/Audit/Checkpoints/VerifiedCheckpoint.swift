/// A checkpoint whose signature by the trusted key was checked; there is no other way to come by one.
public struct VerifiedCheckpoint: Hashable, Sendable {
    /// What the log said.
    public let checkpoint: Checkpoint
    /// The signed note, whole, as it was read.
    public let note: [UInt8]

    /// Checks a signed note.
    ///
    /// - Throws: `badNote`, `badSignature`, or `badCheckpoint` when the text is no checkpoint or its origin is not the
    ///   key's name.
    public init(note: [UInt8], signedBy key: LogVerifierKey) throws(AuditError) {
        let checkpoint = try Checkpoint(parsing: SignedNote.text(of: note, signedBy: key))
        guard checkpoint.origin == key.name else { throw .badCheckpoint }
        self.checkpoint = checkpoint
        self.note = note
    }

    /// How many entries the log had.
    public var size: Int { checkpoint.size }

    /// The root of the tree of those entries.
    public var root: [UInt8] { checkpoint.root }
}
