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

    /// Keeps the memory of this process out of core files, and other processes of its user from reading it (SECURITY.md
    /// section 9). Called once, before the first secret; false when the system refused.
    public static func forbidDumps() -> Bool { leeward_forbid_dumps() == 1 }

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

    /// Whether the system says that this process leaves no core dump.
    public static var dumpsAreForbidden: Bool { leeward_dumps_are_forbidden() == 1 }
}
