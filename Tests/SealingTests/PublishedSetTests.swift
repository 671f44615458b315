import Foundation
import TestSupport
import Testing

@testable import Sealing

/// The published sets (Project Wycheproof, the authors of RFC 9180, the RFCs' own files). They are not part of this
/// repository: `LEEWARD_VECTORS` names the folder. Each prints how many cases agree; the printed examples of the standards
/// run without it.
@Suite struct PublishedSetTests {
    @Test func `Wycheproof: AES-GCM`() throws {
        try check("wycheproof/aes_gcm_test.json", cases: 316) { group, test in
            let gcm = GCM(keyCount: try number(group, "keySize") / 8)
            let key = try Secret(copying: bytes(test, "key"))
            let (nonce, aad, message) = (try bytes(test, "iv"), try bytes(test, "aad"), try bytes(test, "msg"))
            let sealed = try bytes(test, "ct") + bytes(test, "tag")
            if nonce.count > 128 {
                // Three valid cases have nonces of 257 bytes; libcrypto takes no more than 128 and says so.
                #expect(throws: SealingError.badParameters) {
                    _ = try gcm.open(sealed, key: key, nonce: nonce, aad: aad)
                }
                return .beyond("a nonce of more than 128 bytes, which libcrypto refuses")
            }
            guard isValid(test) else {
                return .of((try? gcm.open(sealed, key: key, nonce: nonce, aad: aad).count) == nil)
            }
            let opened = try gcm.open(sealed, key: key, nonce: nonce, aad: aad).publicBytes()
            let again = try gcm.seal(Secret(copying: message), key: key, nonce: nonce, aad: aad)
            return .of(opened == message && again == sealed)
        }
    }

    @Test(arguments: [("256", 86), ("512", 83)])
    func `Wycheproof: HKDF`(digest: String, cases: Int) throws {
        try check("wycheproof/hkdf_sha\(digest)_test.json", cases: cases) { _, test in
            let (salt, info) = (try bytes(test, "salt"), try bytes(test, "info"))
            let (secret, count) = (try bytes(test, "ikm"), try number(test, "size"))
            func derive() throws -> [UInt8] {
                let secret = try Secret(copying: secret)
                return digest == "256"
                    ? try KeyDerivation.hkdfSHA256(secret, salt: salt, info: info, count: count).publicBytes()
                    : try KeyDerivation.hkdfSHA512(secret, salt: salt, info: info, count: count).publicBytes()
            }
            return .of(isValid(test) ? try derive() == bytes(test, "okm") : (try? derive()) == nil)
        }
    }

    @Test func `Wycheproof: HMAC-SHA-256`() throws {
        try check("wycheproof/hmac_sha256_test.json", cases: 174) { group, test in
            // Half the groups ask for a code cut to 16 bytes; ours has 32, so its front is compared.
            let code = try MAC.hmacSHA256(key: Secret(copying: bytes(test, "key")), bytes(test, "msg"))
            let front = Array(code.prefix(try number(group, "tagSize") / 8))
            return .of(MAC.areEqual(front, try bytes(test, "tag")) == isValid(test))
        }
    }

    @Test func `Wycheproof: Ed25519`() throws {
        try check("wycheproof/ed25519_test.json", cases: 151) { group, test in
            let publicKey = try #require(group["publicKey"] as? [String: Any])
            let key = try #require(VerifyingKey(bytes: bytes(publicKey, "pk")))
            return .of(key.isValid(signature: try bytes(test, "sig"), for: try bytes(test, "msg")) == isValid(test))
        }
    }

    @Test func `Wycheproof: X25519`() throws {
        try check("wycheproof/x25519_test.json", cases: 518) { _, test in
            let key = try Secret(copying: bytes(test, "private"))
            let shared = try? X25519.sharedSecret(key, bytes(test, "public")).publicBytes()
            // "Acceptable" cases with an all-zero secret are refused, as RFC 9180 section 7.1.4 wants; the other
            // acceptable ones (twist, non-canonical) give the stated secret.
            let flags = try #require(test["flags"] as? [String])
            guard !flags.contains("ZeroSharedSecret") else { return .of(shared == nil) }
            return .of(shared == (try bytes(test, "shared")))
        }
    }

    @Test func `Wycheproof: C2SP chunked-encryption, Cobblestone-256`() throws {
        try check("wycheproof/c2sp_chunked_encryption_aes_256_gcm_test.json", cases: 35) { _, test in
            let sealed = Inflate.decompress(try bytes(test, "ct"))
            let (key, context) = (try bytes(test, "key"), try bytes(test, "ctx"))
            guard isValid(test) else {
                return .of(
                    (try? ChunkedEncryption.open(sealed, from: 0, key: Secret(copying: key), context: context)) == nil
                )
            }
            let secret = try Secret(copying: key)
            let message = try ChunkedEncryption.open(sealed, from: 0, key: secret, context: context)
            let salt = Array(sealed.prefix(24))
            let again = try ChunkedEncryption.seal(
                message,
                tail: [],
                after: [],
                key: secret,
                context: context,
                salt: salt
            )
            let material = try KeyDerivation.expandSHA512(
                secret,
                info: Array("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0".utf8) + salt + context,
                count: 76
            )
            return .of(
                try message.count == number(test, "msgLength") && again == sealed
                    && material.slice(0..<32).publicBytes() == bytes(test, "aeadKey")
                    && material.slice(32..<44).publicBytes() == bytes(test, "baseNonce")
            )
        }
    }

    @Test func `RFC 9180's own sets: base mode with AES-GCM`() throws {
        try run("hpke/rfc9180_x25519_sha256_base_auth.json", cases: 6) { sets in
            let sets = try #require(sets as? [[String: Any]])
            return try sets.map { set in
                let aead = try number(set, "aead_id")
                guard try number(set, "mode") == 0 else {
                    return .beyond("auth mode, which this program does not have")
                }
                guard aead != 3 else { return .beyond("ChaCha20-Poly1305, which this program does not have") }
                let suite = HPKE.Suite(aead: UInt16(aead), cipher: GCM(keyCount: aead == 1 ? 16 : 32))
                let ephemeral = try SealingPrivateKey(seed: Secret(copying: bytes(set, "skEm")))
                let recipient = try SealingPrivateKey(seed: Secret(copying: bytes(set, "skRm")))
                let shared = try suite.sharedSecret(
                    X25519.sharedSecret(recipient.seed, bytes(set, "enc")),
                    encapsulation: bytes(set, "enc"),
                    recipient: recipient.publicKey
                )
                let schedule = try HPKE.KeySchedule(shared: shared, info: bytes(set, "info"), suite: suite)
                let first = try #require((set["encryptions"] as? [[String: Any]])?.first)
                let (enc, ciphertext) = try suite.seal(
                    Secret(copying: bytes(first, "pt")),
                    to: recipient.publicKey,
                    ephemeral: ephemeral,
                    info: bytes(set, "info"),
                    aad: bytes(first, "aad")
                )
                let opened = try suite.open(
                    ciphertext,
                    encapsulation: enc,
                    with: recipient,
                    info: bytes(set, "info"),
                    aad: bytes(first, "aad")
                )
                return .of(
                    try enc == bytes(set, "enc") && ciphertext == bytes(first, "ct")
                        && shared.publicBytes() == bytes(set, "shared_secret")
                        && schedule.key.publicBytes() == bytes(set, "key")
                        && schedule.baseNonce == bytes(set, "base_nonce")
                        && opened.publicBytes() == bytes(first, "pt")
                )
            }
        }
    }

    @Test func `RFC 7914's file: scrypt`() throws {
        try runText("kdf/scrypt.txt", cases: 4) { test in
            let n = try #require(UInt64(test["N"] ?? ""))
            // The last one takes 1 GiB of memory, on a machine that may not have it.
            guard n <= 1 << 17 else { return .beyond("N = 2^20, which takes 1 GiB of memory") }
            let (r, p) = (try #require(UInt32(test["r"] ?? "")), try #require(UInt32(test["p"] ?? "")))
            let derived = hex(test["DERIVED_KEY"] ?? "")
            let key = try KeyDerivation.scrypt(
                password: Secret(copying: Array((test["PASSWORD"] ?? "").utf8)),
                salt: Array((test["SALT"] ?? "").utf8),
                n: n,
                r: r,
                p: p,
                count: derived.count
            )
            return .of(key.publicBytes() == derived)
        }
    }

    @Test func `RFC 5869's file: HKDF-SHA-256`() throws {
        try runText("kdf/rfc-5869-HKDF-SHA256.txt", cases: 3) { test in
            let out = hex(test["OKM"] ?? "")
            let key = try KeyDerivation.hkdfSHA256(
                Secret(copying: hex(test["IKM"] ?? "")),
                salt: hex(test["salt"] ?? ""),
                info: hex(test["info"] ?? ""),
                count: out.count
            )
            return .of(!out.isEmpty && key.publicBytes() == out)
        }
    }

    // MARK: Reading

    private enum Outcome: Equatable {
        case agrees
        case differs
        case beyond(String)

        static func of(_ agrees: Bool) -> Outcome { agrees ? .agrees : .differs }
    }

    private func check(_ file: String, cases: Int, _ body: ([String: Any], [String: Any]) throws -> Outcome) throws {
        try run(file, cases: cases) { set in
            let groups = try #require((set as? [String: Any])?["testGroups"] as? [[String: Any]])
            return try groups.flatMap { group in
                try #require(group["tests"] as? [[String: Any]]).map { try body(group, $0) }
            }
        }
    }

    private func run(_ file: String, cases: Int, _ body: (Any) throws -> [Outcome]) throws {
        guard let contents = try read(file, cases) else { return }
        try report(file, cases, body(JSONSerialization.jsonObject(with: contents)))
    }

    /// Files of `NAME = value` lines, a blank line or a `COUNT` line between the cases.
    private func runText(_ file: String, cases: Int, _ body: ([String: String]) throws -> Outcome) throws {
        guard let contents = try read(file, cases) else { return }
        var read: [[String: String]] = []
        for line in String(decoding: contents, as: UTF8.self).split(separator: "\n") where line.contains("=") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            if parts[0] == "COUNT" { read.append([:]) }
            read[read.count - 1][parts[0]] = parts[1]
        }
        try report(file, cases, read.map(body))
    }

    private func read(_ file: String, _ cases: Int) throws -> Data? {
        guard let folder = PublishedSets.folder("LEEWARD_VECTORS") else {
            print("\(file): \(cases) cases not run, LEEWARD_VECTORS is not set")
            return nil
        }
        return try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(file))
    }

    private func report(_ file: String, _ cases: Int, _ outcomes: [Outcome]) {
        let beyond = outcomes.compactMap { if case .beyond(let why) = $0 { why } else { nil } }
        let agreeing = outcomes.count { $0 == .agrees }
        let counted = outcomes.count - beyond.count
        let reasons = Dictionary(grouping: beyond) { $0 }.map { "\($1.count) not run: \($0)" }.sorted()
        print((["\(file): \(agreeing) of \(counted) agree"] + reasons).joined(separator: "; "))
        #expect(outcomes.count == cases && counted > 0 && agreeing == counted)
    }

    private func bytes(_ object: [String: Any], _ name: String) throws -> [UInt8] {
        hex(try #require(object[name] as? String))
    }

    private func number(_ object: [String: Any], _ name: String) throws -> Int {
        try #require(object[name] as? Int)
    }

    private func isValid(_ test: [String: Any]) -> Bool { test["result"] as? String == "valid" }
}
