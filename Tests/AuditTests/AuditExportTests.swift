import Audit
import Foundation
import TestSupport
import Testing

@Suite struct AuditExportTests {
    @Test func `the folder has the layout of tlog-tiles and nothing else`() throws {
        let export = try ExportScratch(count: 600, checkpoints: [256])
        #expect(
            try export.files == [
                "checkpoint", "checkpoints", "log.vkey", "tile/0/000", "tile/0/001", "tile/0/002.p/88",
                "tile/1/000.p/2", "tile/entries/000", "tile/entries/001", "tile/entries/002.p/88",
            ]
        )
        let leaves = try export.entries.map { try MerkleTree.leafHash($0) }
        #expect(try export.bytes("tile/0/001") == Array(leaves[256..<512].joined()))
        #expect(try export.bytes("tile/0/002.p/88") == Array(leaves[512..<600].joined()))
        let second = try MerkleTreeTests.recursiveRoot(leaves[256..<512])
        #expect(try export.bytes("tile/1/000.p/2").suffix(32) == second[...])
        let bundle = try export.bytes("tile/entries/002.p/88")
        let first = export.entries[512]
        #expect(Array(bundle.prefix(2 + first.count)) == [UInt8(first.count >> 8), UInt8(first.count & 255)] + first)
        #expect(try export.bytes("log.vkey") == Array((Fixture.verifierKey().text + "\n").utf8))
        let checkpoint = try VerifiedCheckpoint(note: export.bytes("checkpoint"), signedBy: Fixture.verifierKey())
        #expect(checkpoint.size == 600)
        #expect(checkpoint.root == (try MerkleTreeTests.recursiveRoot(leaves[...])))
        let all = try export.bytes("checkpoints")
        #expect(Array(all.suffix(checkpoint.note.count)) == checkpoint.note)
        let earlier = try VerifiedCheckpoint(
            note: Array(all.dropLast(checkpoint.note.count)),
            signedBy: Fixture.verifierKey()
        )
        #expect(earlier.size == 256)
    }

    @Test func `a full tile has no partial one beside it`() throws {
        let export = try ExportScratch(count: 256)
        let tiles = try export.files.filter { $0.hasPrefix("tile") }
        #expect(tiles == ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"])
    }

    @Test func `a folder with something in it is not written over`() throws {
        let export = try ExportScratch(count: 1)
        let before = try export.bytes("checkpoint")
        do {
            _ = try AuditExport(into: export.folder, key: Fixture.verifierKey())
            Issue.record("an export was written over another")
        } catch AuditError.file(".") {
        }
        #expect(try export.bytes("checkpoint") == before)
    }

    @Test func `a checkpoint of another size or key does not end an export`() throws {
        let key = try Fixture.signingKey()
        for (size, signer, error) in [
            (2, key, AuditError.exportDiffers), (1, try Fixture.signingKey(2), .badSignature),
        ] {
            let folder = NSTemporaryDirectory() + "leeward-export-" + UUID().uuidString
            defer { try? FileManager.default.removeItem(atPath: folder) }
            var export = try AuditExport(into: folder, key: Fixture.verifierKey())
            try export.append(entry: [1], leaf: MerkleTree.leafHash([1]))
            let root = try MerkleTree.leafHash([1])
            let note = try Checkpoint(origin: Fixture.origin, size: size, root: root).signed(with: signer)
            do {
                try export.finish(checkpoint: note)
                Issue.record("an export was ended by a wrong checkpoint")
            } catch let found {
                #expect(found == error)
            }
        }
    }

    private struct Examples: Decodable {
        struct Note: Decodable {
            let vkey: String, note: String, expect: String
        }
        let signed_note_example: Note
    }

    @Test func `the published signed note is taken`() throws {
        guard let set = PublishedSets.folder("LEEWARD_VECTORS") else {
            print("not run: the published signed note (LEEWARD_VECTORS is not set)")
            return
        }
        let file = URL(fileURLWithPath: set).appendingPathComponent("c2sp/tlog_examples.json")
        let example = try JSONDecoder().decode(Examples.self, from: Data(contentsOf: file)).signed_note_example
        #expect(example.expect == "valid")
        let key = try LogVerifierKey(example.vkey)
        #expect(try SignedNote.text(of: Array(example.note.utf8), signedBy: key) == "This is an example message.\n")
        print("published signed notes: 1 agrees")
    }
}
