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

    @Test func `Wycheproof: ChaCha20-Poly1305`() throws {
        try check("wycheproof/chacha20_poly1305_test.json", cases: 325) { _, test in
            let (nonce, message) = (try bytes(test, "iv"), try bytes(test, "msg"))
            let key = try Secret(copying: bytes(test, "key"))
            let aad = try bytes(test, "aad")
            let sealed = try bytes(test, "ct") + bytes(test, "tag")
            guard isValid(test) else {
                return .of((try? ChaChaPoly.open(sealed, key: key, nonce: nonce, aad: aad)) == nil)
            }
            return .of(
                try ChaChaPoly.open(sealed, key: key, nonce: nonce, aad: aad) == message
                    && ChaChaPoly.seal(message, key: key, nonce: nonce, aad: aad) == sealed
            )
        }
    }

    @Test func `RFC 4226's file: codes by counter`() throws {
        try runText("kdf/rfc-4226.txt", cases: 10) { test in
            let secret = try AuthenticatorSecret(Secret(copying: Array((test["SECRET"] ?? "").utf8)))
            let code = try secret.code(ofStep: #require(UInt64(test["COUNTER"] ?? "")))
            return .of(code == Array((test["HOTP"] ?? "").utf8))
        }
    }

    @Test func `RFC 6238's file: codes by time`() throws {
        try runText("kdf/rfc-6238.txt", cases: 18) { test in
            guard test["MODE"] == "SHA1" else {
                return .beyond("\(test["MODE"] ?? ""), which this program does not have")
            }
            let secret = try AuthenticatorSecret(Secret(copying: Array((test["SECRET"] ?? "").utf8)))
            let time = try #require(Double(test["TIME"] ?? ""))
            // The file has eight digits, an app shows the last six of the same number.
            return .of(
                try secret.code(at: Date(timeIntervalSince1970: time)) == Array((test["TOTP"] ?? "").utf8.suffix(6))
            )
        }
    }

    @Test func `C2SP/CCTV: age files`() throws {
        guard let folder = PublishedSets.folder("LEEWARD_VECTORS") else {
            print("age: 143 files not run, LEEWARD_VECTORS is not set")
            return
        }
        let root = URL(fileURLWithPath: folder).appendingPathComponent("age")
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
        let outcomes = try names.map { try ageOutcome(Data(contentsOf: root.appendingPathComponent($0))) }
        for (name, outcome) in zip(names, outcomes) where outcome == .differs { print("age/\(name) differs") }
        report("age", 143, outcomes)
    }

    /// A file of that set: lines of `name: value`, an empty line, the age file.
    private func ageOutcome(_ contents: Data) throws -> Outcome {
        let bytes = Array(contents)
        let end = try #require(bytes.indices.dropLast().first { bytes[$0] == 0x0a && bytes[$0 + 1] == 0x0a })
        var (test, identities): ([String: String], [AgeIdentity]) = ([:], [])
        for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            test[parts[0]] = parts.count > 1 ? parts[1] : ""
            guard parts[0] == "identity" else { continue }
            guard parts[1].hasPrefix("AGE-SECRET-KEY-1") else {
                return .beyond("keys of the hybrid kind, which are later")
            }
            identities.append(try AgeIdentity(text: Array(parts[1].utf8)))
        }
        guard test["armored"] == nil else {
            return .beyond("armour, the text form, which is never written or read here")
        }
        guard test["passphrase"] == nil || !identities.isEmpty else {
            return .beyond("passphrases, which this program does not have")
        }
        if identities.isEmpty { identities = [try AgeIdentity.random()] }
        var file = Array(bytes[(end + 2)...])
        if test["compressed"] == "zlib" { file = Inflate.decompress(file) }
        var (opened, refusal): ([UInt8], SealingError?) = ([], nil)
        do throws(SealingError) {
            var reader = try AgeReader(fileCount: file.count, identities: identities)
            for start in stride(from: 0, to: file.count, by: 10_000) {
                opened += try reader.open(Array(file[start..<min(start + 10_000, file.count)]))
            }
            try reader.finish()
        } catch {
            refusal = error
        }
        switch test["expect"] {
        case "success": return .of(try refusal == nil && Digest.sha256(opened) == hex(test["payload"] ?? ""))
        case "no match": return .of(refusal == .keyMismatch && opened.isEmpty)
        case "HMAC failure": return .of(refusal == .damaged && opened.isEmpty)
        case "header failure": return .of([.damaged, .unknownFormat].contains(refusal) && opened.isEmpty)
        // What was given out before the first bad chunk is what stands in the chunks before it. (The set's own digest may
        // have one chunk more: this reader knows from the length which chunk is the last, and gives out none in its place.)
        case "payload failure":
            let fileKey = try Secret(copying: hex(test["file key"] ?? ""))
            return .of(try refusal == .damaged && chunks(of: file, fileKey, count: opened.count / 65_536) == opened)
        default: return .differs
        }
    }

    /// The content of the first chunks of an age file, by its file key.
    private func chunks(of file: [UInt8], _ fileKey: borrowing Secret, count: Int) throws -> [UInt8] {
        guard count > 0 else { return [] }
        let start = try #require(try AgeHeader.count(in: file)) + 16
        var payload = try AgePayload(fileKey: fileKey, nonce: Array(file[start - 16..<start]))
        var content: [UInt8] = []
        for chunk in 0..<count {
            content += try payload.open(file[start + chunk * 65_552..<start + (chunk + 1) * 65_552], isLast: false)
        }
        return content
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
