import COpenSSL

extension SealingError {
    /// The error of a C function that failed. It empties the thread's error queue, which the next call must not inherit.
    static func refused(by function: String) -> SealingError {
        ERR_clear_error()
        return .libcrypto(function)
    }
}
