// A password slot, the place where a password opens a keyring key:
//
//   length of the next field   2   big-endian
//   parameters                     "$scrypt$ln=16,r=8,p=2$" and the salt (16 bytes) in base64 without "=": a PHC string
//   envelope                 124   kind slot, unpadded: the keyring key (32 bytes) under the slot key
//
//   slot key: HKDF-SHA-256(scrypt(password, salt, 32 bytes) || password key of the server (32)), no salt,
//             info = fields: "leeward password slot v1", owner id (16); 32 bytes of key, 16 bytes of its id
//   context:  record type "password_slot", record id = owner id
//
// There is no other hash of the password: it is right when the slot opens. Another kind of slot (recovery code, passkey)
// opens with another first word after "$"; a word that is not known is refused.

/// A person's keyring key, locked with the password and the server's pepper.
public struct PasswordSlot: Hashable, Sendable {
    /// What a guess at the password costs.
    public let cost: ScryptCost

    let salt: [UInt8]
    let sealed: [UInt8]

    static let saltCount = 16
    static let sealedCount = Header.count + ChunkedEncryption.sealedCount(of: 32)

    init(cost: ScryptCost, salt: [UInt8], sealed: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.sealed = sealed
    }

    /// Locks a 32-byte keyring key with a new password. It takes as long as a log-in.
    ///
    /// - Throws: `SealingError.badParameters` when the cost is below the server's floor, the key has not 32 bytes or the
    ///   owner's id not 16.
    public static func create(
        password: borrowing Secret,
        keyringKey: borrowing Secret,
        server: ServerKeys,
        cost: ScryptCost,
        owner: [UInt8]
    ) throws(SealingError) -> PasswordSlot {
        guard cost.isAtLeast(server.passwordFloor), keyringKey.count == 32, owner.count == 16 else {
            throw .badParameters
        }
        let salt = try Randomness.bytes(saltCount)
        let key = try slotKey(password: password, salt: salt, cost: cost, server: server, owner: owner)
        let sealed = try Envelope.seal(keyringKey, kind: .slot, under: key, context: context(of: owner))
        return PasswordSlot(cost: cost, salt: salt, sealed: sealed)
    }

    /// The slot of a name nobody has: it costs the same work as a new slot and never opens. Its salt is the same at every
    /// attempt, as a real one's would be.
    ///
    /// - Throws: `SealingError.badParameters` when the name has more than 65,535 bytes.
    public static func fake(for name: [UInt8], server: ServerKeys) throws(SealingError) -> PasswordSlot {
        var fields = try Fields(domain: "leeward fake slot v1")
        try fields.add(name)
        let salt = try MAC.hmacSHA256(key: server.password, fields.bytes).prefix(saltCount)
        let header = try Header(kind: .slot, keyID: Randomness.bytes(Header.keyIDCount)).bytes
        let sealed = header + (try Randomness.bytes(sealedCount - header.count))
        return PasswordSlot(cost: server.passwordCost, salt: Array(salt), sealed: sealed)
    }

    /// The 32-byte keyring key. It takes as long as a log-in, right or wrong.
    ///
    /// - Throws: `SealingError.badPassword` when password, pepper, owner or slot are not those it was made with: which of
    ///   them cannot be told. `SealingError.badParameters` when the slot is lighter than the server's floor.
    public func open(
        password: borrowing Secret,
        server: ServerKeys,
        owner: [UInt8]
    ) throws(SealingError) -> Secret {
        guard cost.isAtLeast(server.passwordFloor) else { throw .badParameters }
        let key = try PasswordSlot.slotKey(
            password: password,
            salt: salt,
            cost: cost,
            server: server,
            owner: owner
        )
        do {
            return try Envelope.openSecret(
                sealed,
                expecting: .slot,
                key: key.secret,
                context: PasswordSlot.context(of: owner)
            )
        } catch .damaged {
            throw .badPassword
        }
    }

    private static func slotKey(
        password: borrowing Secret,
        salt: [UInt8],
        cost: ScryptCost,
        server: ServerKeys,
        owner: [UInt8]
    ) throws(SealingError) -> SymmetricKey {
        let slow = try KeyDerivation.scrypt(password: password, salt: salt, cost: cost)
        var fields = try Fields(domain: "leeward password slot v1")
        try fields.add(owner)
        return try SymmetricKey(from: slow.followed(by: server.password), info: fields.bytes)
    }

    private static func context(of owner: [UInt8]) -> RecordContext {
        RecordContext(recordID: owner, recordType: "password_slot")
    }
}
