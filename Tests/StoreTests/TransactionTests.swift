import Foundation
import Store
import Testing

@Suite struct TransactionTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test(arguments: Place.allCases)
    func `a block that throws leaves nothing and its error passes on`(_ place: Place) throws {
        let store = try place.store(in: scratch)
        #expect(throws: ActRefused()) {
            try store.write { transaction in
                try transaction.put(Fixture.row(1), expecting: nil)
                try transaction.appendAudit([Fixture.entry(0)])
                throw ActRefused()
            }
        }
        #expect(try store.read { try $0.count(Fixture.kind) } == 0)
        #expect(try store.read { try $0.auditSize() } == 0)
    }

    @Test(arguments: Place.allCases)
    func `an act that fails inside a batch undoes only itself`(_ place: Place) throws {
        let store = try place.store(in: scratch)
        try store.write { transaction in
            for number in 0..<9 {
                do {
                    try transaction.savepoint {
                        try transaction.put(Fixture.row(number), expecting: nil)
                        if number % 3 == 1 { throw ActRefused() }
                        // A conflict in the act itself: the row before it goes too.
                        if number % 3 == 2 { try transaction.put(Fixture.row(0), expecting: nil) }
                    }
                } catch is ActRefused {
                    #expect(number % 3 == 1)
                } catch let error as StoreError {
                    #expect(error == .conflict(expected: nil, found: 1))
                    #expect(number % 3 == 2)
                }
                try transaction.appendAudit([Fixture.entry(number)])
            }
        }
        let ids = try store.read { try $0.rows(Fixture.kind, limit: 100) }.map { Int($0.id[15]) }
        #expect(ids == [0, 3, 6])
        #expect(try store.read { try $0.auditSize() } == 9)
    }

    @Test func `savepoints nest`() throws {
        let store = try Store.inMemory()
        try store.write { transaction in
            try transaction.savepoint {
                try transaction.put(Fixture.row(1), expecting: nil)
                do {
                    try transaction.savepoint {
                        try transaction.put(Fixture.row(2), expecting: nil)
                        throw ActRefused()
                    }
                    Issue.record("the inner act passed")
                } catch is ActRefused {
                }
                try transaction.put(Fixture.row(3), expecting: nil)
            }
        }
        #expect(try store.read { try $0.rows(Fixture.kind, limit: 9) }.map { Int($0.id[15]) } == [1, 3])
    }

    @Test func `a transaction sees its own writes and a read beside it sees none of them`() throws {
        let store = try Store.open(in: scratch)
        try store.write { transaction in
            try transaction.put(Fixture.row(1), expecting: nil)
            let own = try transaction.row(Fixture.kind, id: Fixture.id(1))
            #expect(own != nil)
            #expect(try store.row(Fixture.kind, id: Fixture.id(1)) == nil)
        }
        #expect(try store.row(Fixture.kind, id: Fixture.id(1)) != nil)
    }

    @Test func `one read sees one state while the writer goes on`() throws {
        let store = try Store.open(in: scratch)
        try store.write { try $0.put(Fixture.row(1), expecting: nil) }
        try store.read { reading in
            let before = try reading.count(Fixture.kind)
            try store.write { try $0.put(Fixture.row(2), expecting: nil) }
            let after = try reading.count(Fixture.kind)
            #expect(after == before)
        }
        #expect(try store.read { try $0.count(Fixture.kind) } == 2)
    }

    @Test func `many threads read and write and nothing is lost`() throws {
        let store = try Store.open(in: scratch)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for number in 0..<25 {
                let row = Fixture.row(thread * 100 + number)
                #expect(throws: Never.self) {
                    try store.write { try $0.put(row, expecting: nil) }
                    #expect(try store.row(Fixture.kind, id: row.id) == row)
                }
            }
        }
        #expect(try store.read { try $0.count(Fixture.kind) } == 200)
        #expect(try store.isWhole())
    }
}
