import Foundation
import TestSupport
import Testing

// Paths are no concern of other modules, and a tree of 1,234,067 tiles is too much to export in a test.
@testable import Audit

@Suite struct TilePathTests {
    /// The examples of the C2SP tlog-tiles text.
    @Test(arguments: [
        (0, "000"), (255, "255"), (999, "999"), (1000, "x001/000"), (1_234_067, "x001/x234/067"),
        (1_000_000_000, "x001/x000/x000/000"),
    ])
    func `a tile's index is written in groups of three`(_ index: Int, _ path: String) {
        #expect(TilePath.number(index) == path)
        #expect(TilePath.tile(level: 1, index: index, width: 256) == "tile/1/\(path)")
        #expect(TilePath.entries(index: index, width: 17) == "tile/entries/\(path).p/17")
    }

    /// The example of the C2SP tlog-tiles text: a tree of 70,000 leaves.
    @Test func `the tiles of a tree of 70,000 leaves are the published ones`() {
        #expect(TilePath.widths(level: 0, treeSize: 70_000) == (273, 112))
        #expect(TilePath.widths(level: 1, treeSize: 70_000) == (1, 17))
        #expect(TilePath.widths(level: 2, treeSize: 70_000) == (0, 1))
        #expect(TilePath.widths(level: 3, treeSize: 70_000) == (0, 0))
        #expect(TilePath.widths(level: 8, treeSize: 70_000) == (0, 0))
    }

    @Test func `the tiles handed out are those of the published tree`() throws {
        var stack = TileStack()
        var full = [0, 0, 0]
        let leaf = [UInt8](repeating: 1, count: 32)
        for _ in 0..<70_000 {
            for tile in try stack.append(leaf) {
                #expect(tile.index == full[tile.level])
                full[tile.level] += 1
            }
        }
        #expect(full == [273, 1, 0])
        #expect(stack.partial.map(\.hashes.count) == [112, 17, 1])
        #expect(stack.partial.map(\.path) == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"])
    }

    private struct Examples: Decodable {
        struct Path: Decodable {
            let index: Int, path: String
        }
        struct Level: Decodable {
            let full: Int, partial_width: Int
        }
        struct Tree: Decodable {
            let tree_size: Int, level0: Level, level1: Level, level2: Level?
        }
        let tile_paths: [Path]
        let partial_tiles: [Tree]
    }

    @Test func `the published paths and widths agree`() throws {
        guard let set = PublishedSets.folder("LEEWARD_VECTORS") else {
            print("not run: the published tile paths (LEEWARD_VECTORS is not set)")
            return
        }
        let file = URL(fileURLWithPath: set).appendingPathComponent("c2sp/tlog_examples.json")
        let examples = try JSONDecoder().decode(Examples.self, from: Data(contentsOf: file))
        for example in examples.tile_paths {
            #expect(TilePath.number(example.index) == example.path)
        }
        var levels = 0
        for tree in examples.partial_tiles {
            for (level, expected) in [tree.level0, tree.level1, tree.level2].enumerated() {
                guard let expected else { continue }
                let found = TilePath.widths(level: level, treeSize: tree.tree_size)
                #expect(found == (expected.full, expected.partial_width))
                levels += 1
            }
        }
        print("published tile paths: \(examples.tile_paths.count) agree; partial widths: \(levels) agree")
        #expect(examples.tile_paths.count == 4)
        #expect(levels == 5)
    }

    @Test func `notes one after another come apart again`() {
        let notes = [
            "origin\n1\nroot\n\n\u{2014} a AAAA\n", "origin\n2\nroot\nmore\n\n\u{2014} a AAAA\n\u{2014} b BBBB\n",
            "origin\n\u{2014} not a signature yet\n\n\u{2014} c CCCC\n",
        ].map { Array($0.utf8) }
        #expect(NoteList.notes(in: Array(notes.joined())) == notes)
        #expect(NoteList.notes(in: []).isEmpty)
        #expect(NoteList.notes(in: Array("rest".utf8)) == [Array("rest".utf8)])
    }
}
