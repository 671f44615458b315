import COpenSSL

/// The three sums of Ed25519. A private key is imported, used and freed inside one call of the shim.
enum Ed25519 {
    static func publicKey(seed: borrowing Secret) throws(SealingError) -> [UInt8] {
        guard seed.count == 32 else { throw .badParameters }
        var out = [UInt8](repeating: 0, count: 32)
        let status = unsafe seed.withBytes { seed in
            unsafe leeward_public_key(
                EVP_PKEY_ED25519,
                seed.baseAddress?.assumingMemoryBound(to: UInt8.self),
                &out
            )
        }
        guard status == 1 else { throw .refused(by: "EVP_PKEY_get_raw_public_key") }
        return out
    }

    static func sign(_ message: [UInt8], seed: borrowing Secret) throws(SealingError) -> [UInt8] {
        guard seed.count == 32 else { throw .badParameters }
        var out = [UInt8](repeating: 0, count: 64)
        let status = unsafe seed.withBytes { seed in
            unsafe leeward_ed25519_sign(
                seed.baseAddress?.assumingMemoryBound(to: UInt8.self),
                message,
                message.count,
                &out
            )
        }
        guard status == 1 else { throw .refused(by: "EVP_DigestSign") }
        return out
    }

    static func verify(signature: [UInt8], message: [UInt8], key: [UInt8]) -> Bool {
        guard signature.count == 64, key.count == 32 else { return false }
        let status = unsafe leeward_ed25519_verify(key, message, message.count, signature)
        if status != 1 { ERR_clear_error() }
        return status == 1
    }
}
