extension Keyring {
    /// The key under which the secret of this person's authenticator is kept: HKDF-SHA-256(sealing seed, no salt, info = fields:
    /// "leeward authenticator key v1"), 32 bytes of key, 16 of its id. A database and the server's pepper do not give it.
    ///
    /// - Throws: `SealingError.libcrypto`, `SealingError.outOfMemory`.
    public func authenticatorKey() throws(SealingError) -> SymmetricKey {
        try SymmetricKey(from: sealingSeed, info: Fields(domain: "leeward authenticator key v1").bytes)
    }
}
