import Store
import Testing

@Suite struct RowTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test(arguments: Place.allCases)
    func `a row comes back as it was put`(_ place: Place) throws {
        let store = try place.store(in: scratch)
        let row = Fixture.row(1, owner: [1, 2], index: [9], version: 3, sealed: [UInt8](repeating: 5, count: 100_000))
        try store.write { try $0.put(row, expecting: nil) }
        #expect(try store.row(Fixture.kind, id: row.id) == row)
        #expect(try store.read { try $0.row(Fixture.kind, id: row.id) } == row)
        #expect(try store.read { try $0.version(Fixture.kind, id: row.id) } == 3)
        #expect(try store.row(Fixture.other, id: row.id) == nil)
        #expect(try store.row(Fixture.kind, id: Fixture.id(2)) == nil)
    }

    @Test(arguments: Place.allCases)
    func `a row at another version is not replaced and stays as it was`(_ place: Place) throws {
        let store = try place.store(in: scratch)
        let first = Fixture.row(1)
        try store.write { try $0.put(first, expecting: nil) }
        let second = Fixture.row(1, version: 2, sealed: [2])
        try store.write { try $0.put(second, expecting: 1) }
        #expect(throws: StoreError.conflict(expected: 1, found: 2)) {
            try store.write { try $0.put(Fixture.row(1, version: 3), expecting: 1) }
        }
        #expect(throws: StoreError.conflict(expected: nil, found: 2)) {
            try store.write { try $0.put(Fixture.row(1), expecting: nil) }
        }
        #expect(throws: StoreError.conflict(expected: 4, found: nil)) {
            try store.write { try $0.put(Fixture.row(2, version: 5), expecting: 4) }
        }
        #expect(try store.row(Fixture.kind, id: first.id) == second)
    }

    @Test func `a version only grows`() throws {
        let store = try Store.inMemory()
        try store.write { try $0.put(Fixture.row(1, version: 4), expecting: nil) }
        for version in [-1, 0, 3, 4] {
            #expect(throws: StoreError.invalid) {
                try store.write { try $0.put(Fixture.row(1, version: version), expecting: 4) }
            }
        }
        #expect(throws: StoreError.invalid) {
            try store.write { try $0.put(Fixture.row(2, version: 0), expecting: nil) }
        }
    }

    @Test(arguments: [
        (id: 0, owner: 1, index: 1, sealed: 1), (id: 65, owner: 1, index: 1, sealed: 1),
        (id: 1, owner: 65, index: 1, sealed: 1), (id: 1, owner: 1, index: 65, sealed: 1),
        (id: 1, owner: 1, index: 1, sealed: 0), (id: 1, owner: 1, index: 1, sealed: (16 << 20) + 1),
    ])
    func `a row of a wrong size is refused`(_ sizes: (id: Int, owner: Int, index: Int, sealed: Int)) throws {
        let store = try Store.inMemory()
        func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: 1, count: count) }
        let row = StoredRow(
            kind: Fixture.kind,
            id: bytes(sizes.id),
            owner: bytes(sizes.owner),
            index: bytes(sizes.index),
            version: 1,
            sealed: bytes(sizes.sealed)
        )
        #expect(throws: StoreError.invalid) {
            try store.write { try $0.put(row, expecting: nil) }
        }
        #expect(try store.read { try $0.count(Fixture.kind) } == 0)
    }

    @Test func `a row of the largest sizes is taken`() throws {
        let store = try Store.inMemory()
        let longest = [UInt8](repeating: 1, count: 64)
        let sealed = [UInt8](repeating: 1, count: 16 << 20)
        let row = StoredRow(kind: Fixture.kind, id: longest, owner: longest, index: longest, version: 1, sealed: sealed)
        try store.write { try $0.put(row, expecting: nil) }
        #expect(try store.row(Fixture.kind, id: longest)?.sealed.count == sealed.count)
    }

    @Test func `every sealed byte value survives`() throws {
        let store = try Store.inMemory()
        let all = (0...255).map { UInt8($0) }
        try store.write { try $0.put(Fixture.row(1, owner: all.suffix(64), index: [0], sealed: all), expecting: nil) }
        let found = try #require(try store.row(Fixture.kind, id: Fixture.id(1)))
        #expect(found.sealed == all)
        #expect(found.owner == all.suffix(64))
        #expect(found.index == [0])
    }

    @Test(arguments: Place.allCases)
    func `rows are listed by owner, page by page, each once`(_ place: Place) throws {
        let store = try place.store(in: scratch)
        try store.write { transaction in
            for number in (0..<25).reversed() {
                try transaction.put(Fixture.row(number, owner: number % 5 == 0 ? [2] : [1]), expecting: nil)
                try transaction.put(Fixture.row(number, kind: Fixture.other, owner: [1]), expecting: nil)
            }
        }
        func pages(owner: [UInt8]?, of limit: Int) throws -> [Int] {
            var ids: [[UInt8]] = []
            var last: [UInt8]?
            while true {
                let page = try store.read { try $0.rows(Fixture.kind, owner: owner, after: last, limit: limit) }
                guard let end = page.last else { return ids.map { Int($0[15]) } }
                #expect(page.count <= limit)
                ids += page.map(\.id)
                last = end.id
            }
        }
        for limit in [1, 3, 7, 100] {
            #expect(try pages(owner: [2], of: limit) == [0, 5, 10, 15, 20])
            #expect(try pages(owner: [1], of: limit) == (0..<25).filter { $0 % 5 != 0 })
            #expect(try pages(owner: nil, of: limit) == Array(0..<25))
            #expect(try pages(owner: [3], of: limit).isEmpty)
        }
        #expect(try store.read { try $0.count(Fixture.kind, owner: [2]) } == 5)
        #expect(try store.read { try $0.count(Fixture.kind) } == 25)
        #expect(try store.read { try $0.rows(Fixture.kind, limit: -1) }.isEmpty)
    }

    @Test func `rows are found by blind index within their kind`() throws {
        let store = try Store.inMemory()
        try store.write { transaction in
            try transaction.put(Fixture.row(3, index: [5]), expecting: nil)
            try transaction.put(Fixture.row(1, index: [5]), expecting: nil)
            try transaction.put(Fixture.row(2, index: [6]), expecting: nil)
            try transaction.put(Fixture.row(4), expecting: nil)
            try transaction.put(Fixture.row(1, kind: Fixture.other, index: [5]), expecting: nil)
        }
        #expect(try store.read { try $0.rows(Fixture.kind, index: [5]) }.map(\.id) == [Fixture.id(1), Fixture.id(3)])
        #expect(try store.read { try $0.rows(Fixture.kind, index: [7]) }.isEmpty)
        try store.write { try $0.put(Fixture.row(1, index: [6], version: 2), expecting: 1) }
        #expect(try store.read { try $0.rows(Fixture.kind, index: [5]) }.map(\.id) == [Fixture.id(3)])
    }

    @Test func `a row is deleted at the version expected and not at another`() throws {
        let store = try Store.inMemory()
        try store.write { try $0.put(Fixture.row(1, version: 2), expecting: nil) }
        #expect(throws: StoreError.conflict(expected: 1, found: 2)) {
            try store.write { try $0.delete(Fixture.kind, id: Fixture.id(1), expecting: 1) }
        }
        #expect(throws: StoreError.missing) {
            try store.write { try $0.delete(Fixture.kind, id: Fixture.id(2)) }
        }
        #expect(try store.read { try $0.count(Fixture.kind) } == 1)
        try store.write { try $0.delete(Fixture.kind, id: Fixture.id(1), expecting: 2) }
        #expect(try store.row(Fixture.kind, id: Fixture.id(1)) == nil)
    }

    @Test func `all rows of one owner go and no others`() throws {
        let store = try Store.inMemory()
        try store.write { transaction in
            for number in 0..<10 {
                try transaction.put(Fixture.row(number, owner: [UInt8(number % 2)]), expecting: nil)
            }
            try transaction.put(Fixture.row(0, kind: Fixture.other, owner: [0]), expecting: nil)
        }
        #expect(try store.write { try $0.deleteRows(Fixture.kind, owner: [0]) } == 5)
        #expect(try store.read { try $0.count(Fixture.kind) } == 5)
        #expect(try store.read { try $0.count(Fixture.other) } == 1)
        #expect(try store.write { try $0.deleteRows(Fixture.kind, owner: [9]) } == 0)
    }

    @Test func `meta values are kept, replaced and bounded`() throws {
        let store = try Store.inMemory()
        #expect(try store.read { try $0.meta("origin") } == nil)
        try store.write { try $0.setMeta("origin", [1]) }
        try store.write { try $0.setMeta("origin", [2, 3]) }
        #expect(try store.read { try $0.meta("origin") } == [2, 3])
        #expect(throws: StoreError.invalid) { try store.write { try $0.setMeta("", [1]) } }
        #expect(throws: StoreError.invalid) {
            try store.write { try $0.setMeta(String(repeating: "k", count: 65), [1]) }
        }
    }
}
