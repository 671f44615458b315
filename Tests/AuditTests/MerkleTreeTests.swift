import Audit
import Foundation
import Sealing
import TestSupport
import Testing

@Suite struct MerkleTreeTests {
    /// The eight leaves that the published tlog texts test with, and the roots of the trees of the first n of them.
    static let inputs: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F],
    ]
    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    static func leaves(_ count: Int) throws -> [[UInt8]] {
        try (0..<count).map { try MerkleTree.leafHash(Array("entry \($0)".utf8)) }
    }

    /// RFC 6962 section 2.1 as it is written, recursion and all: the second opinion for the incremental tree.
    static func recursiveRoot(_ leaves: ArraySlice<[UInt8]>) throws -> [UInt8] {
        guard leaves.count > 1, var k = Optional(1) else { return try leaves.first ?? Digest.sha256([]) }
        while k * 2 < leaves.count { k *= 2 }
        return try Digest.sha256(
            [1] + recursiveRoot(leaves.prefix(k)) + recursiveRoot(leaves.dropFirst(k))
        )
    }

    @Test func `the roots of the published leaves are the published ones`() throws {
        var tree = MerkleTree()
        #expect(try tree.root() == Fixture.hex(Self.roots[0]))
        for (count, input) in Self.inputs.enumerated() {
            try tree.append(leaf: MerkleTree.leafHash(input))
            #expect(try tree.root() == Fixture.hex(Self.roots[count + 1]))
            #expect(tree.size == count + 1)
        }
    }

    /// RFC 6962 section 2.1.3: the tree of seven leaves, with the nodes named there.
    @Test func `the example of RFC 6962 section 2-1-3 comes out`() throws {
        let leaves = try Self.leaves(7)
        func node(_ left: [UInt8], _ right: [UInt8]) throws -> [UInt8] { try MerkleTree.nodeHash(left, right) }
        let (a, b, c, d, e, f, j) = (leaves[0], leaves[1], leaves[2], leaves[3], leaves[4], leaves[5], leaves[6])
        let (g, h, i) = (try node(a, b), try node(c, d), try node(e, f))
        let (k, l) = (try node(g, h), try node(i, j))
        let root = try node(k, l)
        var tree = MerkleTree()
        var roots: [[UInt8]] = []
        for leaf in leaves {
            try tree.append(leaf: leaf)
            roots.append(try tree.root())
        }
        #expect(roots[6] == root)
        // "The audit path for d0 is [b, h, l]", d3 [c, g, l], d4 [f, j, k], d6 [i, k].
        #expect(try MerkleProof.inclusion(of: 0, in: leaves) == [b, h, l])
        #expect(try MerkleProof.inclusion(of: 3, in: leaves) == [c, g, l])
        #expect(try MerkleProof.inclusion(of: 4, in: leaves) == [f, j, k])
        #expect(try MerkleProof.inclusion(of: 6, in: leaves) == [i, k])
        // hash0 of 3 leaves, hash1 of 4, hash2 of 6: PROOF(3) = [c, d, g, l], PROOF(4) = [l], PROOF(6) = [i, j, k].
        #expect(roots[2] == (try node(g, c)))
        #expect(try MerkleProof.consistency(of: 3, with: leaves) == [c, d, g, l])
        #expect(try MerkleProof.consistency(of: 4, with: leaves) == [l])
        #expect(try MerkleProof.consistency(of: 6, with: leaves) == [i, j, k])
        for (size, proof) in [(3, [c, d, g, l]), (4, [l]), (6, [i, j, k])] {
            #expect(
                try MerkleProof.isConsistent(
                    size: size,
                    root: roots[size - 1],
                    withSize: 7,
                    root: root,
                    proof: proof
                )
            )
        }
    }

    @Test func `the incremental tree is the recursive one at every size`() throws {
        let leaves = try Self.leaves(200)
        var tree = MerkleTree()
        for size in 0...200 {
            #expect(try tree.root() == Self.recursiveRoot(leaves.prefix(size)))
            #expect(tree.frontier.count == size.nonzeroBitCount)
            var taken = try MerkleTree(size: tree.size, frontier: tree.frontier)
            #expect(taken == tree)
            guard size < 200 else { break }
            try tree.append(leaf: leaves[size])
            try taken.append(leaf: leaves[size])
            #expect(taken == tree)
        }
    }

    @Test func `a full subtree can be added by its root, and only in its place`() throws {
        let leaves = try Self.leaves(24)
        var tree = MerkleTree()
        for start in stride(from: 0, to: 24, by: 8) {
            try tree.append(subtree: Self.recursiveRoot(leaves[start..<(start + 8)]), height: 3)
        }
        #expect(try tree.root() == Self.recursiveRoot(leaves[...]))
        try tree.append(leaf: leaves[0])
        #expect(throws: AuditError.outside) { try tree.append(subtree: leaves[0], height: 3) }
        #expect(throws: AuditError.outside) { try tree.append(subtree: leaves[0], height: -1) }
        #expect(tree.size == 25)
    }

    @Test func `hashes of another length are refused`() throws {
        var tree = MerkleTree()
        #expect(throws: AuditError.badHash) { try tree.append(leaf: []) }
        #expect(throws: AuditError.badHash) { try tree.append(leaf: [UInt8](repeating: 0, count: 33)) }
        #expect(throws: AuditError.badHash) { try MerkleTree(size: 1, frontier: [[1]]) }
        #expect(throws: AuditError.outside) { try MerkleTree(size: 2, frontier: []) }
        #expect(throws: AuditError.outside) { try MerkleTree(size: -1, frontier: []) }
        #expect(tree == MerkleTree())
    }
}
