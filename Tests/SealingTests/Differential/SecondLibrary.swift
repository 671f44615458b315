import Crypto
import CryptoExtras
import Foundation

/// swift-crypto as functions of bytes: another library by other authors, over BoringSSL. It stands in a file of its own
/// because its names are also ours; the tests alone link it.
enum SecondLibrary {
    static func sha256(_ message: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: message)) }

    static func hmacSHA256(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }

    static func hmacSHA1(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }

    static func hkdfSHA256(_ secret: [UInt8], salt: [UInt8], info: [UInt8], count: Int) -> [UInt8] {
        bytes(
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: secret),
                salt: salt,
                info: info,
                outputByteCount: count
            )
        )
    }

    static func expandSHA512(_ secret: [UInt8], info: [UInt8], count: Int) -> [UInt8] {
        bytes(HKDF<SHA512>.expand(pseudoRandomKey: secret, info: info, outputByteCount: count))
    }

    static func scrypt(password: [UInt8], salt: [UInt8], n: Int, r: Int, p: Int, count: Int) throws -> [UInt8] {
        try bytes(
            KDF.Scrypt.deriveKey(
                from: password,
                salt: salt,
                outputByteCount: count,
                rounds: n,
                blockSize: r,
                parallelism: p
            )
        )
    }

    static func sealGCM(_ message: [UInt8], key: [UInt8], nonce: [UInt8], aad: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.seal(
            message,
            using: SymmetricKey(data: key),
            nonce: AES.GCM.Nonce(data: nonce),
            authenticating: aad
        )
        return Array(box.ciphertext + box.tag)
    }

    static func openGCM(_ sealed: [UInt8], key: [UInt8], nonce: [UInt8], aad: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(
            nonce: AES.GCM.Nonce(data: nonce),
            ciphertext: sealed.dropLast(16),
            tag: sealed.suffix(16)
        )
        return Array(try AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: aad))
    }

    static func sealChaChaPoly(_ message: [UInt8], key: [UInt8], nonce: [UInt8]) throws -> [UInt8] {
        let box = try ChaChaPoly.seal(
            message,
            using: SymmetricKey(data: key),
            nonce: ChaChaPoly.Nonce(data: nonce)
        )
        return Array(box.ciphertext + box.tag)
    }

    static func ed25519PublicKey(seed: [UInt8]) throws -> [UInt8] {
        Array(try Curve25519.Signing.PrivateKey(rawRepresentation: seed).publicKey.rawRepresentation)
    }

    static func ed25519Sign(_ message: [UInt8], seed: [UInt8]) throws -> [UInt8] {
        Array(try Curve25519.Signing.PrivateKey(rawRepresentation: seed).signature(for: message))
    }

    static func ed25519Verify(_ signature: [UInt8], _ message: [UInt8], key: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return false }
        return key.isValidSignature(signature, for: message)
    }

    static func x25519PublicKey(seed: [UInt8]) throws -> [UInt8] {
        Array(try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: seed).publicKey.rawRepresentation)
    }

    static func x25519(seed: [UInt8], peer: [UInt8]) throws -> [UInt8] {
        let key = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: seed)
        let shared = try key.sharedSecretFromKeyAgreement(with: .init(rawRepresentation: peer))
        return unsafe shared.withUnsafeBytes { unsafe Array($0) }
    }

    static func sealHPKE(_ message: [UInt8], to key: [UInt8], info: [UInt8], aad: [UInt8]) throws
        -> (encapsulation: [UInt8], ciphertext: [UInt8])
    {
        var sender = try HPKE.Sender(
            recipientKey: Curve25519.KeyAgreement.PublicKey(rawRepresentation: key),
            ciphersuite: suite,
            info: Data(info)
        )
        return (Array(sender.encapsulatedKey), Array(try sender.seal(message, authenticating: aad)))
    }

    static func openHPKE(_ ciphertext: [UInt8], encapsulation: [UInt8], seed: [UInt8], info: [UInt8], aad: [UInt8])
        throws -> [UInt8]
    {
        var recipient = try HPKE.Recipient(
            privateKey: Curve25519.KeyAgreement.PrivateKey(rawRepresentation: seed),
            ciphersuite: suite,
            info: Data(info),
            encapsulatedKey: Data(encapsulation)
        )
        return Array(try recipient.open(ciphertext, authenticating: aad))
    }

    private static let suite = HPKE.Ciphersuite(kem: .Curve25519_HKDF_SHA256, kdf: .HKDF_SHA256, aead: .AES_GCM_256)

    private static func bytes(_ key: SymmetricKey) -> [UInt8] { unsafe key.withUnsafeBytes { unsafe Array($0) } }
}
