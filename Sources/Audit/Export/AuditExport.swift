// A folder in the layout of C2SP tlog-tiles, docs/formats/export.md, so that a stranger's verifier can read it:
//
//     log.vkey                     the log's public key with its name, one line
//     checkpoint                   the latest signed checkpoint
//     checkpoints                  every checkpoint, one note after another, the latest last
//     tile/<L>/<N>[.p/<W>]         hashes of the tree, 32 bytes each
//     tile/entries/<N>[.p/<W>]     entries, each after its length in two bytes, big-endian

/// Writes an export of the log, entry by entry, with no more than the last tiles in memory.
///
/// It writes what it is given, so that a damaged log can be exported too; whether it is sound is the verifier's to say.
public struct AuditExport: ~Copyable {
    private let folder: ExportFolder
    private let key: LogVerifierKey
    private var stack = TileStack()
    private var bundle: [UInt8] = []
    private var notes: [UInt8] = []
    private var size = 0

    /// Begins an export in a new or empty folder.
    ///
    /// - Throws: `file` when the folder cannot be made or has something in it.
    public init(into path: String, key: LogVerifierKey) throws(AuditError) {
        folder = ExportFolder(path)
        self.key = key
        try folder.makeNew()
        try folder.write(Array((key.text + "\n").utf8), to: TilePath.key)
    }

    /// Adds the next entry with its leaf hash, both as stored.
    ///
    /// - Throws: `tooLong`, `badHash`, `file`, `sealing`.
    public mutating func append(entry: [UInt8], leaf: [UInt8]) throws(AuditError) {
        guard entry.count <= Limits.entryBytes else { throw .tooLong }
        guard leaf.count == 32 else { throw .badHash }
        bundle += [UInt8(entry.count >> 8), UInt8(entry.count & 0xFF)] + entry
        size += 1
        for tile in try stack.append(leaf) {
            try write(tile)
        }
    }

    /// Adds a signed checkpoint to the list of all, in the order in which they were signed.
    ///
    /// - Throws: `badNote` when it is longer than 16 KiB.
    public mutating func append(checkpoint note: [UInt8]) throws(AuditError) {
        guard note.count <= Limits.noteBytes else { throw .badNote }
        notes += note
    }

    /// Ends the export with the checkpoint of all its entries, which is added to the list of all.
    ///
    /// - Throws: `exportDiffers` when the checkpoint is of another size; `badNote`, `badSignature`, `badCheckpoint`;
    ///   `file`; `sealing`.
    public consuming func finish(checkpoint note: [UInt8]) throws(AuditError) {
        guard try VerifiedCheckpoint(note: note, signedBy: key).size == size else { throw .exportDiffers }
        for tile in stack.partial {
            try write(tile)
        }
        try folder.write(notes + note, to: TilePath.checkpoints)
        try folder.write(note, to: TilePath.checkpoint)
    }

    /// Writes a tile, and with one of level 0 the bundle of its entries.
    private mutating func write(_ tile: TileStack.Tile) throws(AuditError) {
        try folder.write(tile.bytes, to: tile.path)
        if tile.level == 0 {
            try folder.write(bundle, to: TilePath.entries(index: tile.index, width: tile.hashes.count))
            bundle = []
        }
    }
}
