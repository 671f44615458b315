/// The tiles along the right edge of a growing tree, one for each level; a full one is handed out and its root goes up.
struct TileStack {
    /// One tile with its place.
    struct Tile {
        let level: Int
        let index: Int
        let hashes: [[UInt8]]

        var path: String { TilePath.tile(level: level, index: index, width: hashes.count) }
        var bytes: [UInt8] { Array(hashes.joined()) }
    }

    private var levels: [(index: Int, hashes: [[UInt8]])] = []

    /// Adds the next hash of a level and hands out the tiles that it fills, the lowest first.
    mutating func append(_ hash: [UInt8], level: Int = 0) throws(AuditError) -> [Tile] {
        var full: [Tile] = []
        var hash = hash
        var level = level
        while true {
            while levels.count <= level {
                levels.append((0, []))
            }
            levels[level].hashes.append(hash)
            guard levels[level].hashes.count == Limits.tileWidth else { return full }
            full.append(Tile(level: level, index: levels[level].index, hashes: levels[level].hashes))
            hash = try Self.root(of: levels[level].hashes)
            levels[level] = (levels[level].index + 1, [])
            level += 1
        }
    }

    /// The tiles that are not full.
    var partial: [Tile] {
        levels.enumerated().compactMap { level, tile in
            tile.hashes.isEmpty ? nil : Tile(level: level, index: tile.index, hashes: tile.hashes)
        }
    }

    /// The root over the hashes of a full tile.
    static func root(of hashes: [[UInt8]]) throws(AuditError) -> [UInt8] {
        var row = hashes
        while row.count > 1 {
            var above: [[UInt8]] = []
            above.reserveCapacity(row.count / 2)
            for left in stride(from: 0, to: row.count - 1, by: 2) {
                above.append(try MerkleTree.nodeHash(row[left], row[left + 1]))
            }
            row = above
        }
        guard let root = row.first else { throw .outside }
        return root
    }
}
