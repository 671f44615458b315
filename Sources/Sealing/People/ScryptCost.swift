/// What a guess at a password costs: the parameters of scrypt (RFC 7914). A guess takes 128 * N * r bytes of memory.
public struct ScryptCost: Hashable, Sendable {
    /// The binary logarithm of N.
    public let logN: UInt8
    /// The block size.
    public let r: UInt32
    /// The number of lanes, one after the other.
    public let p: UInt32

    /// N = 2^16, r = 8, p = 2: 64 MiB a guess (one of OWASP's rows for scrypt; SECURITY.md section 4).
    public static let standard = ScryptCost(logN: 16, r: 8, p: 2)

    /// N = 2^12, r = 8, p = 1: 4 MiB a guess. For a demonstration on invented people and for tests; a real installation
    /// refuses it, because `ServerKeys` holds the least cost that slots may have.
    public static let forDemonstration = ScryptCost(logN: 12, r: 8, p: 1)

    /// N = 2^20, r = 16, p = 8 are the most a stored slot may ask for, and 256 MiB of memory, so that whoever can write to
    /// the database cannot stop the server with one log-in.
    public static let ceilingBytes = 1 << 28

    private init(logN: UInt8, r: UInt32, p: UInt32) {
        self.logN = logN
        self.r = r
        self.p = p
    }

    /// A cost from its parameters.
    ///
    /// - Throws: `SealingError.badParameters` outside N = 2^12 to 2^20, r = 8 to 16, p = 1 to 8, or above 256 MiB.
    public init(checking logN: UInt8, r: UInt32, p: UInt32) throws(SealingError) {
        guard (12...20).contains(logN), (8...16).contains(r), (1...8).contains(p),
            128 << Int(logN) * Int(r) <= ScryptCost.ceilingBytes
        else { throw .badParameters }
        self.init(logN: logN, r: r, p: p)
    }

    /// Whether no parameter is below the other's.
    public func isAtLeast(_ other: ScryptCost) -> Bool {
        logN >= other.logN && r >= other.r && p >= other.p
    }
}
