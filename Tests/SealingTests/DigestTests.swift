import Sealing
import Testing

@Suite struct DigestTests {
    @Test(
        arguments: [
            // FIPS 180-2, appendix B.1 and B.2, and the empty message.
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("616263", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                """
                6162636462636465636465666465666765666768666768696768696a68696a6b
                696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071
                """, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
    )
    func `SHA-256 agrees with the standard's examples`(message: String, digest: String) throws {
        #expect(try Digest.sha256(hex(message)) == hex(digest))
    }

    @Test func `hashing pieces is hashing them joined`() throws {
        let left = try Randomness.bytes(32)
        let right = try Randomness.bytes(77)
        let joined = try Digest.sha256([1] + left + right)
        #expect(try Digest.sha256(prefix: 1, left: left, right: right) == joined)
        #expect(try Digest.sha256([1], left, right) == joined)
        #expect(try Digest.sha256(prefix: 0, left: left, right: right) != joined)
        #expect(try Digest.sha256(prefix: 0, left: [], right: []) == Digest.sha256([0]))
    }
}
