// The context of an envelope: what its key derivation is bound to, so that a ciphertext opens in its own place only.
//
//   header             20 bytes, as they stand in the envelope (fixed length, no prefix)
//   then, each after its length in 2 bytes, big-endian:
//   domain             "leeward record v1"
//   organisation id    16 bytes, or none
//   case id            16 bytes, or none
//   record id          16 bytes, or none
//   record type        1 to 64 of a-z 0-9 . : + _ -
//   schema version     4 bytes, big-endian
//   record version     8 bytes, big-endian
//   key epoch          4 bytes, big-endian
//   author id          16 bytes, or none
//
// The context is stored nowhere: it is built from the row. Fields are never added to this domain; another list of fields
// has another domain string.

/// Where an envelope belongs and which writing of it this is.
public struct RecordContext: Hashable, Sendable {
    /// The organisation's id, 16 bytes or none.
    public var agency: [UInt8]
    /// The case's id, 16 bytes or none.
    public var caseID: [UInt8]
    /// The record's id, 16 bytes or none.
    public var recordID: [UInt8]
    /// What the record is: 1 to 64 of a-z 0-9 . : + _ -
    public var recordType: String
    /// The version of the plaintext's own layout.
    public var schemaVersion: UInt32
    /// Which writing of this record it is, counted from 1; 0 where nothing is counted.
    public var recordVersion: UInt64
    /// The epoch of the key; 0 where there are no epochs.
    public var keyEpoch: UInt32
    /// Who wrote it, 16 bytes or none.
    public var author: [UInt8]

    /// A context; ids that do not apply are left empty.
    public init(
        agency: [UInt8] = [],
        caseID: [UInt8] = [],
        recordID: [UInt8] = [],
        recordType: String,
        schemaVersion: UInt32 = 1,
        recordVersion: UInt64 = 0,
        keyEpoch: UInt32 = 0,
        author: [UInt8] = []
    ) {
        self.agency = agency
        self.caseID = caseID
        self.recordID = recordID
        self.recordType = recordType
        self.schemaVersion = schemaVersion
        self.recordVersion = recordVersion
        self.keyEpoch = keyEpoch
        self.author = author
    }

    /// The bytes of the context under a 20-byte header.
    ///
    /// - Throws: `SealingError.badParameters` when an id has neither 0 nor 16 bytes, the type other characters, or the
    ///   header another length.
    public func bytes(header: [UInt8]) throws(SealingError) -> [UInt8] {
        guard header.count == Header.count, hasValidFields else { throw .badParameters }
        var fields = Fields(after: header)
        fields.reserve(256)
        try fields.add("leeward record v1")
        try fields.add(agency)
        try fields.add(caseID)
        try fields.add(recordID)
        try fields.add(recordType)
        try fields.add(schemaVersion)
        try fields.add(recordVersion)
        try fields.add(keyEpoch)
        try fields.add(author)
        return fields.bytes
    }

    private var hasValidFields: Bool {
        RecordContext.isID(agency) && RecordContext.isID(caseID) && RecordContext.isID(recordID)
            && RecordContext.isID(author) && (1...64).contains(recordType.utf8.count)
            && recordType.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }

    private static func isID(_ id: [UInt8]) -> Bool { id.isEmpty || id.count == 16 }
}
