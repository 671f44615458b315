import Directory
import Foundation
import Testing

/// The snapshot holds everything, and nothing else passes for one.
struct DirectorySnapshotTests {
    private let hash = SnapshotFixture.hash

    private func read(_ bytes: [UInt8]) throws(SnapshotError) -> ServiceDirectory? {
        try DirectorySnapshot.directory(in: bytes, expecting: hash)
    }

    /// Anything but the directory itself is refused: stale, or damaged.
    private func isRefused(_ bytes: [UInt8], unless whole: [UInt8]) -> Bool {
        do throws(SnapshotError) {
            guard let directory = try read(bytes) else { return true }
            return DirectorySnapshot.bytes(of: directory, contentHash: hash) == whole
        } catch {
            return error == .damaged
        }
    }

    // MARK: What it holds

    @Test func `what is read is what was written, in every field`() throws {
        for directory in [try SnapshotFixture.small(), try SnapshotFixture.full()] {
            let bytes = DirectorySnapshot.bytes(of: directory, contentHash: hash)
            SnapshotFixture.expectAlike(directory, try #require(try read(bytes)))
        }
    }

    /// Fails when a field is added and the fixture, and so perhaps the snapshot, does not know it.
    @Test func `the fixture leaves no field unset`() throws {
        let directory = try SnapshotFixture.full()
        let service = try #require(directory.service(ServiceID("xa-full-1")))
        let country = try #require(directory.countries.values.first)
        let type = try #require(directory.taxonomy.types.first)
        let parts: [(String, Any)] = [
            ("service", service), ("country", country), ("type", type),
            ("organization", directory.organizations.values.sorted { $0.id < $1.id }[0]),
            ("fallback", try #require(directory.fallbacks.first)), ("kind", try #require(directory.kinds.values.first)),
        ]
        for (name, part) in parts { #expect(Self.unset(part, name) == []) }
        #expect(Mirror(reflecting: service).children.count == 37)
        #expect(Mirror(reflecting: directory).children.count == 9)
        #expect(Mirror(reflecting: directory.taxonomy).children.count == 3)
    }

    private static func unset(_ value: Any, _ path: String) -> [String] {
        let mirror = Mirror(reflecting: value)
        let holds: Set<Mirror.DisplayStyle> = [.optional, .collection, .set, .dictionary]
        if let style = mirror.displayStyle, holds.contains(style), mirror.children.isEmpty { return [path] }
        // A web address has no reach and says itself what it leads to; a number of the main source has no other source.
        let bare = ["fallback.contact.reach", "fallback.contact.reaches", "country.emergency.lines..listedBy"]
        let children = mirror.children.filter { !bare.contains("\(path).\($0.label ?? "")") }
        return children.flatMap { unset($0.value, "\(path).\($0.label ?? "")") }
    }

    @Test func `the same directory gives the same bytes, and texts that only look alike stay two`() throws {
        let bytes = DirectorySnapshot.bytes(of: try SnapshotFixture.full(), contentHash: hash)
        #expect(bytes == DirectorySnapshot.bytes(of: try SnapshotFixture.full(), contentHash: hash))
        let directory = try #require(try read(bytes))
        let note = directory.service(ServiceID("xa-full-1"))?.note
        let name = directory.service(ServiceID("xa-bare"))?.name
        #expect(note == name)
        #expect(note?.unicodeScalars.count == 5)
        #expect(name?.unicodeScalars.count == 4)
    }

    /// When this fails, the layout changed or the reader of the files makes something else of the same files: raise
    /// `DirectorySnapshot.version`, and put the new bytes on the page. Without that, a server that was brought up to date
    /// would go on reading the old snapshot.
    @Test func `the example on the format's page is what the code makes of its files`() throws {
        let files = ["XA.yaml", "taxonomy.yaml", "worldwide.yaml"]
        let contents = try files.map { (name: $0, content: Array(try SnapshotFixture.example($0).utf8)) }
        let bytes = DirectorySnapshot.bytes(of: try SnapshotFixture.small(), contentHash: ContentHash(files: contents))
        #expect(
            SnapshotFixture.hex(bytes) + "\n" == (try SnapshotFixture.example("snapshot")),
            "\(SnapshotFixture.hex(bytes))"
        )
        #expect(try DirectorySnapshot.directory(in: bytes, expecting: ContentHash(files: contents)) != nil)
    }

    // MARK: What does not fit

    @Test func `a snapshot of other files is not used`() throws {
        let bytes = DirectorySnapshot.bytes(of: try SnapshotFixture.small(), contentHash: hash)
        for other in [
            ContentHash(first: hash.first ^ 1, second: hash.second),
            ContentHash(first: hash.first, second: hash.second ^ 1),
        ] {
            #expect(try DirectorySnapshot.directory(in: bytes, expecting: other) == nil)
        }
    }

    @Test func `a snapshot of another version, or made with other cases, is not used`() throws {
        let bytes = DirectorySnapshot.bytes(of: try SnapshotFixture.small(), contentHash: hash)
        for place in 8..<20 {
            var other = bytes
            other[place] ^= 1
            #expect(try read(SnapshotFixture.sealed(other)) == nil, "byte \(place)")
        }
    }

    @Test func `a zone that this machine does not know sends the reader back to the files`() throws {
        let base = try SnapshotFixture.small()
        var service = try #require(base.services.first)
        service.id = ServiceID("xa-elsewhere")
        for (zone, isUsed) in [("Asia/Colombo", true), ("Moon/Tranquility", false)] {
            service.hours = OpeningHours(zone: .named(zone), always: true)
            let directory = base.adding(organizations: [], services: [service])
            let bytes = DirectorySnapshot.bytes(of: directory, contentHash: hash)
            #expect((try read(bytes) != nil) == isUsed)
        }
    }

    // MARK: Damage

    @Test func `no bit of a snapshot can be turned unnoticed`() throws {
        let bytes = DirectorySnapshot.bytes(of: try SnapshotFixture.small(), contentHash: hash)
        for place in bytes.indices {
            for bit in 0..<8 {
                var other = bytes
                other[place] ^= 1 << UInt8(bit)
                #expect(isRefused(other, unless: []), "bit \(bit) of byte \(place)")
            }
            var other = bytes
            other[place] = ~other[place]
            #expect(isRefused(other, unless: []), "byte \(place)")
        }
    }

    @Test func `no beginning of a snapshot passes for the whole, and nothing may follow it`() throws {
        let bytes = DirectorySnapshot.bytes(of: try SnapshotFixture.small(), contentHash: hash)
        for count in bytes.indices {
            #expect(isRefused(Array(bytes[..<count]), unless: []), "\(count) bytes")
            if count >= 8 {
                #expect(isRefused(SnapshotFixture.sealed(Array(bytes[..<count])), unless: []), "\(count) bytes")
            }
        }
        #expect(isRefused(bytes + [0], unless: []))
        #expect(isRefused(SnapshotFixture.sealed(bytes + [0]), unless: []))
    }

    /// With a checksum that fits, so that the parser meets every one of them: it refuses, or makes a directory that is
    /// sound in itself. It never traps.
    @Test func `a changed byte under a checksum that fits never traps the reader`() throws {
        let bytes = DirectorySnapshot.bytes(of: try SnapshotFixture.full(), contentHash: hash)
        var (refused, read) = (0, 0)
        for place in 44..<bytes.count - 8 {
            for value in [0xFF, bytes[place] &+ 1] where value != bytes[place] {
                var other = bytes
                other[place] = value
                do throws(SnapshotError) {
                    let directory = try self.read(SnapshotFixture.sealed(other))
                    if let directory {
                        #expect(Set(directory.services.map(\.id)).count == directory.services.count)
                        read += 1
                    }
                } catch {
                    #expect(error == .damaged)
                    refused += 1
                }
            }
        }
        #expect(refused > 1_000)
        #expect(read > 100)
    }

    @Test func `a length or count past the end is refused before anything is made of it`() throws {
        let bytes = DirectorySnapshot.bytes(of: try SnapshotFixture.small(), contentHash: hash)
        for place in [36, 44, 52] {
            for value in [UInt64.max, 1 << 62, 1 << 32, UInt64(bytes.count)] {
                var other = bytes
                other.replaceSubrange(place..<place + 8, with: ReferenceHash.bytes(value))
                #expect(throws: SnapshotError.damaged) { try read(SnapshotFixture.sealed(other)) }
            }
        }
    }

    @Test func `what is no snapshot at all is refused`() {
        for bytes in [[], [0], Array("types:\n  MED-CMR:\n".utf8), [UInt8](repeating: 0, count: 4_096)] as [[UInt8]] {
            #expect(throws: SnapshotError.damaged) { try read(bytes) }
        }
    }
}

extension SnapshotFixture {
    /// Sixteen bytes a line, as the page shows them.
    static func hex(_ bytes: [UInt8]) -> String {
        stride(from: 0, to: bytes.count, by: 16).map { start in
            bytes[start..<min(start + 16, bytes.count)].map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined(separator: " ")
        }.joined(separator: "\n")
    }
}
