// C2SP tlog-tiles (https://c2sp.org/tlog-tiles): a tile of level L and index N lies at `tile/<L>/<N>`, the bundle of the
// entries under a level-0 tile at `tile/entries/<N>`; one that is not full yet, of W entries, has `.p/<W>` behind it. N is
// written in groups of three digits, all but the last with an x: 1234067 is `x001/x234/067`.

/// Where the files of an export lie, relative to it.
enum TilePath {
    static let checkpoint = "checkpoint"
    static let checkpoints = "checkpoints"
    static let key = "log.vkey"
    static let tiles = "tile"

    /// The path of a tile that has `width` of 256 hashes.
    static func tile(level: Int, index: Int, width: Int) -> String {
        "\(tiles)/\(level)/\(number(index))\(partial(width))"
    }

    /// The path of a bundle that has `width` of 256 entries.
    static func entries(index: Int, width: Int) -> String {
        "\(tiles)/entries/\(number(index))\(partial(width))"
    }

    static func number(_ index: Int) -> String {
        func group(_ value: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: 3 - digits.count) + digits
        }
        var path = group(index % 1000)
        var rest = index / 1000
        while rest > 0 {
            path = "x\(group(rest % 1000))/\(path)"
            rest /= 1000
        }
        return path
    }

    /// How many full tiles a level has in a tree of a size, and the width of the one after them, 0 for none.
    static func widths(level: Int, treeSize: Int) -> (full: Int, partial: Int) {
        let hashes = level < 7 ? treeSize >> (8 * level) : 0
        return (hashes / Limits.tileWidth, hashes % Limits.tileWidth)
    }

    private static func partial(_ width: Int) -> String {
        width == Limits.tileWidth ? "" : ".p/\(width)"
    }
}
