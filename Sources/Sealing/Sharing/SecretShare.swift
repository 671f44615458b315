// A share of a 32-byte secret, 88 bytes:
//
//   layout        1   0x01
//   threshold     1   2 to 16: how many shares give the secret back
//   total         1   threshold to 16: how many there are
//   index         1   1 to total: the x of the share
//   set id       16   random, the same in all shares of one splitting
//   value        32   the y of the share for each byte of the secret, GF(256) with 0x11b
//   commitment   32   SHA-256(fields: "leeward share set v1", set id, threshold (1), total (1), secret); the same in all
//   check         4   the first 4 bytes of SHA-256(fields: "leeward share v1", the 84 bytes before)
//
// The check finds an accident, the commitment finds shares that do not belong together; against a share changed on purpose
// its wrap is signed (SealedShare.swift) and its digest is (BreakGlassSeal.swift). Another layout takes the next number.

/// One share of a secret.
public final class SecretShare: Sendable, Redacted {
    /// The length of every share.
    public static let count = 88

    /// How many shares of the set give the secret back.
    public var threshold: Int { splitting.threshold }
    /// How many shares the set has.
    public var total: Int { splitting.total }
    /// Which of them this is, from 1.
    public let index: Int
    /// The id of the set, 16 bytes: shares of two sets do not go together.
    public var setID: [UInt8] { splitting.id }

    let splitting: Splitting
    let value: Secret

    private static let layout: UInt8 = 1
    private static let checkedCount = count - 4

    init(splitting: Splitting, index: Int, value: consuming Secret) {
        self.splitting = splitting
        self.index = index
        self.value = value
    }

    /// A share from its 88 bytes.
    ///
    /// - Throws: `SealingError.damaged` for another length, a wrong check or numbers no share has,
    ///   `SealingError.unknownFormat` for another layout.
    public init(bytes: borrowing Secret) throws(SealingError) {
        guard bytes.count == SecretShare.count else { throw .damaged }
        let front = try bytes.slice(0..<20).publicBytes()
        guard front[0] == SecretShare.layout else { throw .unknownFormat }
        let check = try bytes.slice(SecretShare.checkedCount..<SecretShare.count).publicBytes()
        guard MAC.areEqual(try SecretShare.check(bytes.slice(0..<SecretShare.checkedCount)), check) else {
            throw .damaged
        }
        let (threshold, total, index) = (Int(front[1]), Int(front[2]), Int(front[3]))
        guard (2...Limits.shares).contains(total), (2...total).contains(threshold), (1...total).contains(index) else {
            throw .damaged
        }
        self.index = index
        self.splitting = Splitting(
            id: Array(front[4...]),
            threshold: threshold,
            total: total,
            commitment: try bytes.slice(52..<84).publicBytes()
        )
        self.value = try bytes.slice(20..<52)
    }

    /// The 88 bytes.
    ///
    /// - Throws: `SealingError.outOfMemory`.
    public func bytes() throws(SealingError) -> Secret {
        let front = [SecretShare.layout, UInt8(threshold), UInt8(total), UInt8(index)] + setID
        let checked = try Secret(copying: front).followed(by: value).followed(by: Secret(copying: splitting.commitment))
        return try checked.followed(by: Secret(copying: SecretShare.check(checked)))
    }

    /// SHA-256 of the bytes: names a share without showing it, because its value is random.
    ///
    /// - Throws: `SealingError.outOfMemory`.
    public func digest() throws(SealingError) -> [UInt8] {
        var bytes = try bytes().publicBytes()
        defer { Secret.wipe(&bytes) }
        return try Digest.sha256(bytes)
    }

    private static func check(_ bytes: borrowing Secret) throws(SealingError) -> [UInt8] {
        var copy = bytes.publicBytes()
        defer { Secret.wipe(&copy) }
        var fields = try Fields(domain: "leeward share v1")
        fields.reserve(256)
        try fields.add(copy)
        return Array(try fields.takeDigest().prefix(4))
    }
}

extension SecretShare {
    /// What all shares of one splitting have in common.
    struct Splitting: Hashable {
        let id: [UInt8]
        let threshold: Int
        let total: Int
        let commitment: [UInt8]

        init(id: [UInt8], threshold: Int, total: Int, commitment: [UInt8]) {
            self.id = id
            self.threshold = threshold
            self.total = total
            self.commitment = commitment
        }

        init(id: [UInt8], threshold: Int, total: Int, secret: borrowing Secret) throws(SealingError) {
            let commitment = try Splitting.commitment(id, threshold, total, secret)
            self.init(id: id, threshold: threshold, total: total, commitment: commitment)
        }

        func commitment(to secret: borrowing Secret) throws(SealingError) -> [UInt8] {
            try Splitting.commitment(id, threshold, total, secret)
        }

        private static func commitment(
            _ id: [UInt8],
            _ threshold: Int,
            _ total: Int,
            _ secret: borrowing Secret
        ) throws(SealingError) -> [UInt8] {
            var copy = secret.publicBytes()
            defer { Secret.wipe(&copy) }
            var fields = try Fields(domain: "leeward share set v1")
            fields.reserve(256)
            try fields.add(id)
            try fields.add(UInt8(threshold))
            try fields.add(UInt8(total))
            try fields.add(copy)
            return try fields.takeDigest()
        }
    }
}
