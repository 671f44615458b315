import Sealing

/// The Merkle tree of RFC 6962 section 2.1 as it grows: it keeps the roots of the full subtrees along its right edge, so
/// that a log of n entries costs log n hashes of memory, and appending about two hashes of work.
public struct MerkleTree: Hashable, Sendable {
    /// How many leaves the tree has.
    public private(set) var size: Int
    /// The roots of the full subtrees, the largest (leftmost) first: one for each 1 in the binary form of `size`.
    public private(set) var frontier: [[UInt8]]

    /// The empty tree.
    public init() {
        size = 0
        frontier = []
    }

    /// A tree taken up again where it was left. Whether the frontier is the right one shows in the root.
    ///
    /// - Throws: `outside` when the frontier does not have one hash for each 1 in the binary form of the size, `badHash`.
    public init(size: Int, frontier: [[UInt8]]) throws(AuditError) {
        guard (0...Limits.treeSize).contains(size), frontier.count == size.nonzeroBitCount else { throw .outside }
        guard frontier.allSatisfy({ $0.count == Digest.count }) else { throw .badHash }
        self.size = size
        self.frontier = frontier
    }

    /// Adds a leaf by its hash.
    ///
    /// - Throws: `badHash` when it is not 32 bytes, `sealing` when the library refuses.
    public mutating func append(leaf: [UInt8]) throws(AuditError) {
        try append(subtree: leaf, height: 0)
    }

    /// Adds a full subtree of `2^height` leaves by its root.
    ///
    /// - Throws: `outside` when the size so far is not a multiple of the subtree's; else as for a leaf.
    public mutating func append(subtree root: [UInt8], height: Int) throws(AuditError) {
        guard root.count == Digest.count else { throw .badHash }
        guard (0..<62).contains(height), size & ((1 << height) - 1) == 0, size <= Limits.treeSize - (1 << height) else {
            throw .outside
        }
        var root = root
        var carry = size >> height
        while carry & 1 == 1, let left = frontier.popLast() {
            root = try Self.nodeHash(left, root)
            carry >>= 1
        }
        frontier.append(root)
        size += 1 << height
    }

    /// The root of the tree as it is now; SHA-256 of nothing for the empty one.
    ///
    /// - Throws: `sealing` when the library refuses.
    public func root() throws(AuditError) -> [UInt8] {
        guard var root = frontier.last else { return try Self.emptyRoot() }
        for left in frontier.dropLast().reversed() {
            root = try Self.nodeHash(left, root)
        }
        return root
    }

    /// The hash of a leaf: SHA-256 of 0x00 and the entry (RFC 6962 section 2.1).
    ///
    /// - Throws: `sealing` when the library refuses.
    public static func leafHash(_ entry: [UInt8]) throws(AuditError) -> [UInt8] {
        do throws(SealingError) {
            return try Digest.sha256(prefix: 0, left: entry, right: [])
        } catch {
            throw .sealing(error)
        }
    }

    /// The hash of a node: SHA-256 of 0x01, the left hash and the right hash (RFC 6962 section 2.1).
    ///
    /// - Throws: `sealing` when the library refuses.
    public static func nodeHash(_ left: [UInt8], _ right: [UInt8]) throws(AuditError) -> [UInt8] {
        do throws(SealingError) {
            return try Digest.sha256(prefix: 1, left: left, right: right)
        } catch {
            throw .sealing(error)
        }
    }

    /// The root of the tree without leaves.
    ///
    /// - Throws: `sealing` when the library refuses.
    public static func emptyRoot() throws(AuditError) -> [UInt8] {
        do throws(SealingError) {
            return try Digest.sha256([])
        } catch {
            throw .sealing(error)
        }
    }
}
