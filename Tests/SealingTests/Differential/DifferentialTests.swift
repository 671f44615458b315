import Foundation
import Testing

@testable import Sealing

/// The same random inputs to our sums over libcrypto and to swift-crypto's over BoringSSL. `LEEWARD_DIFFERENTIAL` sets the
/// number of cases in all (20,000 without it, 1,000,000 in `make evidence`), `LEEWARD_SEED` repeats a run; each test prints its count and the seed.
@Suite struct DifferentialTests {
    private static let total = setting("LEEWARD_DIFFERENTIAL") ?? 20_000
    private static let seed = setting("LEEWARD_SEED") ?? UInt64.random(in: 0..<1 << 48)

    @Test func `SHA-256 agrees with a second implementation`() throws {
        try compare("SHA-256", permille: 190) { cases in
            let message = cases.bytes(upTo: 300)
            return try Digest.sha256(message) == SecondLibrary.sha256(message)
        }
    }

    @Test func `HMAC agrees with a second implementation`() throws {
        try compare("HMAC-SHA-256 and HMAC-SHA-1", permille: 220) { cases in
            let (key, message) = (cases.bytes(upTo: 140), cases.bytes(upTo: 300))
            let secret = try Secret(copying: key)
            return try MAC.hmacSHA256(key: secret, message) == SecondLibrary.hmacSHA256(key: key, message)
                && MAC.hmacSHA1(key: secret, message) == SecondLibrary.hmacSHA1(key: key, message)
        }
    }

    @Test func `HKDF agrees with a second implementation`() throws {
        try compare("HKDF-SHA-256 and HKDF-Expand-SHA-512", permille: 200) { cases in
            let (secret, salt, info) = (
                cases.bytes(1) + cases.bytes(upTo: 80), cases.bytes(upTo: 80), cases.bytes(upTo: 200)
            )
            let count = Int(cases.next() % 200) + 1
            let ours = try KeyDerivation.hkdfSHA256(Secret(copying: secret), salt: salt, info: info, count: count)
            guard ours.publicBytes() == SecondLibrary.hkdfSHA256(secret, salt: salt, info: info, count: count) else {
                return false
            }
            let prk = cases.bytes(64)
            let expanded = try KeyDerivation.expandSHA512(Secret(copying: prk), info: info, count: count)
            return expanded.publicBytes() == SecondLibrary.expandSHA512(prk, info: info, count: count)
        }
    }

    @Test func `AES-256-GCM agrees with a second implementation, both ways`() throws {
        try compare("AES-256-GCM", permille: 220) { cases in
            let (key, nonce) = (cases.bytes(32), cases.bytes(12))
            let (message, aad) = (cases.bytes(upTo: 300), cases.bytes(upTo: 60))
            let secret = try Secret(copying: key)
            let sealed = try GCM.aes256.seal(Secret(copying: message), key: secret, nonce: nonce, aad: aad)
            guard try sealed == SecondLibrary.sealGCM(message, key: key, nonce: nonce, aad: aad) else { return false }
            let bit = Int(cases.next() % UInt64(sealed.count * 8))
            let flipped = sealed.flipping(bit)
            return try GCM.aes256.open(sealed, key: secret, nonce: nonce, aad: aad).publicBytes() == message
                && SecondLibrary.openGCM(sealed, key: key, nonce: nonce, aad: aad) == message
                && (try? GCM.aes256.open(flipped, key: secret, nonce: nonce, aad: aad).count) == nil
                && (try? SecondLibrary.openGCM(flipped, key: key, nonce: nonce, aad: aad)) == nil
        }
    }

    @Test func `ChaCha20-Poly1305 agrees with a second implementation`() throws {
        try compare("ChaCha20-Poly1305", permille: 100) { cases in
            let (key, nonce, message) = (cases.bytes(32), cases.bytes(12), cases.bytes(upTo: 300))
            let secret = try Secret(copying: key)
            let sealed = try ChaChaPoly.seal(message, key: secret, nonce: nonce)
            guard try sealed == SecondLibrary.sealChaChaPoly(message, key: key, nonce: nonce) else { return false }
            return try ChaChaPoly.open(sealed, key: secret, nonce: nonce) == message
        }
    }

