import Audit
import Foundation
import Testing

@Suite struct AuditVerifierTests {
    private func expectBroken(_ report: AuditReport, at seq: Int?, _ damage: AuditDamage, _ note: Comment = "") {
        #expect(report.verdict == .broken(firstBad: seq, what: damage), note)
        #expect(!report.isSound)
    }

    // MARK: - Sound

    @Test(arguments: [0, 1, 2, 255, 256, 257, 600])
    func `a whole export is sound`(_ count: Int) throws {
        let export = try ExportScratch(count: count, checkpoints: [1, 100, 256, 300, 512].filter { $0 < count })
        var tree = MerkleTree()
        for entry in export.entries {
            try tree.append(leaf: MerkleTree.leafHash(entry))
        }
        let report = try export.verify()
        #expect(report.verdict == .sound(size: count, root: try tree.root()))
        #expect(report.warnings.isEmpty)
    }

    @Test func `without a key the export is believed with a warning`() throws {
        let report = try ExportScratch(count: 5).verify(trusting: nil)
        #expect(report.isSound)
        #expect(report.warnings == [.keyFromExport])
    }

    @Test func `a log that has grown since the last visit is sound`() throws {
        let before = try ExportScratch(count: 300).bytes("checkpoint")
        #expect(try ExportScratch(count: 600).verify(since: before).isSound)
        #expect(try ExportScratch(count: 300).verify(since: before).isSound)
        let empty = try ExportScratch(count: 0).bytes("checkpoint")
        #expect(try ExportScratch(count: 3).verify(since: empty).isSound)
    }

    @Test func `a wall clock set back is told, not condemned`() throws {
        var entries = try (0..<300).map { try Fixture.entry($0).bytes }
        for seq in [10, 256, 290] {
            entries[seq] = try Fixture.entry(seq, time: 1_000_000).bytes
        }
        let report = try ExportScratch(entries).verify()
        #expect(report.isSound)
        #expect(report.warnings == [.clockSetBack(first: 10, times: 3)])
    }

    // MARK: - Every byte

    /// Every byte of every small file and every eleventh of the bundle, with each entry's first and second: always detected, and in the bundle the entry named
    /// is the one whose byte it was.
    @Test func `any flipped byte is detected and the entry it belongs to is named`() throws {
        let export = try ExportScratch(count: 20, checkpoints: [3, 11])
        #expect(try export.verify().isSound)
        var flips = 0
        for path in try export.files {
            let whole = try export.bytes(path)
            let isBundle = path.hasPrefix("tile/entries/")
            let owners = isBundle ? try export.owners(of: path, from: 0) : []
            for place in whole.indices where !isBundle || place % 11 == 0 || owners[max(place - 2, 0)] != owners[place]
            {
                var flipped = whole
                flipped[place] ^= 1 << (place % 8)
                try export.write(flipped, to: path)
                for key in isBundle ? [1] : [1, nil] as [UInt8?] {
                    let report = try export.verify(trusting: key)
                    guard case .broken(let seq, let damage) = report.verdict else {
                        Issue.record("\(path): a flip of byte \(place) was not seen")
                        continue
                    }
                    if isBundle {
                        #expect(seq == owners[place], "\(path) \(place)")
                    } else if path == "tile/0/000.p/20" {
                        #expect(damage == .tile(path: path))
                        #expect(seq == nil)
                    } else {
                        #expect(seq == nil)
                    }
                }
                flips += 1
            }
            try export.write(whole, to: path)
        }
        #expect(flips > 2000)
        #expect(try export.verify().isSound)
    }

