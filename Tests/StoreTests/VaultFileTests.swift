import Foundation
import Store
import Testing

@Suite struct VaultFileTests {
    let scratch: Scratch
    static let size = 24

    init() throws {
        scratch = try Scratch()
    }

    private func open() throws -> VaultFile {
        try VaultFile(path: scratch.path("vault"), recordSize: Self.size)
    }

    private func record(_ number: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(number), count: Self.size)
    }

    @Test func `records come back in order, also after opening again`() throws {
        let vault = try open()
        #expect(try vault.records().isEmpty)
        try vault.append([record(1)])
        try vault.append([record(2), record(3)])
        #expect(vault.count == 3)
        #expect(try vault.records() == [1, 2, 3].map(record))
        vault.close()
        let again = try open()
        #expect(again.cutBytes == 0)
        #expect(try again.records() == [1, 2, 3].map(record))
        #expect(try scratch.mode("vault") == 0o600)
    }

    @Test func `the example of the format page is what the vault writes`() throws {
        let vault = try VaultFile(path: scratch.path("example"), recordSize: 8)
        try vault.append([Array(1...8)])
        vault.close()
        let written = try scratch.bytes("example").map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        let page = URL(fileURLWithPath: #filePath).appending(path: "../../../docs/formats/store.md").standardized
        let text = try String(contentsOf: page, encoding: .utf8).split(whereSeparator: \.isWhitespace)
        #expect(text.joined(separator: " ").contains(written.joined(separator: " ")))
    }

    @Test func `a record of another size is refused and nothing of its batch is kept`() throws {
        let vault = try open()
        for wrong in [Self.size - 1, Self.size + 1, 0] {
            #expect(throws: StoreError.invalid) {
                try vault.append([record(1), [UInt8](repeating: 1, count: wrong)])
            }
        }
        #expect(try vault.records().isEmpty)
    }

    @Test func `a second opening is refused until the first lets go`() throws {
        let vault = try open()
        #expect(throws: StoreError.inUse) { try open() }
        vault.close()
        #expect(throws: StoreError.stopped) { try vault.records() }
        #expect(throws: Never.self) { try open() }
    }

    @Test func `an append cut short at any byte is cut off and the rest stands`() throws {
        let vault = try open()
        try vault.append([record(1), record(2)])
        vault.close()
        let two = try scratch.bytes("vault")
        let slot = Self.size + 4
        for kept in 0...two.count {
            try scratch.write(Array(two.prefix(kept)), to: "vault")
            let torn = try open()
            let whole = max(0, kept - 16) / slot
            #expect(try torn.records() == [1, 2].prefix(whole).map(record))
            #expect(torn.cutBytes == (kept < 16 ? 0 : (kept - 16) % slot))
            try torn.append([record(9)])
            torn.close()
            let again = try open()
            #expect(try again.records() == ([1, 2].prefix(whole) + [9]).map(record))
            again.close()
        }
    }

    @Test func `blocks that were promised but never written are cut off`() throws {
        let vault = try open()
        try vault.append([record(1)])
        vault.close()
        let one = try scratch.bytes("vault")
        try scratch.write(one + [UInt8](repeating: 0, count: 2 * (Self.size + 4) + 5), to: "vault")
        let again = try open()
        #expect(again.cutBytes == 2 * (Self.size + 4) + 5)
        #expect(try again.records() == [record(1)])
        again.close()
        #expect(try scratch.bytes("vault") == one)
    }

    @Test func `any changed bit of an acknowledged record is damage and never a shorter vault`() throws {
        let vault = try open()
        try vault.append([record(1), record(2)])
        vault.close()
        let whole = try scratch.bytes("vault")
        for place in whole.indices {
            for bit in 0..<8 {
                var flipped = whole
                flipped[place] ^= 1 << bit
                try scratch.write(flipped, to: "vault")
                #expect(throws: place < 16 ? StoreError.notAStore : .damaged(code: 0)) { try open() }
            }
        }
    }

    @Test func `another record size is another vault`() throws {
        try open().close()
        #expect(throws: StoreError.notAStore) { try VaultFile(path: scratch.path("vault"), recordSize: 25) }
        #expect(throws: StoreError.invalid) { try VaultFile(path: scratch.path("other"), recordSize: 0) }
    }

    @Test func `a rewriting replaces all and leaves no trace of the old in its place`() throws {
        let vault = try open()
        try vault.append([record(1), record(2), record(3)])
        try vault.rewrite([record(8)])
        #expect(try vault.records() == [record(8)])
        try vault.append([record(9)])
        vault.close()
        #expect(!scratch.exists("vault.new"))
        #expect(try scratch.mode("vault") == 0o600)
        let opened = try open()
        #expect(try opened.records() == [8, 9].map(record))
    }

    @Test func `a rewriting that was cut short before its rename changes nothing`() throws {
        let vault = try open()
        try vault.append([record(1)])
        vault.close()
        try scratch.write([1, 2, 3], to: "vault.new")
        let opened = try open()
        #expect(try opened.records() == [record(1)])
        #expect(!scratch.exists("vault.new"))
    }

    @Test func `tombstones live in a file beside the vault`() throws {
        let vault = try open()
        let tombstones = try vault.tombstones(recordSize: 40)
        try tombstones.append([[UInt8](repeating: 7, count: 40)])
        tombstones.close()
        #expect(scratch.exists("vault.tombstones"))
        #expect(try vault.tombstones(recordSize: 40).count == 1)
        #expect(vault.count == 0)
    }
}
