/// One run of the verifier over an export.
///
/// The entries and the level-0 tiles each give a tree. While they say the same there is one; from the first place where
/// they differ each goes on by itself, and the signed root says which of the two is the log.
struct Search {
    typealias Broken = AuditVerifier.Broken

    private let folder: ExportFolder
    private let latest: VerifiedCheckpoint
    /// Every checkpoint whose root the tree must have had, by size.
    private let checkpoints: [VerifiedCheckpoint]
    private let isEarlierGiven: Bool
    private var warnings: [AuditReport.Warning] = []

    private var entries: Side?
    private var tiles: Side?
    private var isAgreed = true
    private var upper = TileStack()
    private var expected: Set<String> = []

    private var badEntry: (seq: Int, damage: AuditDamage)?
    private var unsound: (seq: Int, damage: AuditDamage)?
    private var badTile: AuditDamage?
    private var lastClock: EntryScanner.Clock?
    private var setBack: [Int] = []

    init(folder: ExportFolder, trusted: LogVerifierKey?, earlier: [UInt8]?) throws(Broken) {
        self.folder = folder
        guard let text = folder.read(TilePath.key, atMost: Limits.noteBytes) else {
            throw .found(.missing(path: TilePath.key))
        }
        // A key that cannot be read and one that is another are the same to the auditor.
        guard let own = try? LogVerifierKey(String(decoding: text.dropLast(), as: UTF8.self)),
            text == Array((own.text + "\n").utf8), trusted == nil || trusted == own
        else { throw .found(.key) }
        if trusted == nil { warnings.append(.keyFromExport) }
        guard let note = folder.read(TilePath.checkpoint, atMost: Limits.noteBytes) else {
            throw .found(.missing(path: TilePath.checkpoint))
        }
        latest = try Self.verified(note, by: own) { .checkpoint($0) }
        guard let list = folder.read(TilePath.checkpoints, atMost: Limits.checkpointListBytes) else {
            throw .found(.missing(path: TilePath.checkpoints))
        }
        var all: [VerifiedCheckpoint] = []
        for (number, note) in NoteList.notes(in: list).enumerated() {
            let checkpoint = try Self.verified(note, by: own) { .earlierCheckpoint(number, $0) }
            guard all.last?.size ?? 0 <= checkpoint.size, checkpoint.size <= latest.size else {
                throw .found(.checkpointOrder(number))
            }
            all.append(checkpoint)
        }
        guard all.last == latest else { throw .found(.checkpointOrder(all.count - 1)) }
        isEarlierGiven = earlier != nil
        if let earlier {
            let kept = try Self.verified(earlier, by: own) { .checkpoint($0) }
            guard kept.size <= latest.size else { throw .found(.cutBack(below: kept.size)) }
            // First, so that a log that no longer has it is named by it.
            all.insert(kept, at: 0)
        }
        checkpoints = all
        let sizes = Set(all.map(\.size))
        entries = try Self.library { () throws(AuditError) in try Side(wanting: sizes) }
    }

    private static func verified(
        _ note: [UInt8],
        by key: LogVerifierKey,
        _ damage: (AuditError) -> AuditDamage
    ) throws(Broken) -> VerifiedCheckpoint {
        do throws(AuditError) {
            return try VerifiedCheckpoint(note: note, signedBy: key)
        } catch {
            throw .found(damage(error))
        }
    }

    private static func library<R>(_ sum: () throws(AuditError) -> R) throws(Broken) -> R {
        do throws(AuditError) {
            return try sum()
        } catch {
            throw .library(error)
        }
    }

    // MARK: - Reading

    mutating func readBundles() throws(Broken) {
        let (full, partial) = TilePath.widths(level: 0, treeSize: latest.size)
        var search = self
        try Self.library { () throws(AuditError) in
            try BundleFinding.all(full: full, partial: partial, in: search.folder) { (finding) throws(AuditError) in
                try search.take(finding)
            }
            for tile in search.upper.partial where tile.level > 0 {
                search.compare(tile)
            }
        }
        self = search
    }

    private mutating func take(_ finding: BundleFinding) throws(AuditError) {
        expected.insert(finding.entriesPath)
        expected.insert(finding.tilePath)
        noteClocks(finding)
        if isAgreed, !finding.agrees {
            isAgreed = false
            tiles = entries
        }
        if let cut = finding.cut {
            note(bad: finding.first + cut.place, cut.damage)
        }
        if let place = finding.differing {
            note(bad: finding.first + place, .changed)
        }
        if badTile == nil, finding.tile == nil || finding.differing != nil {
            badTile = folder.has(finding.tilePath) ? .tile(path: finding.tilePath) : .missing(path: finding.tilePath)
        }
        if finding.cut == nil {
            try entries?.append(finding.leaves, from: finding.first, root: finding.root)
        } else {
            entries = nil
        }
        guard !isAgreed else {
            if let root = finding.root {
                for tile in try upper.append(root, level: 1) {
                    compare(tile)
                }
            }
            return
        }
        if let tile = finding.tile {
            try tiles?.append(tile, from: finding.first, root: nil)
        } else {
            tiles = nil
        }
    }

