import Dispatch
import Synchronization

/// What one bundle of entries and its level-0 tile say, each by itself and against each other.
struct BundleFinding: Sendable {
    let index: Int
    let width: Int
    /// The hashes of the entries that could be told apart.
    var leaves: [[UInt8]] = []
    /// The hashes of the tile one after another, nil when it is missing or has another length.
    private var tileBytes: [UInt8]?
    /// The root over both where they are the same and full.
    var root: [UInt8]?
    /// Where the entries end too early or something follows the last, and how.
    var cut: (place: Int, damage: AuditDamage)?
    /// The first entry that is not well-formed, and how.
    var unsound: (place: Int, damage: AuditDamage)?
    /// The clocks of the first and the last entry that could be read, with the last entry's place.
    var firstClock: EntryScanner.Clock?
    var lastClock: EntryScanner.Clock?
    /// Where the wall clock went back inside the bundle.
    var clockSetBack: [Int] = []

    var first: Int { index * Limits.tileWidth }
    var entriesPath: String { TilePath.entries(index: index, width: width) }
    var tilePath: String { TilePath.tile(level: 0, index: index, width: width) }

    /// The hashes of the tile, nil when it is missing or has another length.
    var tile: [[UInt8]]? {
        tileBytes.map { bytes in (0..<width).map { Array(bytes[($0 * 32)..<($0 * 32 + 32)]) } }
    }

    /// The first place where the entries' hashes and the tile's differ, among those that both have.
    var differing: Int? {
        guard !agrees, let tile else { return nil }
        return zip(leaves, tile).enumerated().first { $1.0 != $1.1 }?.offset
    }

    /// Whether entries and tile are whole and say the same.
    private(set) var agrees = false

    init(index: Int, width: Int, in folder: ExportFolder) throws(AuditError) {
        self.index = index
        self.width = width
        let longest = width * (2 + Limits.entryBytes)
        if let bytes = folder.read(TilePath.entries(index: index, width: width), atMost: longest) {
            try read(bytes)
        } else {
            cut = (0, .missing(path: entriesPath))
        }
        if let bytes = folder.read(tilePath, atMost: width * 32), bytes.count == width * 32 {
            tileBytes = bytes
            agrees = cut == nil && leaves.joined().elementsEqual(bytes)
        }
        if width == Limits.tileWidth, agrees {
            root = try TileStack.root(of: leaves)
        }
    }

    private mutating func read(_ bytes: [UInt8]) throws(AuditError) {
        leaves.reserveCapacity(width)
        var rest = bytes[...]
        for place in 0..<width {
            guard rest.count >= 2 else {
                cut = (place, .cut(path: entriesPath))
                return
            }
            let count = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
            guard rest.count >= 2 + count else {
                cut = (place, .cut(path: entriesPath))
                return
            }
            let entry = Array(rest[(rest.startIndex + 2)..<(rest.startIndex + 2 + count)])
            rest = rest.dropFirst(2 + count)
            leaves.append(try MerkleTree.leafHash(entry))
            check(entry, at: place)
        }
        if !rest.isEmpty {
            cut = (width - 1, .unexpected(path: entriesPath))
        }
    }

    private mutating func check(_ bytes: [UInt8], at place: Int) {
        // After the first bad entry the clocks of the rest say nothing more.
        guard unsound == nil else { return }
        var scanner = EntryScanner(bytes)
        guard let clock = try? scanner.clock() else {
            unsound = (place, .notCanonical)
            return
        }
        guard clock.seq == first + place else {
            unsound = (place, .misnumbered(found: clock.seq))
            return
        }
        if let lastClock {
            guard lastClock.mono <= clock.mono else {
                unsound = (place, .backInTime)
                return
            }
            if clock.time < lastClock.time {
                clockSetBack.append(first + place)
            }
        } else {
            firstClock = clock
        }
        lastClock = clock
    }
}

extension BundleFinding {
    /// Reads every bundle of a log, several at once, and hands the findings on in order.
    static func all(
        full: Int,
        partial: Int,
        in folder: ExportFolder,
        _ take: (BundleFinding) throws(AuditError) -> Void
    ) throws(AuditError) {
        let count = full + (partial > 0 ? 1 : 0)
        for first in stride(from: 0, to: count, by: Limits.bundlesAtOnce) {
            let window = first..<min(first + Limits.bundlesAtOnce, count)
            let found = Mutex([Result<BundleFinding, AuditError>?](repeating: nil, count: window.count))
            DispatchQueue.concurrentPerform(iterations: window.count) { place in
                let index = first + place
                let finding = Result { () throws(AuditError) in
                    try BundleFinding(index: index, width: index < full ? Limits.tileWidth : partial, in: folder)
                }
                found.withLock { $0[place] = finding }
            }
            for case let finding? in found.withLock({ $0 }) {
                try take(finding.get())
            }
        }
    }
}
