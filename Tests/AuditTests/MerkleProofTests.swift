import Audit
import Foundation
import TestSupport
import Testing

@Suite struct MerkleProofTests {
    private static let largest = 70

    @Test func `every leaf of every tree is proved, and nowhere else`() throws {
        let leaves = try MerkleTreeTests.leaves(Self.largest)
        for size in 1...Self.largest {
            let root = try MerkleTreeTests.recursiveRoot(leaves.prefix(size))
            for index in 0..<size {
                let proof = try MerkleProof.inclusion(of: index, in: Array(leaves.prefix(size)))
                func holds(
                    leaf: [UInt8]? = nil,
                    at place: Int? = nil,
                    size other: Int? = nil,
                    proof changed: [[UInt8]]? = nil
                ) throws -> Bool {
                    try MerkleProof.isIncluded(
                        leaf: leaf ?? leaves[index],
                        at: place ?? index,
                        size: other ?? size,
                        root: root,
                        proof: changed ?? proof
                    )
                }
                #expect(try holds())
                #expect(try !holds(at: index + 1))
                #expect(try !holds(at: index - 1))
                #expect(try !holds(leaf: leaves[(index + 1) % Self.largest]))
                #expect(try !holds(proof: proof + [root]))
                if !proof.isEmpty {
                    #expect(try !holds(proof: Array(proof.dropLast())))
                    #expect(try !holds(proof: Array(proof.dropFirst())))
                }
            }
        }
    }

    @Test func `every tree is proved a prefix of every later one, and a changed one of none`() throws {
        let leaves = try MerkleTreeTests.leaves(Self.largest)
        let roots = try (0...Self.largest).map { try MerkleTreeTests.recursiveRoot(leaves.prefix($0)) }
        for later in 1...Self.largest {
            for size in 1...later {
                let proof = try MerkleProof.consistency(of: size, with: Array(leaves.prefix(later)))
                func holds(root: [UInt8], of size: Int, proof: [[UInt8]]) throws -> Bool {
                    try MerkleProof.isConsistent(
                        size: size,
                        root: root,
                        withSize: later,
                        root: roots[later],
                        proof: proof
                    )
                }
                #expect(try holds(root: roots[size], of: size, proof: proof))
                #expect(try !holds(root: roots[size - 1], of: size, proof: proof))
                #expect(try !holds(root: roots[size], of: size, proof: proof + [roots[1]]))
                if !proof.isEmpty {
                    #expect(try !holds(root: roots[size], of: size, proof: Array(proof.dropLast())))
                }
            }
        }
    }

    @Test func `proofs are made only of what there is`() throws {
        let leaves = try MerkleTreeTests.leaves(4)
        #expect(throws: AuditError.outside) { try MerkleProof.inclusion(of: 4, in: leaves) }
        #expect(throws: AuditError.outside) { try MerkleProof.inclusion(of: -1, in: leaves) }
        #expect(throws: AuditError.outside) { try MerkleProof.consistency(of: 0, with: leaves) }
        #expect(throws: AuditError.outside) { try MerkleProof.consistency(of: 5, with: leaves) }
        #expect(throws: AuditError.outside) { try MerkleProof.consistency(of: 1, with: []) }
        #expect(throws: AuditError.badHash) { try MerkleProof.inclusion(of: 0, in: [[1], [2]]) }
    }

    // MARK: - Published sets

    private struct Inclusion: Decodable {
        let leafIdx: UInt64, treeSize: UInt64
        let root: String, leafHash: String
        let proof: [String]?
        let desc: String
        let wantErr: Bool
    }

    private struct Consistency: Decodable {
        let size1: Int, size2: Int
        let root1: String, root2: String
        let proof: [String]?
        let desc: String
        let wantErr: Bool
    }

    private static func cases<Case: Decodable>(_ folder: String, in set: String) throws -> [(name: String, Case)] {
        let root = URL(fileURLWithPath: set).appendingPathComponent("merkle/\(folder)")
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "json" }
            .map { ($0.path, try JSONDecoder().decode(Case.self, from: Data(contentsOf: $0))) }
    }

    @Test func `the published inclusion proofs are taken or refused as published`() throws {
        guard let set = PublishedSets.folder("LEEWARD_VECTORS") else {
            print("not run: the published inclusion proofs (LEEWARD_VECTORS is not set)")
            return
        }
        let cases: [(name: String, Inclusion)] = try Self.cases("inclusion", in: set)
        for (name, one) in cases {
            let holds = try MerkleProof.isIncluded(
                leaf: Fixture.base64(one.leafHash),
                at: Int(truncatingIfNeeded: one.leafIdx),
                size: Int(truncatingIfNeeded: one.treeSize),
                root: Fixture.base64(one.root),
                proof: (one.proof ?? []).map(Fixture.base64)
            )
            #expect(holds == !one.wantErr, "\(name): \(one.desc)")
        }
        print("published inclusion proofs: \(cases.count) agree")
        #expect(cases.count == 98)
    }

    @Test func `the published consistency proofs are taken or refused as published`() throws {
        guard let set = PublishedSets.folder("LEEWARD_VECTORS") else {
            print("not run: the published consistency proofs (LEEWARD_VECTORS is not set)")
            return
        }
        let cases: [(name: String, Consistency)] = try Self.cases("consistency", in: set)
        var refusedForLength = 0
        for (name, one) in cases {
            let roots = (Fixture.base64(one.root1), Fixture.base64(one.root2))
            let holds = try MerkleProof.isConsistent(
                size: one.size1,
                root: roots.0,
                withSize: one.size2,
                root: roots.1,
                proof: (one.proof ?? []).map(Fixture.base64)
            )
            // One case takes two equal roots of 12 bytes ("don't care"). A root is 32 bytes, here as everywhere.
            if !one.wantErr, roots.0.count != 32 {
                #expect(name.hasSuffix("sizes-are-equal-one-and-proof-is-empty.json"))
                #expect(!holds)
                refusedForLength += 1
            } else {
                #expect(holds == !one.wantErr, "\(name): \(one.desc)")
            }
        }
        print(
            "published consistency proofs: \(cases.count - refusedForLength) agree, \(refusedForLength) refused for 12-byte roots"
        )
        #expect(cases.count == 98)
        #expect(refusedForLength == 1)
    }
}
