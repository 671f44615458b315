import Audit
import Foundation

/// An export in a folder of its own, removed when the test lets go of it.
final class ExportScratch {
    let folder = NSTemporaryDirectory() + "leeward-export-" + UUID().uuidString
    let entries: [[UInt8]]

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Exports these entries with checkpoints at these sizes and at the end, signed by the key of a seed.
    init(_ entries: [[UInt8]], checkpoints sizes: [Int] = [], key seed: UInt8 = 1) throws {
        self.entries = entries
        let key = try Fixture.signingKey(seed)
        var export = try AuditExport(into: folder, key: Fixture.verifierKey(seed))
        var tree = MerkleTree()
        for entry in entries {
            if sizes.contains(tree.size) {
                try export.append(checkpoint: Checkpoint(origin: Fixture.origin, tree: tree).signed(with: key))
            }
            let leaf = try MerkleTree.leafHash(entry)
            try export.append(entry: entry, leaf: leaf)
            try tree.append(leaf: leaf)
        }
        try export.finish(checkpoint: Checkpoint(origin: Fixture.origin, tree: tree).signed(with: key))
    }

    convenience init(count: Int, checkpoints sizes: [Int] = [], key seed: UInt8 = 1) throws {
        try self.init((0..<count).map { try Fixture.entry($0).bytes }, checkpoints: sizes, key: seed)
    }

    func verify(trusting seed: UInt8? = 1, since note: [UInt8]? = nil) throws -> AuditReport {
        try AuditVerifier(folder: folder, trusting: seed.map { try Fixture.verifierKey($0) }, since: note).verify()
    }

    func url(_ path: String) -> URL {
        URL(fileURLWithPath: folder + "/" + path)
    }

    func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url(path)))
    }

    func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: url(path))
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(at: url(path))
    }

    var files: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: folder)
                .filter { !url($0).hasDirectoryPath && (try? bytes($0)) != nil }.sorted()
        }
    }

    /// The number of the entry that each byte of a bundle belongs to, its length in front of it included.
    func owners(of path: String, from first: Int) throws -> [Int] {
        let bytes = try bytes(path)
        var owners: [Int] = []
        var seq = first
        var place = 0
        while place < bytes.count {
            let count = 2 + Int(bytes[place]) * 256 + Int(bytes[place + 1])
            owners += [Int](repeating: seq, count: count)
            seq += 1
            place += count
        }
        return owners
    }
}
