import Directory
import Foundation
import Testing

/// The snapshot of the directory that ships.
struct SnapshotDataTests {
    private static let hash = DirectoryReader.contentHash(of: ShippedDirectory.folder)

    private func snapshot() throws -> (bytes: [UInt8], hash: ContentHash) {
        let hash = try #require(Self.hash)
        return (DirectorySnapshot.bytes(of: ShippedDirectory.directory, contentHash: hash), hash)
    }

    @Test func `the snapshot of the shipped directory equals what the files say, in every part`() throws {
        let (bytes, hash) = try snapshot()
        let read = try #require(try DirectorySnapshot.directory(in: bytes, expecting: hash))
        let files = ShippedDirectory.directory
        #expect(read.taxonomy == files.taxonomy)
        #expect(read.kinds == files.kinds)
        #expect(read.fallbacks == files.fallbacks)
        #expect(read.countries == files.countries)
        #expect(read.organizations == files.organizations)
        #expect(read.services == files.services)
        for code in files.countries.keys {
            #expect(read.services(in: code) == files.services(in: code))
            #expect(read.page(code) == files.page(code))
        }
        #expect(DirectorySnapshot.bytes(of: read, contentHash: hash) == bytes)
    }

    @Test func `a load from the files and a load from the snapshot give the same look-ups`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "leeward-snapshot-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = DirectoryReader.load(folder: ShippedDirectory.folder, snapshot: path)
        let second = DirectoryReader.load(folder: ShippedDirectory.folder + "/", snapshot: path)
        #expect(first.snapshot == .written)
        #expect(second.snapshot == .taken)
        #expect(second.files == 245)
        let now = Date(timeIntervalSince1970: 1_795_312_800)
        for country in ShippedDirectory.countries {
            for need in ["PSY-CRISIS", "SOC-SHELTER"] {
                let query = LookupQuery(
                    country: country.code,
                    needs: [try #require(ServiceCode(need))],
                    age: 14,
                    at: now
                )
                let one = try #require(first.directory.lookUp(query))
                let other = try #require(second.directory.lookUp(query))
                #expect(one.services.map(\.service) == other.services.map(\.service))
                #expect(one.services.map(\.flags) == other.services.map(\.flags))
                #expect(one.statements == other.statements)
            }
        }
    }

    /// A fixed sequence, so that a failure can be repeated.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            // SplitMix64.
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return value ^ value >> 31
        }
    }

    /// `LEEWARD_SNAPSHOT_DAMAGE` says how many of them; the long run has 10,000.
    @Test func `a cut or changed snapshot of the shipped directory is refused`() throws {
        let (bytes, hash) = try snapshot()
        let count = ProcessInfo.processInfo.environment["LEEWARD_SNAPSHOT_DAMAGE"].flatMap { Int($0) } ?? 200
        var dice = Dice(state: 2026)
        var refused = 0
        for round in 0..<count {
            var other = bytes
            switch round % 4 {
            case 0: other.removeLast(Int.random(in: 1...bytes.count, using: &dice))
            case 1: other.removeSubrange(range(bytes, &dice))
            default:
                for _ in 0..<round % 4 {
                    other[Int.random(in: bytes.indices, using: &dice)] ^= UInt8.random(in: 1...255, using: &dice)
                }
            }
            do throws(SnapshotError) {
                if try DirectorySnapshot.directory(in: other, expecting: hash) == nil { refused += 1 }
            } catch {
                #expect(error == .damaged)
                refused += 1
            }
            if other == bytes { refused += 1 }
        }
        #expect(refused == count)
    }

    private func range(_ bytes: [UInt8], _ dice: inout Dice) -> Range<Int> {
        let start = Int.random(in: bytes.indices, using: &dice)
        return start..<min(bytes.count, start + Int.random(in: 1...64, using: &dice))
    }
}
