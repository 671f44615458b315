import Audit
import Foundation
import Testing

/// The examples that open the format pages of the log are what this code reads and writes.
@Suite struct FormatPageTests {
    /// The lines of the first block of a page.
    private func example(of page: String) throws -> [String] {
        let file = URL(fileURLWithPath: #filePath).appending(path: "../../../docs/formats/\(page)").standardized
        let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "```\n")
        return try #require(parts.count > 2 ? parts[1] : nil).components(separatedBy: "\n").dropLast()
    }

    @Test func `the entries that open their page are read, and written again byte for byte`() throws {
        let lines = try example(of: "audit-entry.md")
        #expect(lines.count == 2)
        for (place, line) in lines.enumerated() {
            let entry = try AuditEntry(parsing: Array(line.utf8))
            #expect(entry.seq == place)
            #expect(String(decoding: entry.bytes, as: UTF8.self) == line)
        }
    }

    @Test func `the checkpoint that opens its page is signed by the key below it and covers those entries`() throws {
        var tree = MerkleTree()
        for line in try example(of: "audit-entry.md") { try tree.append(leaf: MerkleTree.leafHash(Array(line.utf8))) }
        let note = try example(of: "checkpoint.md").joined(separator: "\n") + "\n"
        let file = URL(fileURLWithPath: #filePath).appending(path: "../../../docs/formats/checkpoint.md").standardized
        let key = try Fixture.verifierKey()
        #expect(try String(contentsOf: file, encoding: .utf8).contains("`\(key.text)`"))
        let verified = try VerifiedCheckpoint(note: Array(note.utf8), signedBy: key)
        let expected = try Checkpoint(origin: Fixture.origin, tree: tree)
        #expect(verified.size == 2)
        #expect(verified.root == expected.root)
        #expect(try expected.signed(with: Fixture.signingKey(1)) == Array(note.utf8))
    }
}
