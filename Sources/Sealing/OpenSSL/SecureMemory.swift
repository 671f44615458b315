import COpenSSL

/// Where the bytes of a `Secret` lie: made once, at the first secret of the process.
public enum SecureMemory {
    /// How well libcrypto could protect the arena.
    public enum State: Sendable {
        /// Locked in memory, with guard pages, left out of core dumps.
        case locked
        /// Set apart and wiped, but the system refused to lock it (the lock limit of the process is too low).
        case notLocked
        /// There is no arena: secrets lie on the ordinary heap and are wiped there.
        case none
    }

    /// The state of this process; an operator's check shows it.
    public static let state: State = {
        switch CRYPTO_secure_malloc_init(Limits.secureArenaBytes, Limits.secureArenaPiece) {
        case 1: .locked
        case 2: .notLocked
        default: .none
        }
    }()

    /// The size of the arena in bytes.
    public static var arenaBytes: Int { Limits.secureArenaBytes }

    /// The bytes of the arena that are in use; secrets beyond it lie on the ordinary heap.
    public static var usedBytes: Int {
        _ = state
        return CRYPTO_secure_used()
    }

    /// Forbids core dumps of this process and, on Linux, other processes of the same user to read its memory. A server calls it
    /// before its first secret; it cannot be taken back.
    ///
    /// - Throws: `SealingError.libcrypto` with the name of the call that the system refused.
    public static func forbidDumps() throws(SealingError) {
        guard leeward_forbid_dumps() == 1 else { throw .refused(by: "setrlimit, prctl") }
    }

    /// Whether the system says that this process leaves no core dump.
    public static var dumpsAreForbidden: Bool { leeward_dumps_are_forbidden() == 1 }
}
