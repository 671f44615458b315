/// HPKE (RFC 9180), base mode, single shot: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. It says nothing about
/// who sealed: what it carries is signed besides.
public enum HPKE {
    /// Seals a secret to a public key: 32 bytes of encapsulation and the ciphertext, 16 bytes longer than the secret.
    ///
    /// - Throws: `SealingError.libcrypto` when the public key is of low order or the generator has no entropy.
    public static func seal(
        _ plaintext: borrowing Secret,
        to key: SealingPublicKey,
        info: [UInt8],
        aad: [UInt8]
    ) throws(SealingError) -> (encapsulation: [UInt8], ciphertext: [UInt8]) {
        try Suite.leeward.seal(plaintext, to: key, ephemeral: .random(), info: info, aad: aad)
    }

    /// Opens what was sealed to this key.
    ///
    /// - Throws: `SealingError.damaged` when a byte was changed or key, info or associated bytes are others.
    public static func open(
        _ ciphertext: [UInt8],
        encapsulation: [UInt8],
        with key: SealingPrivateKey,
        info: [UInt8],
        aad: [UInt8]
    ) throws(SealingError) -> Secret {
        try Suite.leeward.open(ciphertext, encapsulation: encapsulation, with: key, info: info, aad: aad)
    }
}

extension HPKE {
    /// A suite of RFC 9180, section 7: the KEM and the KDF are fixed, the AEAD is AES-GCM. The product has one suite.
    struct Suite: Sendable {
        static let leeward = Suite(aead: 2, cipher: .aes256)

        /// Table 5: 1 is AES-128-GCM, 2 is AES-256-GCM.
        let aead: UInt16
        let cipher: GCM

        private static let kemID = Array("KEM".utf8) + [0x00, 0x20]
        var id: [UInt8] { Array("HPKE".utf8) + [0x00, 0x20, 0x00, 0x01] + aead.bigEndianBytes }

        func seal(
            _ plaintext: borrowing Secret,
            to recipient: SealingPublicKey,
            ephemeral: SealingPrivateKey,
            info: [UInt8],
            aad: [UInt8]
        ) throws(SealingError) -> (encapsulation: [UInt8], ciphertext: [UInt8]) {
            let encapsulation = ephemeral.publicKey.bytes
            let shared = try sharedSecret(
                X25519.sharedSecret(ephemeral.seed, recipient.bytes),
                encapsulation: encapsulation,
                recipient: recipient
            )
            let schedule = try KeySchedule(shared: shared, info: info, suite: self)
            let ciphertext = try cipher.seal(plaintext, key: schedule.key, nonce: schedule.baseNonce, aad: aad)
            return (encapsulation, ciphertext)
        }

        func open(
            _ ciphertext: [UInt8],
            encapsulation: [UInt8],
            with key: SealingPrivateKey,
            info: [UInt8],
            aad: [UInt8]
        ) throws(SealingError) -> Secret {
            guard encapsulation.count == 32 else { throw .damaged }
            let shared: Secret
            do {
                shared = try sharedSecret(
                    X25519.sharedSecret(key.seed, encapsulation),
                    encapsulation: encapsulation,
                    recipient: key.publicKey
                )
            } catch .libcrypto {
                // An encapsulation of low order is no key of ours: the object was tampered with.
                throw .damaged
            }
            let schedule = try KeySchedule(shared: shared, info: info, suite: self)
            return try cipher.open(ciphertext, key: schedule.key, nonce: schedule.baseNonce, aad: aad)
        }

        /// ExtractAndExpand of section 4.1.
        func sharedSecret(
            _ dh: consuming Secret,
            encapsulation: [UInt8],
            recipient: SealingPublicKey
        ) throws(SealingError) -> Secret {
            let prk = try Suite.extract(salt: Secret(copying: []), "eae_prk", dh, suite: Suite.kemID)
            return try Suite.expand(
                prk,
                "shared_secret",
                encapsulation + recipient.bytes,
                count: 32,
                suite: Suite.kemID
            )
        }

        /// LabeledExtract of section 4.
        static func extract(
            salt: borrowing Secret,
            _ label: String,
            _ secret: borrowing Secret,
            suite: [UInt8]
        ) throws(SealingError) -> Secret {
            let labelled = try Secret(copying: Array("HPKE-v1".utf8) + suite + Array(label.utf8))
            return try KeyDerivation.extractSHA256(salt: salt, labelled.followed(by: secret))
        }

        /// LabeledExpand of section 4.
        static func expand(
            _ prk: borrowing Secret,
            _ label: String,
            _ info: [UInt8],
            count: UInt16,
            suite: [UInt8]
        ) throws(SealingError) -> Secret {
            let labelled = count.bigEndianBytes + Array("HPKE-v1".utf8) + suite + Array(label.utf8) + info
            return try KeyDerivation.expandSHA256(prk, info: labelled, count: Int(count))
        }
    }

    /// Key and nonce of section 5.1, mode_base, sequence number 0.
    struct KeySchedule: ~Copyable {
        let key: Secret
        let baseNonce: [UInt8]

        init(shared: borrowing Secret, info: [UInt8], suite: Suite) throws(SealingError) {
            let none = try Secret(copying: [])
            let id = suite.id
            let pskHash = try Suite.extract(salt: none, "psk_id_hash", none, suite: id).publicBytes()
            let infoHash = try Suite.extract(salt: none, "info_hash", Secret(copying: info), suite: id).publicBytes()
            let context = [0x00] + pskHash + infoHash
            let secret = try Suite.extract(salt: shared, "secret", none, suite: id)
            let nonce = try Suite.expand(secret, "base_nonce", context, count: 12, suite: id).publicBytes()
            let key = try Suite.expand(secret, "key", context, count: UInt16(suite.cipher.keyCount), suite: id)
            self.baseNonce = nonce
            self.key = key
        }
    }
}
