import COpenSSL

/// The algorithms of libcrypto, looked up by name once for the life of the process: a look-up costs more than the sum it
/// is needed for. They are immutable and shared by threads, as the shim says; a null handle is an error at each use.
enum Algorithms {
    static let sha256 = unsafe leeward_digest(handle: EVP_MD_fetch(nil, "SHA2-256", nil))
    static let hkdf = unsafe leeward_kdf(handle: EVP_KDF_fetch(nil, "HKDF", nil))
    static let scrypt = unsafe leeward_kdf(handle: EVP_KDF_fetch(nil, "SCRYPT", nil))
}
