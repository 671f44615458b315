import COpenSSL

/// AES-GCM (SP 800-38D) with a 16-byte tag. The product uses the 32-byte key alone; the published sets and RFC 9180's
/// printed examples have others.
@safe struct GCM: Sendable {
    static let tagCount = 16

    /// AES-256-GCM, fetched once.
    static let aes256 = GCM(keyCount: 32)

    let keyCount: Int
    let cipher: leeward_cipher

    init(keyCount: Int) {
        self.keyCount = keyCount
        unsafe self.cipher = leeward_cipher(handle: EVP_CIPHER_fetch(nil, "AES-\(keyCount * 8)-GCM", nil))
    }

    /// The ciphertext followed by its tag. A nonce of more than 128 bytes is refused: libcrypto takes none.
    func seal(
        _ plaintext: borrowing Secret,
        key: borrowing Secret,
        nonce: [UInt8],
        aad: [UInt8]
    ) throws(SealingError) -> [UInt8] {
        guard key.count == keyCount, !nonce.isEmpty, unsafe cipher.handle != nil else { throw .badParameters }
        guard let ctx = unsafe EVP_CIPHER_CTX_new() else { throw .outOfMemory }
        defer { unsafe EVP_CIPHER_CTX_free(ctx) }
        let count = plaintext.count
        var tag = [UInt8](repeating: 0, count: GCM.tagCount)
        var out = [UInt8](repeating: 0, count: count)
        let status = unsafe plaintext.withBytes { plaintext in
            unsafe key.withBytes { key in
                unsafe leeward_aead_seal(
                    ctx,
                    cipher.handle,
                    key.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    nonce,
                    nonce.count,
                    aad,
                    aad.count,
                    plaintext.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    count,
                    &out,
                    &tag
                )
            }
        }
        guard status == 1 else { throw .refused(by: "EVP_EncryptFinal_ex") }
        return out + tag
    }

    /// The plaintext of a ciphertext with its tag, or `damaged`.
    func open(
        _ sealed: [UInt8],
        key: borrowing Secret,
        nonce: [UInt8],
        aad: [UInt8]
    ) throws(SealingError) -> Secret {
        guard key.count == keyCount, !nonce.isEmpty, nonce.count <= 128, unsafe cipher.handle != nil else {
            throw .badParameters
        }
        guard sealed.count >= GCM.tagCount else { throw .damaged }
        guard let ctx = unsafe EVP_CIPHER_CTX_new() else { throw .outOfMemory }
        defer { unsafe EVP_CIPHER_CTX_free(ctx) }
        let count = sealed.count - GCM.tagCount
        do {
            return try unsafe key.withBytes { key throws(SealingError) in
                try unsafe Secret(count: count, calling: "EVP_DecryptFinal_ex") { out in
                    unsafe sealed.withUnsafeBufferPointer { sealed in
                        unsafe leeward_aead_open(
                            ctx,
                            cipher.handle,
                            key.baseAddress?.assumingMemoryBound(to: UInt8.self),
                            nonce,
                            nonce.count,
                            aad,
                            aad.count,
                            sealed.baseAddress,
                            count,
                            out.baseAddress?.assumingMemoryBound(to: UInt8.self),
                            sealed.baseAddress.map { unsafe $0 + count }
                        )
                    }
                }
            }
        } catch .libcrypto {
            throw .damaged
        }
    }
}
