// The key of a blind index, random for each agency and field. From it, for a value (normalised by the caller, 1 to 4,096 bytes):
//
//   input      the value; of a slow field scrypt(value, salt, N = 2^14, r = 8, p = 1), 32 bytes
//   salt       the first 16 bytes of HMAC-SHA-256(key, fields: "leeward index salt v1", agency id, field (1))
//   material   HMAC-SHA-256(key, fields: "leeward index v1", agency id (16), field (1), input)
//   token      the first 16 bytes of the material
//   bucket     the next 2 bytes, big-endian, of which the highest 8 to 12 bits count
//
// Stored as an envelope of kind indexKey, unpadded, 125 bytes, under the server's routing key: bits of a bucket (1), key (32);
// context: agency, record type "index_key:" and the field's name, record version = the number of this writing. A new key or
// another number of bits means that every value is indexed again. What all this leaks: docs/formats/search-index.md.

/// The key of one agency's index over one field.
public final class IndexKey: Sendable, Redacted {
    /// The agency, 16 bytes.
    public let agency: [UInt8]
    /// The field.
    public let field: IndexedField
    /// How many bits of a bucket there are, 8 to 12.
    public let bucketBits: Int

    private let key: Secret

    private init(agency: [UInt8], field: IndexedField, bucketBits: Int, key: consuming Secret) throws(SealingError) {
        guard agency.count == 16, (8...12).contains(bucketBits), key.count == 32 else { throw .badParameters }
        self.agency = agency
        self.field = field
        self.bucketBits = bucketBits
        self.key = key
    }

    /// A new key.
    ///
    /// - Throws: `SealingError.badParameters` unless the agency's id has 16 bytes and a bucket 8 to 12 bits,
    ///   `SealingError.libcrypto` without entropy.
    public static func random(
        agency: [UInt8],
        field: IndexedField,
        bucketBits: Int
    ) throws(SealingError) -> IndexKey {
        try IndexKey(agency: agency, field: field, bucketBits: bucketBits, key: .random(32))
    }

    /// Where a value lies in the index. For a slow field it takes 16 MiB of memory and tens of milliseconds: never call it on a
    /// thread that others wait for.
    ///
    /// - Throws: `SealingError.badParameters` unless the value has 1 to 4,096 bytes.
    public func look(for value: [UInt8]) throws(SealingError) -> IndexedValue {
        guard (1...Limits.indexedValueBytes).contains(value.count) else { throw .badParameters }
        var input = value
        if field.isSlow {
            var fields = try Fields(domain: "leeward index salt v1")
            try fields.add(agency)
            try fields.add(field.rawValue)
            let salt = try MAC.hmacSHA256(key: key, fields.bytes).prefix(16)
            let slow = try KeyDerivation.scrypt(
                password: Secret(copying: value),
                salt: Array(salt),
                n: 1 << 14,
                r: 8,
                p: 1,
                count: 32
            )
            Secret.wipe(&input)
            input = slow.publicBytes()
        }
        defer { Secret.wipe(&input) }
        var fields = try Fields(domain: "leeward index v1")
        fields.reserve(64 + input.count)
        defer { fields.wipe() }
        try fields.add(agency)
        try fields.add(field.rawValue)
        try fields.add(input)
        var material = try MAC.hmacSHA256(key: key, fields.bytes)
        defer { Secret.wipe(&material) }
        return IndexedValue(
            agency: agency,
            field: field,
            bucket: UInt16(bigEndian: material[16..<18]) >> UInt16(16 - bucketBits),
            token: try Secret(copying: Array(material[..<16]))
        )
    }

    /// The stored form; the version counts the writings from 1.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public func seal(under routing: SymmetricKey, version: UInt64) throws(SealingError) -> [UInt8] {
        try seal(under: routing, version: version, salt: Randomness.bytes(ChunkedEncryption.saltCount))
    }

    func seal(under routing: SymmetricKey, version: UInt64, salt: [UInt8]) throws(SealingError) -> [UInt8] {
        try Envelope.seal(
            Secret(copying: [UInt8(bucketBits)]).followed(by: key),
            kind: .indexKey,
            under: routing,
            context: IndexKey.context(agency, field, version),
            salt: salt
        )
    }

    /// A key from its stored form.
    ///
    /// - Throws: `SealingError.keyMismatch` for another key, `SealingError.damaged` when the bytes were changed or are of another
    ///   agency, field or version.
    public static func open(
        _ sealed: [UInt8],
        under routing: SymmetricKey,
        agency: [UInt8],
        field: IndexedField,
        version: UInt64
    ) throws(SealingError) -> IndexKey {
        let plaintext = try Envelope.openSecret(
            sealed,
            expecting: .indexKey,
            under: routing,
            context: context(agency, field, version)
        )
        guard plaintext.count == 33 else { throw .damaged }
        let bits = Int(try plaintext.slice(0..<1).publicBytes()[0])
        guard (8...12).contains(bits) else { throw .damaged }
        return try IndexKey(agency: agency, field: field, bucketBits: bits, key: plaintext.slice(1..<33))
    }

    private static func context(_ agency: [UInt8], _ field: IndexedField, _ version: UInt64) -> RecordContext {
        RecordContext(agency: agency, recordType: "index_key:\(field.label)", recordVersion: version)
    }
}
