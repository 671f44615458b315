import COpenSSL

/// The two sums of X25519 (RFC 7748, section 6.1).
enum X25519 {
    static func publicKey(of privateKey: borrowing Secret) throws(SealingError) -> [UInt8] {
        guard privateKey.count == 32 else { throw .badParameters }
        var out = [UInt8](repeating: 0, count: 32)
        let status = unsafe privateKey.withBytes { key in
            unsafe leeward_public_key(EVP_PKEY_X25519, key.baseAddress?.assumingMemoryBound(to: UInt8.self), &out)
        }
        guard status == 1 else { throw .refused(by: "EVP_PKEY_get_raw_public_key") }
        return out
    }

    /// The shared secret; a peer key of low order (an all-zero result) is refused.
    static func sharedSecret(_ privateKey: borrowing Secret, _ peer: [UInt8]) throws(SealingError) -> Secret {
        guard privateKey.count == 32, peer.count == 32 else { throw .badParameters }
        return try unsafe privateKey.withBytes { key throws(SealingError) in
            try unsafe Secret(count: 32, calling: "EVP_PKEY_derive") { out in
                unsafe leeward_x25519(
                    key.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    peer,
                    out.baseAddress?.assumingMemoryBound(to: UInt8.self)
                )
            }
        }
    }
}
