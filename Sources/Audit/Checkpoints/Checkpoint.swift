// C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint), the text of a signed note: the log's origin, the size in
// decimal, the base64 of the root, and any further lines, which are signed too and passed over:
//
//     example.org/leeward
//     2
//     EmlG7nVLVVb9fS0iwRpYTqOnUnfEAaArSAtcLOmA7lQ=

public import Sealing

/// What a log says of itself at one size.
public struct Checkpoint: Hashable, Sendable {
    /// The log's name; the name of its key too.
    public let origin: String
    /// How many entries the log has.
    public let size: Int
    /// The root of the tree of those entries, 32 bytes.
    public let root: [UInt8]

    /// Makes a checkpoint of its parts.
    ///
    /// - Throws: `badCheckpoint` for an origin that cannot be a key name or a size below 0, `badHash`.
    public init(origin: String, size: Int, root: [UInt8]) throws(AuditError) {
        guard LogVerifierKey.isName(origin), (0...Limits.treeSize).contains(size) else { throw .badCheckpoint }
        guard root.count == Digest.count else { throw .badHash }
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The checkpoint of a tree as it stands.
    ///
    /// - Throws: as for the parts; `sealing`.
    public init(origin: String, tree: MerkleTree) throws(AuditError) {
        try self.init(origin: origin, size: tree.size, root: tree.root())
    }

    /// The text to sign.
    public var text: String {
        "\(origin)\n\(size)\n\(Base64.encode(root))\n"
    }

    /// The signed note.
    ///
    /// - Throws: `sealing`.
    public func signed(with key: SigningKey) throws(AuditError) -> [UInt8] {
        try SignedNote.sign(text, name: origin, with: key)
    }

    /// Reads the text of a note.
    ///
    /// - Throws: `badCheckpoint` for any other form.
    init(parsing text: String) throws(AuditError) {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // The text ends with a newline; between the root and it stand lines that are not empty.
        guard lines.count >= 4, lines.last == "", lines.dropLast().allSatisfy({ !$0.isEmpty }),
            let size = Int(lines[1]), String(size) == lines[1], let root = Base64.decode(lines[2]),
            root.count == Digest.count
        else { throw .badCheckpoint }
        try self.init(origin: lines[0], size: size, root: root)
    }
}
