import COpenSSL

/// ChaCha20-Poly1305 (RFC 8439) with a 12-byte nonce, for age files alone; those have no associated bytes.
@safe enum ChaChaPoly {
    static let tagCount = 16

    private static let cipher = unsafe leeward_cipher(handle: EVP_CIPHER_fetch(nil, "ChaCha20-Poly1305", nil))

    /// The ciphertext followed by its tag.
    static func seal(_ message: some Collection<UInt8>, key: borrowing Secret, nonce: [UInt8], aad: [UInt8] = [])
        throws(SealingError)
        -> [UInt8]
    {
        // Encrypted where it lies: the one array holds the message, then the ciphertext.
        var out = Array(message)
        let count = out.count
        out += repeatElement(0, count: tagCount)
        let status = try unsafe run(key, nonce) { ctx, cipher, key, nonce in
            unsafe out.withUnsafeMutableBufferPointer { out in
                guard let start = out.baseAddress else { return 0 }
                return unsafe leeward_aead_seal(
                    ctx,
                    cipher,
                    key,
                    nonce,
                    12,
                    aad,
                    aad.count,
                    start,
                    count,
                    start,
                    start + count
                )
            }
        }
        guard status == 1 else {
            Secret.overwrite(&out)
            throw .refused(by: "EVP_EncryptFinal_ex")
        }
        return out
    }

    /// The message of a ciphertext with its tag, or `damaged`.
    static func open(_ sealed: some Collection<UInt8>, key: borrowing Secret, nonce: [UInt8], aad: [UInt8] = [])
        throws(SealingError)
        -> [UInt8]
    {
        guard sealed.count >= tagCount else { throw .damaged }
        var out = Array(sealed)
        let count = out.count - tagCount
        let status = try unsafe run(key, nonce) { ctx, cipher, key, nonce in
            unsafe out.withUnsafeMutableBufferPointer { out in
                guard let start = out.baseAddress else { return 0 }
                return unsafe leeward_aead_open(
                    ctx,
                    cipher,
                    key,
                    nonce,
                    12,
                    aad,
                    aad.count,
                    start,
                    count,
                    start,
                    start + count
                )
            }
        }
        guard status == 1 else {
            ERR_clear_error()
            throw .damaged
        }
        out.removeLast(tagCount)
        return out
    }

    private static func run(
        _ key: borrowing Secret,
        _ nonce: [UInt8],
        _ sum: (OpaquePointer, OpaquePointer, UnsafePointer<UInt8>?, [UInt8]) -> Int32
    ) throws(SealingError) -> Int32 {
        guard key.count == 32, nonce.count == 12, let cipher = unsafe cipher.handle else { throw .badParameters }
        guard let ctx = unsafe EVP_CIPHER_CTX_new() else { throw .outOfMemory }
        defer { unsafe EVP_CIPHER_CTX_free(ctx) }
        return unsafe key.withBytes { key in
            unsafe sum(ctx, cipher, key.baseAddress?.assumingMemoryBound(to: UInt8.self), nonce)
        }
    }
}