    private mutating func note(bad seq: Int, _ damage: AuditDamage) {
        if badEntry == nil || seq < badEntry?.seq ?? .max {
            badEntry = (seq, damage)
        }
    }

    private mutating func noteClocks(_ finding: BundleFinding) {
        guard unsound == nil else { return }
        if let before = lastClock, let first = finding.firstClock {
            if first.mono < before.mono {
                unsound = (finding.first, .backInTime)
                return
            }
            if first.time < before.time {
                setBack.append(finding.first)
            }
        }
        setBack += finding.clockSetBack
        lastClock = finding.lastClock ?? lastClock
        unsound = finding.unsound.map { (finding.first + $0.place, $0.damage) }
    }

    /// Compares a tile above the leaves with its file.
    private mutating func compare(_ tile: TileStack.Tile) {
        expected.insert(tile.path)
        guard badTile == nil else { return }
        let bytes = tile.bytes
        guard let found = folder.read(tile.path, atMost: Limits.tileWidth * 32) else {
            badTile = .missing(path: tile.path)
            return
        }
        if found != bytes {
            badTile = .tile(path: tile.path)
        }
    }

    // MARK: - Judging

    func report() throws(Broken) -> AuditReport {
        var warnings = warnings
        if let first = setBack.first {
            warnings.append(.clockSetBack(first: first, times: setBack.count))
        }
        func broken(_ firstBad: Int?, _ damage: AuditDamage) -> AuditReport {
            AuditReport(verdict: .broken(firstBad: firstBad, what: damage), warnings: warnings)
        }
        let isEntriesSide = entries?.roots[latest.size] == latest.root
        let isTilesSide = !isAgreed && tiles?.roots[latest.size] == latest.root
        if isTilesSide, let badEntry {
            return broken(badEntry.seq, badEntry.damage)
        }
        if !isEntriesSide {
            return wrongRoot(broken)
        }
        if isEarlierGiven, let kept = checkpoints.first, entries?.roots[kept.size] != kept.root {
            return broken(nil, .cutBack(below: kept.size))
        }
        if let number = checkpoints.dropFirst(isEarlierGiven ? 1 : 0).enumerated().first(where: {
            entries?.roots[$1.size] != $1.root
        })?.offset {
            return broken(nil, .earlierCheckpoint(number, .exportDiffers))
        }
        if let unsound {
            return broken(unsound.seq, unsound.damage)
        }
        if let badTile {
            return broken(nil, badTile)
        }
        let stray = folder.files(under: TilePath.tiles).filter { !expected.contains($0) }.min()
        if let stray {
            return broken(nil, .unexpected(path: stray))
        }
        return AuditReport(verdict: .sound(size: latest.size, root: latest.root), warnings: warnings)
    }

    /// Neither the entries nor the tiles are what was signed: the first entry that can be named, else the range between
    /// the last checkpoint that still holds and the first that does not.
    private func wrongRoot(_ broken: (Int?, AuditDamage) -> AuditReport) -> AuditReport {
        let named = [badEntry, unsound].compactMap(\.self).min { $0.seq < $1.seq }
        if let named {
            return broken(named.seq, named.damage)
        }
        if let badTile, !isAgreed {
            return broken(nil, badTile)
        }
        let sorted = checkpoints.sorted { $0.size < $1.size }
        let firstWrong = sorted.first { entries?.roots[$0.size] != $0.root } ?? latest
        let lastRight = sorted.last { $0.size < firstWrong.size }?.size ?? 0
        return broken(nil, .rewritten(lastRight..<max(firstWrong.size, lastRight + 1)))
    }
}

/// One of the two trees, with its root at each size that a checkpoint speaks of.
struct Side {
    private var tree = MerkleTree()
    private let wanted: Set<Int>
    private(set) var roots: [Int: [UInt8]] = [:]

    init(wanting sizes: Set<Int>) throws(AuditError) {
        wanted = sizes
        roots[0] = try tree.root()
    }

    /// Adds the leaves of a bundle; with their root, when it is known and no checkpoint lies inside them, in one step.
    mutating func append(_ leaves: [[UInt8]], from first: Int, root: [UInt8]?) throws(AuditError) {
        if let root, !(1..<leaves.count).contains(where: { wanted.contains(first + $0) }) {
            try tree.append(subtree: root, height: 8)
            try keepRootIfWanted()
            return
        }
        for leaf in leaves {
            try tree.append(leaf: leaf)
            try keepRootIfWanted()
        }
    }

    private mutating func keepRootIfWanted() throws(AuditError) {
        if wanted.contains(tree.size) {
            roots[tree.size] = try tree.root()
        }
    }
}
