import Foundation
import Testing

@testable import HSDS

struct NamedUUIDTests {
    /// RFC 9562, appendix A.4.
    @Test func `version 5 is that of the standard's own example`() {
        let dns = UUID(uuidString: "6ba7b810-9dad-11d1-80b4-00c04fd430c8") ?? UUID()
        #expect(NamedUUID.version5(dns, "www.example.com").uuidString == "2ED6657D-E927-568B-95E1-2665A8AEA6A2")
    }

    /// FIPS 180-2, appendix A.
    @Test(arguments: [
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
    ])
    func `SHA-1 is that of the standard`(text: String, hash: String) {
        let hex = SHA1.hash(Array(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(hex == hash)
    }

    @Test func `an id is the same at each import and another in another source or table`() {
        let id = NamedUUID.id(source: "harbour", table: "service", id: "17")
        #expect(id == NamedUUID.id(source: "harbour", table: "service", id: "17"))
        #expect(id != NamedUUID.id(source: "inland", table: "service", id: "17"))
        #expect(id != NamedUUID.id(source: "harbour", table: "location", id: "17"))
    }

    @Test func `a UUID is kept, and one of zeros is none`() {
        let uuid = "AC148810-D857-441C-9679-408F346DE14B"
        #expect(NamedUUID.id(source: "harbour", table: "service", id: uuid) == uuid.lowercased())
        let zeros = "00000000-0000-0000-0000-000000000000"
        #expect(NamedUUID.id(source: "harbour", table: "service", id: zeros) != zeros)
    }
}
