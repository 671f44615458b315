import Sealing

/// Inclusion and consistency proofs of RFC 6962 sections 2.1.1 and 2.1.2: making them from leaf hashes, and checking them
/// strictly as RFC 9162 sections 2.1.3.2 and 2.1.4.2 say.
public enum MerkleProof {
    /// The audit path of a leaf in the tree of all these leaf hashes.
    ///
    /// - Throws: `outside` when there is no such leaf, `badHash`, `sealing`.
    public static func inclusion(of index: Int, in leaves: [[UInt8]]) throws(AuditError) -> [[UInt8]] {
        guard leaves.indices.contains(index) else { throw .outside }
        guard leaves.allSatisfy({ $0.count == Digest.count }) else { throw .badHash }
        return try path(index, leaves[...])
    }

    /// The proof that the tree of the first `size` leaves is a prefix of the tree of all of them.
    ///
    /// - Throws: `outside` unless `size` is from 1 to their number, `badHash`, `sealing`.
    public static func consistency(of size: Int, with leaves: [[UInt8]]) throws(AuditError) -> [[UInt8]] {
        guard (1...max(leaves.count, 1)).contains(size), !leaves.isEmpty else { throw .outside }
        guard leaves.allSatisfy({ $0.count == Digest.count }) else { throw .badHash }
        return try subproof(size, leaves[...], isWhole: true)
    }

    /// Whether the leaf hash stands at this place of the tree with this size and root.
    ///
    /// False too for hashes of another length than 32 bytes and for a path that is longer or shorter than it must be.
    ///
    /// - Throws: `sealing` when the library refuses: nothing is known then.
    public static func isIncluded(
        leaf: [UInt8],
        at index: Int,
        size: Int,
        root: [UInt8],
        proof: [[UInt8]]
    ) throws(AuditError) -> Bool {
        guard index >= 0, index < size, size <= Limits.treeSize else { return false }
        guard ([leaf, root] + proof).allSatisfy({ $0.count == Digest.count }) else { return false }
        var place = index
        var last = size - 1
        var hash = leaf
        for step in proof {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = try MerkleTree.nodeHash(step, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = try MerkleTree.nodeHash(hash, step)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether the first tree is a prefix of the second.
    ///
    /// False too for an empty first tree, of which nothing can be proved, for hashes of another length than 32 bytes, and
    /// for a proof that is longer or shorter than it must be.
    ///
    /// - Throws: `sealing` when the library refuses: nothing is known then.
    public static func isConsistent(
        size: Int,
        root: [UInt8],
        withSize later: Int,
        root laterRoot: [UInt8],
        proof: [[UInt8]]
    ) throws(AuditError) -> Bool {
        guard size > 0, size <= later, later <= Limits.treeSize else { return false }
        guard ([root, laterRoot] + proof).allSatisfy({ $0.count == Digest.count }) else { return false }
        if size == later {
            return proof.isEmpty && root == laterRoot
        }
        // A first tree that is a full subtree is itself the start of the path.
        var steps = (size & (size - 1) == 0 ? [root] : []) + proof
        guard !steps.isEmpty else { return false }
        var place = size - 1
        var last = later - 1
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        var before = steps.removeFirst()
        var after = before
        for step in steps {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                before = try MerkleTree.nodeHash(step, before)
                after = try MerkleTree.nodeHash(step, after)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                after = try MerkleTree.nodeHash(after, step)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && before == root && after == laterRoot
    }

    /// The largest power of two below a count of at least 2 (RFC 6962's k).
    private static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }

    private static func root(_ leaves: ArraySlice<[UInt8]>) throws(AuditError) -> [UInt8] {
        var tree = MerkleTree()
        for leaf in leaves {
            try tree.append(leaf: leaf)
        }
        return try tree.root()
    }

    private static func path(_ index: Int, _ leaves: ArraySlice<[UInt8]>) throws(AuditError) -> [[UInt8]] {
        guard leaves.count > 1 else { return [] }
        let k = split(leaves.count)
        if index < k {
            return try path(index, leaves.prefix(k)) + [root(leaves.dropFirst(k))]
        }
        return try path(index - k, leaves.dropFirst(k)) + [root(leaves.prefix(k))]
    }

    private static func subproof(
        _ size: Int,
        _ leaves: ArraySlice<[UInt8]>,
        isWhole: Bool
    ) throws(AuditError) -> [[UInt8]] {
        guard size < leaves.count else { return isWhole ? [] : [try root(leaves)] }
        let k = split(leaves.count)
        if size <= k {
            return try subproof(size, leaves.prefix(k), isWhole: isWhole) + [root(leaves.dropFirst(k))]
        }
        return try subproof(size - k, leaves.dropFirst(k), isWhole: false) + [root(leaves.prefix(k))]
    }
}