    @Test func `a flipped byte in a long log is laid at the right entry or the right tile`() throws {
        let export = try ExportScratch(count: 600, checkpoints: [300])
        for (path, first) in [("tile/entries/000", 0), ("tile/entries/001", 256), ("tile/entries/002.p/88", 512)] {
            let whole = try export.bytes(path)
            let owners = try export.owners(of: path, from: first)
            for place in stride(from: 0, to: whole.count, by: whole.count / 4 - 7) {
                var flipped = whole
                flipped[place] ^= 0x01
                try export.write(flipped, to: path)
                guard case .broken(let seq, _) = try export.verify().verdict else {
                    Issue.record("\(path): a flip of byte \(place) was not seen")
                    continue
                }
                #expect(seq == owners[place])
            }
            try export.write(whole, to: path)
        }
        for path in ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"] {
            let whole = try export.bytes(path)
            var flipped = whole
            flipped[whole.count / 2] ^= 0x80
            try export.write(flipped, to: path)
            expectBroken(try export.verify(), at: nil, .tile(path: path))
            try export.write(whole, to: path)
        }
        #expect(try export.verify().isSound)
    }

    // MARK: - Cut, missing, more

    @Test func `a bundle cut at any place names the first entry that is lost`() throws {
        let export = try ExportScratch(count: 8)
        let path = "tile/entries/000.p/8"
        let whole = try export.bytes(path)
        let owners = try export.owners(of: path, from: 0)
        for count in stride(from: 0, to: whole.count, by: 61) {
            try export.write(Array(whole.prefix(count)), to: path)
            expectBroken(try export.verify(), at: owners[count], .cut(path: path))
        }
        try export.write(whole + [0], to: path)
        expectBroken(try export.verify(), at: 7, .unexpected(path: path))
    }

    @Test func `each missing file is named`() throws {
        let export = try ExportScratch(count: 600, checkpoints: [300])
        for path in try export.files {
            let whole = try export.bytes(path)
            try export.remove(path)
            let first = ["tile/entries/000": 0, "tile/entries/001": 256, "tile/entries/002.p/88": 512][path]
            expectBroken(try export.verify(), at: first, .missing(path: path))
            try export.write(whole, to: path)
        }
        #expect(try export.verify().isSound)
    }

    @Test func `a tile too short or too long is named, and so is a file that does not belong`() throws {
        let export = try ExportScratch(count: 300)
        for path in ["tile/0/000", "tile/0/001.p/44"] {
            let whole = try export.bytes(path)
            for changed in [Array(whole.dropLast()), whole + [0], []] {
                try export.write(changed, to: path)
                expectBroken(try export.verify(), at: nil, .tile(path: path))
            }
            try export.write(whole, to: path)
        }
        try export.write([1], to: "tile/0/007")
        expectBroken(try export.verify(), at: nil, .unexpected(path: "tile/0/007"))
    }

    @Test func `a log cut back to an earlier signed checkpoint is caught by the auditor's own`() throws {
        let kept = try ExportScratch(count: 300).bytes("checkpoint")
        let cut = try ExportScratch(count: 200)
        #expect(try cut.verify().isSound)
        expectBroken(try cut.verify(since: kept), at: nil, .cutBack(below: 300))
    }

    // MARK: - Reordered, deleted, rewritten

    private static func changed(_ count: Int, _ change: (inout [[UInt8]]) throws -> Void) throws -> [[UInt8]] {
        var entries = try (0..<count).map { try Fixture.entry($0).bytes }
        try change(&entries)
        return entries
    }

    /// The log as it would be had the change been made before anything was signed: the entries themselves tell.
    @Test func `entries reordered, deleted, doubled or malformed are named even when all is signed anew`() throws {
        let swapped = try Self.changed(300) { $0.swapAt(270, 271) }
        expectBroken(try ExportScratch(swapped).verify(), at: 270, .misnumbered(found: 271))
        let deleted = try Self.changed(300) { $0.remove(at: 100) }
        expectBroken(try ExportScratch(deleted).verify(), at: 100, .misnumbered(found: 101))
        let doubled = try Self.changed(300) { $0.insert($0[4], at: 5) }
        expectBroken(try ExportScratch(doubled).verify(), at: 5, .misnumbered(found: 4))
        let prose = try Self.changed(300) { $0[256] = Array("She said that".utf8) }
        expectBroken(try ExportScratch(prose).verify(), at: 256, .notCanonical)
        let empty = try Self.changed(3) { $0[1] = [] }
        expectBroken(try ExportScratch(empty).verify(), at: 1, .notCanonical)
        let late = try Self.changed(300) { $0[256] = try Fixture.entry(256, mono: 1).bytes }
        expectBroken(try ExportScratch(late).verify(), at: 256, .backInTime)
        let behind = try Self.changed(300) { $0[20] = try Fixture.entry(20, mono: 1).bytes }
        expectBroken(try ExportScratch(behind).verify(), at: 20, .backInTime)
    }

    @Test func `an entry replaced in the bundle alone is named`() throws {
        let export = try ExportScratch(count: 300)
        let other = try ExportScratch(Self.changed(300) { $0[260] = try Fixture.entry(260, act: "case.open").bytes })
        try export.write(other.bytes("tile/entries/001.p/44"), to: "tile/entries/001.p/44")
        expectBroken(try export.verify(), at: 260, .changed)
    }

    /// A rewriter without the key changes an entry and every tile after it; the signed checkpoints stay as they were.
    @Test func `an entry rewritten with all its tiles is confined between two checkpoints`() throws {
        let export = try ExportScratch(count: 600, checkpoints: [100, 256, 400])
        let forged = try ExportScratch(
            Self.changed(600) { $0[300] = try Fixture.entry(300, act: "case.open").bytes },
            checkpoints: [100, 256, 400]
        )
        for path in try export.files where path.hasPrefix("tile/") {
            try export.write(forged.bytes(path), to: path)
        }
        expectBroken(try export.verify(), at: nil, .rewritten(256..<400))
    }

    @Test func `a rewriter with the key is caught by an earlier checkpoint`() throws {
        let sizes = [100, 256, 400]
        let export = try ExportScratch(count: 600, checkpoints: sizes)
        let kept = try ExportScratch(count: 400).bytes("checkpoint")
        let forged = try ExportScratch(
            Self.changed(600) { $0[300] = try Fixture.entry(300, act: "case.open").bytes },
            checkpoints: sizes
        )
        // All signed anew: only a checkpoint kept outside tells.
        #expect(try forged.verify().isSound)
        expectBroken(try forged.verify(since: kept), at: nil, .cutBack(below: 400))
        // The old checkpoints kept, the last one signed anew: the list contradicts itself.
        let list = try export.bytes("checkpoints").dropLast(export.bytes("checkpoint").count)
        try forged.write(Array(list) + forged.bytes("checkpoint"), to: "checkpoints")
        expectBroken(try forged.verify(), at: nil, .earlierCheckpoint(2, .exportDiffers))
    }

    // MARK: - Keys and checkpoints

    @Test func `another key than the trusted one is refused`() throws {
        let export = try ExportScratch(count: 3, key: 2)
        expectBroken(try export.verify(trusting: 1), at: nil, .key)
        // The export claims the trusted key and its checkpoints are another's.
        try export.write(Array((Fixture.verifierKey(1).text + "\n").utf8), to: "log.vkey")
        expectBroken(try export.verify(trusting: 1), at: nil, .checkpoint(.badSignature))
    }

    @Test func `a forged signature is refused`() throws {
        let export = try ExportScratch(count: 3)
        let text = String(decoding: try export.bytes("checkpoint"), as: UTF8.self)
        let line = try #require(text.split(separator: "\n").last)
        let id = try Fixture.verifierKey().id
        let forged = Data(id + [UInt8](repeating: 3, count: 64)).base64EncodedString()
        let note = text.replacing(line, with: "\u{2014} \(Fixture.origin) \(forged)")
        try export.write(Array(note.utf8), to: "checkpoint")
        expectBroken(try export.verify(), at: nil, .checkpoint(.badSignature))
    }

    @Test func `a list of checkpoints out of order, or that does not end in the latest, is refused`() throws {
        let export = try ExportScratch(count: 10, checkpoints: [3, 6])
        let three = try ExportScratch(count: 3).bytes("checkpoint")
        let six = try ExportScratch(count: 6).bytes("checkpoint")
        let ten = try export.bytes("checkpoint")
        try export.write(six + three + ten, to: "checkpoints")
        expectBroken(try export.verify(), at: nil, .checkpointOrder(1))
        try export.write(three + six, to: "checkpoints")
        expectBroken(try export.verify(), at: nil, .checkpointOrder(1))
        try export.write([], to: "checkpoints")
        expectBroken(try export.verify(), at: nil, .checkpointOrder(-1))
        let forged = try ExportScratch(count: 6, key: 2).bytes("checkpoint")
        try export.write(three + forged + ten, to: "checkpoints")
        expectBroken(try export.verify(), at: nil, .earlierCheckpoint(1, .badSignature))
        try export.write(three + six + ten, to: "checkpoints")
        #expect(try export.verify().isSound)
    }

    @Test func `a checkpoint of another root is refused although its signature is right`() throws {
        let export = try ExportScratch(count: 10)
        let wrong = try Checkpoint(origin: Fixture.origin, size: 10, root: [UInt8](repeating: 1, count: 32))
            .signed(with: Fixture.signingKey())
        try export.write(wrong, to: "checkpoint")
        try export.write(wrong, to: "checkpoints")
        expectBroken(try export.verify(), at: nil, .rewritten(0..<10))
    }

    @Test func `an earlier checkpoint that is not the log's is refused as such`() throws {
        let export = try ExportScratch(count: 10)
        let alien = try ExportScratch(count: 5, key: 2).bytes("checkpoint")
        expectBroken(try export.verify(since: alien), at: nil, .checkpoint(.badSignature))
    }
}
