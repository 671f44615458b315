import Hummingbird
import Testing

@testable import Web

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:8443", ListenAddress.loopback(host: "127.0.0.1", port: 8443)),
        ("127.255.3.4:0", .loopback(host: "127.255.3.4", port: 0)),
        ("localhost:80", .loopback(host: "127.0.0.1", port: 80)),
        ("[::1]:65535", .loopback(host: "::1", port: 65535)),
        ("unix:/run/leeward/leeward.sock", .unixSocket(path: "/run/leeward/leeward.sock")),
    ])
    func `loopback and unix sockets are taken, and are local`(text: String, expected: ListenAddress) throws {
        #expect(try ListenAddress(text) == expected)
        #expect(expected.isLocal)
    }

    @Test(
        arguments: [
            ("0.0.0.0:8443", "0.0.0.0", 8443), ("[::]:8443", "::", 8443), ("192.0.2.1:443", "192.0.2.1", 443),
            ("10.0.0.1:80", "10.0.0.1", 80), ("[2001:db8::7]:443", "2001:db8::7", 443),
            ("[1:2:3:4:5:6:7:8]:1", "1:2:3:4:5:6:7:8", 1), ("[0:0:0:0:0:0:0:1]:1", "0:0:0:0:0:0:0:1", 1),
        ] as [(String, String, UInt16)]
    )
    func `another address in digits is taken, and is not local`(text: String, host: String, port: UInt16) throws {
        let address = try ListenAddress(text)
        #expect(address == .network(host: host, port: port))
        #expect(!address.isLocal)
        #expect(address.text == text)
    }

    @Test func `an address that others can reach is not served without a certificate`() throws {
        let desk = TestDesk()
        #expect(throws: ListenAddress.Refusal.self) { try desk.interface.application(on: ListenAddress("0.0.0.0:0")) }
        _ = try desk.interface.application(on: ListenAddress("127.0.0.1:0"))
    }

    @Test(arguments: [
        "example.org:443", "[fe80::1%eth0]:80", "[::ffff:127.0.0.1]:80", "[1:2:3:4:5:6:7]:80", "[1::2::3]:80",
        "[1:2:3:4:5:6:7:8::]:80", "[12345::]:80", "[g::]:80", "[:]:80", "[]:80", "[:1:2:3:4:5:6:7:8]:80",
        "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1:８０",
        "127.0.0.1.evil.example:80",
        "127.0.0.256:80", "127.1:80", "0127.0.0.1:80", "127.0.0.01:80", "127.0.0.1 :80", "::1:80", ":80", "", "8443",
        "localhost.:80", "LOCALHOST:80", "unix:", "unix:/", "unix:relative.sock", "unix:/a\0b",
        "unix:/" + String(repeating: "a", count: 107),
    ])
    func `every other address is refused with one plain sentence`(text: String) throws {
        let refusal = try #require(throws: ListenAddress.Refusal.self) { try ListenAddress(text) }
        #expect(refusal.description.hasSuffix("."))
        #expect(refusal.description.contains("127.0.0.1:8443"))
    }

    @Test func `the server is given the same address`() throws {
        #expect(try ListenAddress("[::1]:81").bindAddress == .hostname("::1", port: 81))
        #expect(try ListenAddress("unix:/run/l.sock").bindAddress == .unixDomainSocket(path: "/run/l.sock"))
    }
}
