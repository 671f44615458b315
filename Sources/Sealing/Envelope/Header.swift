// The header of every sealed or signed object, 20 bytes:
//
//   version   1   0x01
//   suite     1   0x01 = chunked-encryption with SHA-512 and AES-256-GCM, HPKE(DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
//                 AES-256-GCM, base mode), Ed25519. 0x02 is reserved for the same with X-Wing wraps.
//   kind      1   ObjectKind
//   flags     1   0x00
//   key id   16   random
//
// A value that is not listed is refused. A change of layout is a new version; a change of algorithm a new suite; both are
// read beside the old ones until the last old object is gone.

/// The first 20 bytes of an object.
struct Header {
    static let count = 20
    static let keyIDCount = 16
    static let version: UInt8 = 1
    static let suite: UInt8 = 1

    let kind: ObjectKind
    let keyID: [UInt8]

    init(kind: ObjectKind, keyID: [UInt8]) throws(SealingError) {
        guard keyID.count == Header.keyIDCount else { throw .badParameters }
        self.kind = kind
        self.keyID = keyID
    }

    /// The header of these bytes.
    init(of object: [UInt8]) throws(SealingError) {
        guard object.count >= Header.count else { throw .damaged }
        guard object[0] == Header.version, object[1] == Header.suite, object[3] == 0 else { throw .unknownFormat }
        guard let kind = ObjectKind(rawValue: object[2]) else { throw .unknownFormat }
        self.kind = kind
        self.keyID = Array(object[4..<Header.count])
    }

    /// The header of these bytes, which must be of this kind.
    init(of object: [UInt8], expecting kind: ObjectKind) throws(SealingError) {
        try self.init(of: object)
        guard self.kind == kind else { throw .wrongKind }
    }

    var bytes: [UInt8] { [Header.version, Header.suite, kind.rawValue, 0] + keyID }
}
