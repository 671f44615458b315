import COpenSSL

/// Keys from secrets: HKDF (RFC 5869) from random ones, scrypt (RFC 7914) from passwords.
public enum KeyDerivation {
    /// HKDF-SHA-256, extract and expand, 1 to 8,160 bytes. An empty salt is the string of 32 zero bytes (RFC 5869,
    /// section 2.2).
    ///
    /// - Throws: `SealingError.libcrypto` when the length is outside the range or the secret is empty.
    public static func hkdfSHA256(
        _ secret: borrowing Secret,
        salt: [UInt8],
        info: [UInt8],
        count: Int
    ) throws(SealingError) -> Secret {
        let salt = try Secret(copying: salt)
        return try derive(EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND, "SHA256", secret, salt: salt, info: info, count: count)
    }

    /// HKDF-Expand with SHA-512, 1 to 16,320 bytes, for a secret that is already uniformly random.
    ///
    /// - Throws: `SealingError.libcrypto` when the length is outside the range or the secret is empty.
    public static func expandSHA512(
        _ secret: borrowing Secret,
        info: [UInt8],
        count: Int
    ) throws(SealingError) -> Secret {
        try derive(
            EVP_KDF_HKDF_MODE_EXPAND_ONLY,
            "SHA512",
            secret,
            salt: Secret(copying: []),
            info: info,
            count: count
        )
    }

    /// scrypt at a cost that was checked against floor and ceiling, 32 bytes. It takes 128 * N * r bytes of memory and, at
    /// the standard cost, about half a second of one core: never call it on a thread that others wait for.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses the parameters or has no memory.
    public static func scrypt(
        password: borrowing Secret,
        salt: [UInt8],
        cost: ScryptCost
    ) throws(SealingError) -> Secret {
        try scrypt(password: password, salt: salt, n: 1 << cost.logN, r: cost.r, p: cost.p, count: 32)
    }

    static func extractSHA256(
        salt: borrowing Secret,
        _ secret: borrowing Secret
    ) throws(SealingError) -> Secret {
        try derive(EVP_KDF_HKDF_MODE_EXTRACT_ONLY, "SHA256", secret, salt: salt, info: [], count: 32)
    }

    static func expandSHA256(_ secret: borrowing Secret, info: [UInt8], count: Int) throws(SealingError) -> Secret {
        try derive(
            EVP_KDF_HKDF_MODE_EXPAND_ONLY,
            "SHA256",
            secret,
            salt: Secret(copying: []),
            info: info,
            count: count
        )
    }

    static func hkdfSHA512(
        _ secret: borrowing Secret,
        salt: [UInt8],
        info: [UInt8],
        count: Int
    ) throws(SealingError) -> Secret {
        let salt = try Secret(copying: salt)
        return try derive(EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND, "SHA512", secret, salt: salt, info: info, count: count)
    }

    static func scrypt(
        password: borrowing Secret,
        salt: [UInt8],
        n: UInt64,
        r: UInt32,
        p: UInt32,
        count: Int
    ) throws(SealingError) -> Secret {
        try unsafe password.withBytes { password throws(SealingError) in
            try unsafe Secret(count: count, calling: "EVP_KDF_derive (SCRYPT)") { out in
                unsafe leeward_scrypt(
                    Algorithms.scrypt,
                    password.baseAddress,
                    password.count,
                    salt,
                    salt.count,
                    n,
                    r,
                    p,
                    Limits.scryptLibraryBytes,
                    out.baseAddress,
                    out.count
                )
            }
        }
    }

    private static func derive(
        _ mode: Int32,
        _ digest: String,
        _ secret: borrowing Secret,
        salt: borrowing Secret,
        info: [UInt8],
        count: Int
    ) throws(SealingError) -> Secret {
        guard count > 0 else { throw .badParameters }
        return try unsafe secret.withBytes { secret throws(SealingError) in
            try unsafe salt.withBytes { salt throws(SealingError) in
                try unsafe Secret(count: count, calling: "EVP_KDF_derive (HKDF)") { out in
                    unsafe leeward_hkdf(
                        Algorithms.hkdf,
                        mode,
                        digest,
                        secret.baseAddress,
                        secret.count,
                        salt.baseAddress,
                        salt.count,
                        info,
                        info.count,
                        out.baseAddress,
                        out.count
                    )
                }
            }
        }
    }
}
