// C2SP chunked-encryption v1 (c2sp.org/chunked-encryption) with SHA-512 and AES-256-GCM ("Cobblestone-256").
//
//   salt         24 bytes, random for every message
//   commitment   32 bytes
//   chunks       each 16,384 bytes of message + 16 bytes of tag; the last is shorter, may be empty, and always exists
//
//   key (32) || base nonce (12) || commitment (32) = HKDF-Expand-SHA-512(input key, info), info =
//   "c2sp.org/chunked-encryption@v1+" || "AEAD_AES_256_GCM" || 0x00 || salt || context
//   nonce of chunk n = base nonce XOR n as a big-endian integer; no associated data.
//
// This is another project's format and never changes here: a successor is a new suite byte in the envelope's header.

import COpenSSL

/// The message encryption of every envelope: key-committing, so a ciphertext opens under one key and one context only.
enum ChunkedEncryption {
    static let saltCount = 24
    static let commitmentCount = 32
    static let chunkCount = 16_384

    private static let infoPrefix = Array("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM".utf8) + [0]
    private static let prefixCount = saltCount + commitmentCount

    /// The length of the ciphertext of a message of this length.
    static func sealedCount(of messageCount: Int) -> Int {
        prefixCount + messageCount + GCM.tagCount * (messageCount / chunkCount + 1)
    }

    /// The length of the message in a ciphertext of this length; nil when no message has such a ciphertext.
    static func messageCount(of sealedCount: Int) -> Int? {
        let body = sealedCount - prefixCount
        guard body >= 0 else { return nil }
        let (full, last) = body.quotientAndRemainder(dividingBy: chunkCount + GCM.tagCount)
        guard last >= GCM.tagCount else { return nil }
        return full * chunkCount + last - GCM.tagCount
    }

    /// `header`, then the ciphertext of `message` followed by `tail` (padding).
    static func seal(
        _ message: [UInt8],
        tail: [UInt8],
        after header: [UInt8],
        key: borrowing Secret,
        context: [UInt8],
        salt: [UInt8]
    ) throws(SealingError) -> [UInt8] {
        let material = try keys(key, context: context, salt: salt)
        var out = frame(header: header, salt: salt, messageCount: message.count + tail.count)
        let status = unsafe message.withUnsafeBytes { message in
            unsafe fill(&out, from: header.count, message, tail: tail, material: material)
        }
        guard status == 1 else { throw .refused(by: "EVP_EncryptFinal_ex") }
        return out
    }

    /// The same for a message that is itself a secret.
    static func seal(
        _ message: borrowing Secret,
        tail: [UInt8],
        after header: [UInt8],
        key: borrowing Secret,
        context: [UInt8],
        salt: [UInt8]
    ) throws(SealingError) -> [UInt8] {
        let material = try keys(key, context: context, salt: salt)
        var out = frame(header: header, salt: salt, messageCount: message.count + tail.count)
        let status = unsafe message.withBytes { message in
            unsafe fill(&out, from: header.count, message, tail: tail, material: material)
        }
        guard status == 1 else { throw .refused(by: "EVP_EncryptFinal_ex") }
        return out
    }

