// The keys of the running server, from a pepper of 32 bytes that is neither in the database nor in its backups:
//
//   info    fields: "leeward server key v1", label: "password", "routing", "vault" or "graph"
//   output  HKDF-SHA-256, no salt: 32 bytes of key, 16 bytes of its id
//
//   blind index = the first 16 bytes of HMAC-SHA-256(graph key, fields: "leeward blind index v1", label, value)
//
// Another derivation has another domain string.

/// What the server can do with nobody signed in, and the second lock on every password.
public final class ServerKeys: Sendable, Redacted {
    /// Seals and opens routing rows and accounts.
    public let routing: SymmetricKey
    /// Seals and opens the records of the vault file.
    public let vault: SymmetricKey
    /// The cost of new password slots, and of the work done for names nobody has.
    public let passwordCost: ScryptCost
    /// The least cost that a stored slot may have.
    public let passwordFloor: ScryptCost

    let password: Secret
    let graph: Secret

    /// The keys of a 32-byte pepper, for a real installation: passwords cost `ScryptCost.standard` and never less.
    ///
    /// - Throws: `SealingError.badParameters` for a pepper of another length.
    public convenience init(pepper: consuming Secret) throws(SealingError) {
        try self.init(pepper: pepper, passwordCost: .standard, passwordFloor: .standard)
    }

    /// The keys of a 32-byte pepper with other costs: a higher target, or `ScryptCost.forDemonstration` on invented people.
    ///
    /// - Throws: `SealingError.badParameters` for a pepper of another length, or a cost below the floor.
    public init(
        pepper: consuming Secret,
        passwordCost: ScryptCost,
        passwordFloor: ScryptCost
    ) throws(SealingError) {
        guard pepper.count == 32, passwordCost.isAtLeast(passwordFloor) else { throw .badParameters }
        let routing = try ServerKeys.key("routing", pepper)
        let vault = try ServerKeys.key("vault", pepper)
        let password = try ServerKeys.key("password", pepper).secret.copy()
        let graph = try ServerKeys.key("graph", pepper).secret.copy()
        self.routing = routing
        self.vault = vault
        self.passwordCost = passwordCost
        self.passwordFloor = passwordFloor
        self.password = password
        self.graph = graph
    }

    /// An index that finds a value again without showing it: 16 bytes, another for each label. Not for values that can be
    /// guessed (names, telephone numbers): those need a slow hash and a short bucket.
    ///
    /// - Throws: `SealingError.badParameters` when label or value has more than 65,535 bytes.
    public func blindIndex(_ label: String, _ value: [UInt8]) throws(SealingError) -> [UInt8] {
        var fields = try Fields(domain: "leeward blind index v1")
        try fields.add(label)
        try fields.add(value)
        return Array(try MAC.hmacSHA256(key: graph, fields.bytes).prefix(16))
    }

    private static func key(_ label: String, _ pepper: borrowing Secret) throws(SealingError) -> SymmetricKey {
        try SymmetricKey(from: pepper, info: Fields(domain: "leeward server key v1").adding(label).bytes)
    }
}
