import Care
import Directory
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// The figures of docs/formats/search-index.md, counted in a store.
@Suite struct IndexLeakageTests {
    @Test func `the page and the code have one budget`() throws {
        let page = try Repository.text("docs/formats/search-index.md")
        #expect(page.contains("| rows a case | \(CaseIndex.Place.all.count) |"))
        #expect(page.contains("| searches a person and hour | \(Limits.searches), each an audit entry |"))
        #expect(Limits.searchSpanMilliseconds == 3_600_000)
        #expect(CaseIndex.Place.all.filter { $0.field == .phone }.count == 5)
        #expect(Set(CaseIndex.Place.all.map(\.field)) == Set(IndexedField.allCases))
    }

    @Test func `a row shows its bucket and nothing else, and no case has more rows than the budget`() async throws {
        let house = try await House.founded()
        let numbers = (0..<12).map { "+1 202 555 01\(10 + $0)" }
        let full = CaseOpening(
            team: house.founded.team,
            identity: try Survivor(
                currentCountry: Invented.country("LK"),
                name: Invented.name,
                alias: Invented.alias,
                identityNumber: "X 1"
            ),
            contact: try SafeContact(
                permission: .allowed,
                addresses: numbers.map { try SafeContact.Address(channel: .call, value: $0) }
            ),
            conflicts: try ConflictFacts(),
            intake: try Intake(firstContactAt: house.clock.now),
            needs: []
        )
        let one = try await house.openedCase(full, called: "one")
        let two = try await house.openedCase(full, called: "two")
        let rows = try house.store.read { try $0.rows(.indexToken, limit: 100) }
        #expect(rows.count == 16)
        // One length, no owner, and no id of a case in any column.
        #expect(Set(rows.map(\.sealed.count)) == [124])
        #expect(rows.allSatisfy { $0.owner == nil && $0.id.count == 16 && $0.index?.count == 18 })
        for row in rows {
            for id in [one.id.bytes, two.id.bytes] {
                #expect(row.id != id && row.index.map { Data($0).range(of: Data(id)) } == .some(nil))
            }
        }
        // Equal values share a bucket and nothing else.
        #expect(Set(rows.map(\.index)).count <= 8)
        #expect(Set(rows.map(\.sealed)).count == 16)
        #expect(Set(rows.map(\.id)).count == 16)
        // Eight open bits: the high byte of the bucket is empty.
        #expect(rows.allSatisfy { $0.index?[16] == 0 })
    }

    @Test func `a name has strangers beside it in its bucket, as many as the page says`() async throws {
        let house = try await House.founded()
        let office = house.deployment.office
        let id = try office.rows.blind(.indexKey, house.founded.home.bytes, [IndexedField.name.rawValue])
        let key = try IndexKey.open(
            #require(try house.stored(.indexKey, id)).sealed,
            under: office.rows.keys.routing,
            agency: house.founded.home.bytes,
            field: .name,
            version: 1
        )
        #expect(key.bucketBits == 8)
        let count = 8_192
        var buckets: [UInt16: Int] = [:]
        for number in 0..<count { buckets[try key.look(for: Array("invented \(number)".utf8)).bucket, default: 0] += 1 }
        // n / 2^b = 32 on average. The chance of one below 8 or above 72 among 256 is under one in 10,000.
        #expect(buckets.count == 256)
        #expect(buckets.values.reduce(0, +) == count)
        #expect(try #require(buckets.values.min()) >= 8)
        #expect(try #require(buckets.values.max()) <= 72)
    }

    @Test func `the same value of another agency lies elsewhere`() async throws {
        let house = try await House.founded()
        let office = house.deployment.office
        var places: Set<[UInt8]> = []
        for agency in [house.founded.home, house.founded.away] {
            for field in IndexedField.allCases {
                places.insert(try office.rows.blind(.indexField, agency.bytes, [field.rawValue]))
                let id = try office.rows.blind(.indexKey, agency.bytes, [field.rawValue])
                #expect(try house.stored(.indexKey, id) != nil)
            }
        }
        #expect(places.count == 8)
    }

    @Test func `an agency from before the indexes gets its keys at the next start, and keeps those it has`()
        async throws
    {
        let house = try await House.founded(onDisk: true)
        let kept = try house.store.read { try $0.rows(.indexKey, limit: 100) }
        #expect(kept.count == 8)
        let gone = try #require(kept.first)
        try house.delete(.indexKey, gone.id)
        try house.deployment.close()
        let again = try house.reopened()
        let now = try again.store.read { try $0.rows(.indexKey, limit: 100) }
        #expect(now.map(\.id) == kept.map(\.id))
        #expect(now.filter { $0 != gone }.dropFirst(0).filter(kept.contains).count == 7)
        _ = try await again.openedCase()
    }
}
