import Testing

// The verifier's quick look at an entry is internal; that it takes what the full reading takes must be seen from inside.
@testable import Audit

@Suite struct EntryScannerTests {
    private func agree(_ bytes: [UInt8]) -> Bool {
        var scanner = EntryScanner(bytes)
        let quick = try? scanner.clock()
        let full = try? AuditEntry(parsing: bytes)
        return quick?.seq == full?.seq && quick?.time == full?.time && quick?.mono == full?.mono
    }

    @Test func `the quick look takes exactly what the full reading takes`() throws {
        let entries = try [
            Fixture.entry(0, handles: ["c1", "c2"], details: [1, 2, 3, 4]), Fixture.entry(7), Fixture.entry(20),
        ]
        var looks = 0
        for entry in entries {
            #expect(agree(entry.bytes))
            for place in entry.bytes.indices {
                for other in Array("0az\"\\,:[]{}=/+-. é".utf8) + [entry.bytes[place] ^ 1, entry.bytes[place] ^ 0x20] {
                    var changed = entry.bytes
                    changed[place] = other
                    #expect(agree(changed), "byte \(place) as \(other)")
                    var longer = entry.bytes
                    longer.insert(other, at: place)
                    #expect(agree(longer), "\(other) before byte \(place)")
                    looks += 2
                }
                var shorter = entry.bytes
                shorter.remove(at: place)
                #expect(agree(shorter), "without byte \(place)")
            }
        }
        #expect(looks > 30_000)
    }
}
