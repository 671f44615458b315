// A row of a blind index: its bucket, open, and an envelope of kind indexToken, unpadded, 124 bytes, under the server's routing
// key:
//
//   plaintext   token (16), case id (16)
//   context     agency, record id = the id of the row, record type "index_token:" and the field's name
//
// The row names no case. Its id is one that the server finds again (a blind index of case, field and number), so that the rows
// of a case can be rewritten and erased.

/// A value's place in an index: its bucket and its token.
public final class IndexedValue: Sendable, Redacted {
    /// The bucket, below 2 to the power of the key's bits: what the database is asked for.
    public let bucket: UInt16

    private let agency: [UInt8]
    private let field: IndexedField
    private let token: Secret

    init(agency: [UInt8], field: IndexedField, bucket: UInt16, token: consuming Secret) {
        self.agency = agency
        self.field = field
        self.bucket = bucket
        self.token = token
    }

    /// The sealed token of a row for a case.
    ///
    /// - Throws: `SealingError.badParameters` unless both ids have 16 bytes.
    public func seal(for caseID: [UInt8], row: [UInt8], under routing: SymmetricKey) throws(SealingError) -> [UInt8] {
        try seal(for: caseID, row: row, under: routing, salt: Randomness.bytes(ChunkedEncryption.saltCount))
    }

    func seal(
        for caseID: [UInt8],
        row: [UInt8],
        under routing: SymmetricKey,
        salt: [UInt8]
    ) throws(SealingError) -> [UInt8] {
        guard caseID.count == 16, row.count == 16 else { throw .badParameters }
        return try Envelope.seal(
            token.followed(by: Secret(copying: caseID)),
            kind: .indexToken,
            under: routing,
            context: context(row),
            salt: salt
        )
    }

    /// The case that a row of this value's bucket is about, when the row has this value; nil when it has another. Compared in
    /// constant time.
    ///
    /// - Throws: `SealingError.keyMismatch` for another key, `SealingError.damaged` when the bytes were changed or are those of
    ///   another row, agency or field.
    public func caseID(in sealed: [UInt8], row: [UInt8], under routing: SymmetricKey) throws(SealingError) -> [UInt8]? {
        let plaintext = try Envelope.openSecret(
            sealed,
            expecting: .indexToken,
            under: routing,
            context: context(row)
        )
        guard plaintext.count == 32 else { throw .damaged }
        guard try plaintext.slice(0..<16).matches(token) else { return nil }
        return try plaintext.slice(16..<32).publicBytes()
    }

    private func context(_ row: [UInt8]) -> RecordContext {
        RecordContext(agency: agency, recordID: row, recordType: "index_token:\(field.label)")
    }
}