    @Test func `X25519 agrees with a second implementation`() throws {
        try compare("X25519", permille: 20) { cases in
            let (seed, peer) = (cases.bytes(32), cases.bytes(32))
            let secret = try Secret(copying: seed)
            // A random peer is on the curve or its twist; both have to give the same result, or both refuse.
            let ours = try? X25519.sharedSecret(secret, peer).publicBytes()
            return try X25519.publicKey(of: secret) == SecondLibrary.x25519PublicKey(seed: seed)
                && ours == (try? SecondLibrary.x25519(seed: seed, peer: peer))
        }
    }

    @Test func `Ed25519 agrees with a second implementation, both ways`() throws {
        try compare("Ed25519", permille: 20) { cases in
            let (seed, message) = (cases.bytes(32), cases.bytes(upTo: 300))
            let key = try SigningKey(seed: Secret(copying: seed))
            // BoringSSL's own signature may be randomised by its maker; each side has to accept the other's.
            let (ours, theirs) = (try key.sign(message), try SecondLibrary.ed25519Sign(message, seed: seed))
            let flipped = ours.flipping(Int(cases.next() % 512))
            return try key.verifyingKey.bytes == SecondLibrary.ed25519PublicKey(seed: seed)
                && key.verifyingKey.isValid(signature: theirs, for: message)
                && SecondLibrary.ed25519Verify(ours, message, key: key.verifyingKey.bytes)
                && !key.verifyingKey.isValid(signature: flipped, for: message)
                && !SecondLibrary.ed25519Verify(flipped, message, key: key.verifyingKey.bytes)
        }
    }

    @Test func `HPKE agrees with a second implementation, both ways`() throws {
        try compare("HPKE", permille: 20) { cases in
            let (seed, message) = (cases.bytes(32), cases.bytes(upTo: 140))
            let (info, aad) = (cases.bytes(upTo: 60), cases.bytes(upTo: 140))
            let key = try SealingPrivateKey(seed: Secret(copying: seed))
            let ours = try HPKE.seal(Secret(copying: message), to: key.publicKey, info: info, aad: aad)
            let theirs = try SecondLibrary.sealHPKE(message, to: key.publicKey.bytes, info: info, aad: aad)
            let openedByThem = try SecondLibrary.openHPKE(
                ours.ciphertext,
                encapsulation: ours.encapsulation,
                seed: seed,
                info: info,
                aad: aad
            )
            let openedByUs = try HPKE.open(
                theirs.ciphertext,
                encapsulation: theirs.encapsulation,
                with: key,
                info: info,
                aad: aad
            )
            return openedByThem == message && openedByUs.publicBytes() == message
        }
    }

    @Test func `scrypt agrees with a second implementation`() throws {
        try compare("scrypt, N = 2 to 1,024", permille: 10) { cases in
            let (password, salt) = (cases.bytes(upTo: 40), cases.bytes(upTo: 40))
            let (n, r, p) = (UInt64(2) << (cases.next() % 10), cases.next() % 8 + 1, cases.next() % 2 + 1)
            let count = Int(cases.next() % 64) + 1

            let ours = try KeyDerivation.scrypt(
                password: Secret(copying: password),
                salt: salt,
                n: n,
                r: UInt32(r),
                p: UInt32(p),
                count: count
            )
            let theirs = try SecondLibrary.scrypt(
                password: password,
                salt: salt,
                n: Int(n),
                r: Int(r),
                p: Int(p),
                count: count
            )
            return ours.publicBytes() == theirs
        }
    }

    private static func setting(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    private func compare(_ name: String, permille: UInt64, _ agrees: (inout SplitMix) throws -> Bool) throws {
        let count = max(1, DifferentialTests.total * permille / 1_000)
        var cases = SplitMix(seed: DifferentialTests.seed ^ UInt64(name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }))
        var differing: UInt64 = 0
        for _ in 0..<count where try !agrees(&cases) { differing += 1 }
        print("\(name): \(count - differing) of \(count) random cases agree (LEEWARD_SEED=\(DifferentialTests.seed))")
        #expect(differing == 0)
    }
}