    /// The message in the bytes from `offset` on. Nothing is decrypted before the commitment fits, nothing is given out
    /// unless every chunk is whole.
    static func open(
        _ sealed: [UInt8],
        from offset: Int,
        key: borrowing Secret,
        context: [UInt8]
    ) throws(SealingError) -> [UInt8] {
        guard let count = messageCount(of: sealed.count - offset) else { throw .damaged }
        let material = try committedKeys(sealed, from: offset, key: key, context: context)
        var status: Int32 = 0
        let message = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            unsafe status = drain(sealed, from: offset, into: UnsafeMutableRawBufferPointer(buffer), count, material)
            written = status == 1 ? count : 0
        }
        guard status == 1 else { throw .damaged }
        return message
    }

    /// The same into a secret.
    static func openSecret(
        _ sealed: [UInt8],
        from offset: Int,
        key: borrowing Secret,
        context: [UInt8]
    ) throws(SealingError) -> Secret {
        guard let count = messageCount(of: sealed.count - offset) else { throw .damaged }
        let material = try committedKeys(sealed, from: offset, key: key, context: context)
        do {
            return try unsafe Secret(count: count, calling: "EVP_DecryptFinal_ex") { target in
                unsafe drain(sealed, from: offset, into: target, count, material)
            }
        } catch .libcrypto {
            throw .damaged
        }
    }

    // MARK: Keys

    private static func keys(
        _ key: borrowing Secret,
        context: [UInt8],
        salt: [UInt8]
    ) throws(SealingError) -> Secret {
        guard key.count == 32, salt.count == saltCount else { throw .badParameters }
        var info: [UInt8] = []
        info.reserveCapacity(infoPrefix.count + salt.count + context.count)
        info.append(contentsOf: infoPrefix)
        info.append(contentsOf: salt)
        info.append(contentsOf: context)
        return try KeyDerivation.expandSHA512(key, info: info, count: 76)
    }

    /// The keys of a ciphertext, once its commitment was found to fit.
    private static func committedKeys(
        _ sealed: [UInt8],
        from offset: Int,
        key: borrowing Secret,
        context: [UInt8]
    ) throws(SealingError) -> Secret {
        let salt = Array(sealed[offset..<offset + saltCount])
        let material = try keys(key, context: context, salt: salt)
        let difference = unsafe material.withBytes { material in
            unsafe sealed.withUnsafeBytes { sealed in
                unsafe CRYPTO_memcmp(
                    material.baseAddress.map { unsafe $0 + 44 },
                    sealed.baseAddress.map { unsafe $0 + offset + saltCount },
                    commitmentCount
                )
            }
        }
        guard difference == 0 else { throw .damaged }
        return material
    }

    private static func frame(header: [UInt8], salt: [UInt8], messageCount: Int) -> [UInt8] {
        var out: [UInt8] = []
        let total = header.count + sealedCount(of: messageCount)
        out.reserveCapacity(total)
        out += header
        out += salt
        out += repeatElement(0, count: total - out.count)
        return out
    }

    // MARK: Chunks

    /// Puts commitment and chunks into their places; each chunk is encrypted where it lies.
    private static func fill(
        _ out: inout [UInt8],
        from offset: Int,
        _ message: UnsafeRawBufferPointer,
        tail: [UInt8],
        material: borrowing Secret
    ) -> Int32 {
        guard let ctx = unsafe EVP_CIPHER_CTX_new() else { return 0 }
        defer { unsafe EVP_CIPHER_CTX_free(ctx) }
        let total = message.count + tail.count
        return unsafe material.withBytes { material in
            unsafe out.withUnsafeMutableBytes { out in
                unsafe tail.withUnsafeBytes { tail in
                    var at = offset + saltCount
                    unsafe UnsafeMutableRawBufferPointer(rebasing: out[at..<at + commitmentCount])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: material[44..<76]))
                    at += commitmentCount
                    var done = 0
                    var number: UInt64 = 0
                    while true {
                        let count = min(chunkCount, total - done)
                        let fromMessage = max(0, min(count, message.count - done))
                        if fromMessage > 0 {
                            unsafe UnsafeMutableRawBufferPointer(rebasing: out[at..<at + fromMessage]).copyMemory(
                                from: UnsafeRawBufferPointer(rebasing: message[done..<done + fromMessage])
                            )
                        }
                        if count > fromMessage {
                            let start = done + fromMessage - message.count
                            unsafe UnsafeMutableRawBufferPointer(rebasing: out[at + fromMessage..<at + count])
                                .copyMemory(
                                    from: UnsafeRawBufferPointer(
                                        rebasing: tail[start..<start + count - fromMessage]
                                    )
                                )
                        }
                        guard let place = unsafe out.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
                        let status = unsafe leeward_aead_seal(
                            ctx,
                            number == 0 ? GCM.aes256.cipher.handle : nil,
                            material.baseAddress?.assumingMemoryBound(to: UInt8.self),
                            nonce(material, number),
                            12,
                            nil,
                            0,
                            place + at,
                            count,
                            place + at,
                            place + at + count
                        )
                        guard status == 1 else { return 0 }
                        at += count + GCM.tagCount
                        done += count
                        number += 1
                        if count < chunkCount { return 1 }
                    }
                }
            }
        }
    }

    /// Decrypts all chunks into the target, or wipes what it wrote and answers 0.
    private static func drain(
        _ sealed: [UInt8],
        from offset: Int,
        into target: UnsafeMutableRawBufferPointer,
        _ total: Int,
        _ material: borrowing Secret
    ) -> Int32 {
        guard let ctx = unsafe EVP_CIPHER_CTX_new() else { return 0 }
        defer { unsafe EVP_CIPHER_CTX_free(ctx) }
        return unsafe material.withBytes { material in
            unsafe sealed.withUnsafeBufferPointer { sealed in
                guard let source = sealed.baseAddress else { return 0 }
                let place = unsafe target.baseAddress?.assumingMemoryBound(to: UInt8.self)
                var at = offset + prefixCount
                var done = 0
                var number: UInt64 = 0
                while true {
                    let count = min(chunkCount, total - done)
                    let status = unsafe leeward_aead_open(
                        ctx,
                        number == 0 ? GCM.aes256.cipher.handle : nil,
                        material.baseAddress?.assumingMemoryBound(to: UInt8.self),
                        nonce(material, number),
                        12,
                        nil,
                        0,
                        source + at,
                        count,
                        place.map { unsafe $0 + done },
                        source + at + count
                    )
                    guard status == 1 else {
                        if done > 0 { unsafe OPENSSL_cleanse(target.baseAddress, done) }
                        ERR_clear_error()
                        return 0
                    }
                    at += count + GCM.tagCount
                    done += count
                    number += 1
                    if count < chunkCount { return 1 }
                }
            }
        }
    }

    /// The base nonce XOR the number of the chunk.
    private static func nonce(_ material: UnsafeRawBufferPointer, _ number: UInt64) -> [UInt8] {
        var nonce = unsafe Array(material[32..<44])
        for place in 0..<8 {
            nonce[11 - place] ^= UInt8(truncatingIfNeeded: number >> (8 * UInt64(place)))
        }
        return nonce
    }
}
