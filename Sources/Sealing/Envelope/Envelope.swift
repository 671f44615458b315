// The envelope, the form of every sealed object that is opened with a symmetric key:
//
//   header       20   Header.swift
//   salt         24   random
//   commitment   32
//   chunks        n   plaintext in chunks of 16,384 bytes, each with a tag of 16
//
// The last three are chunked-encryption (OpenSSL/ChunkedEncryption.swift) with the context of RecordContext.swift. The
// plaintext is padded (Padding.swift) unless its kind has one fixed length (ObjectKind.isPadded). An envelope is 92 bytes
// longer than its padded plaintext, and 16 more for each full chunk. An example byte by byte: docs/formats/sealing.md.

/// Seals and opens content under a symmetric key, bound to its place by a context.
public enum Envelope {
    /// The envelope of a plaintext under a 32-byte key.
    ///
    /// - Throws: `SealingError.badParameters` for a wrong length of key, id or context field, `SealingError.tooLarge`,
    ///   `SealingError.libcrypto`.
    public static func seal(
        _ plaintext: [UInt8],
        kind: ObjectKind,
        keyID: [UInt8],
        key: borrowing Secret,
        context: RecordContext
    ) throws(SealingError) -> [UInt8] {
        let salt = try Randomness.bytes(ChunkedEncryption.saltCount)
        return try seal(plaintext, kind: kind, keyID: keyID, key: key, context: context, salt: salt)
    }

    /// The envelope of a plaintext under a key that knows its id.
    ///
    /// - Throws: `SealingError.badParameters` for a wrong context field, `SealingError.tooLarge`,
    ///   `SealingError.libcrypto`.
    public static func seal(
        _ plaintext: [UInt8],
        kind: ObjectKind,
        under key: SymmetricKey,
        context: RecordContext
    ) throws(SealingError) -> [UInt8] {
        try seal(plaintext, kind: kind, keyID: key.id, key: key.secret, context: context)
    }

    /// The envelope of a plaintext that is itself a secret.
    ///
    /// - Throws: `SealingError.badParameters` for a wrong context field, `SealingError.libcrypto`.
    public static func seal(
        _ secret: borrowing Secret,
        kind: ObjectKind,
        under key: SymmetricKey,
        context: RecordContext
    ) throws(SealingError) -> [UInt8] {
        let salt = try Randomness.bytes(ChunkedEncryption.saltCount)
        return try seal(secret, kind: kind, under: key, context: context, salt: salt)
    }

    /// The plaintext of an envelope.
    ///
    /// - Throws: `SealingError.unknownFormat`, `SealingError.wrongKind`, `SealingError.tooLarge`, and
    ///   `SealingError.damaged` when a byte was changed or key or context are others: which of them cannot be told.
    public static func open(
        _ sealed: [UInt8],
        expecting kind: ObjectKind,
        key: borrowing Secret,
        context: RecordContext
    ) throws(SealingError) -> [UInt8] {
        let header = try header(of: sealed, expecting: kind)
        let context = try context.bytes(header: header.bytes)
        var plaintext = try ChunkedEncryption.open(sealed, from: Header.count, key: key, context: context)
        guard kind.isPadded else { return plaintext }
        guard let count = Padding.contentCount(in: plaintext.count, byte: { plaintext[$0] }) else { throw .damaged }
        plaintext.removeLast(plaintext.count - count)
        return plaintext
    }

    /// The plaintext of an envelope that names this key.
    ///
    /// - Throws: `SealingError.keyMismatch` when it names another key; else as the form with a bare key.
    public static func open(
        _ sealed: [UInt8],
        expecting kind: ObjectKind,
        under key: SymmetricKey,
        context: RecordContext
    ) throws(SealingError) -> [UInt8] {
        guard try header(of: sealed, expecting: kind).keyID == key.id else { throw .keyMismatch }
        return try open(sealed, expecting: kind, key: key.secret, context: context)
    }

    /// The secret in an envelope that names this key.
    ///
    /// - Throws: `SealingError.keyMismatch` when it names another key; else as the form with a bare key.
    public static func openSecret(
        _ sealed: [UInt8],
        expecting kind: ObjectKind,
        under key: SymmetricKey,
        context: RecordContext
    ) throws(SealingError) -> Secret {
        guard try header(of: sealed, expecting: kind).keyID == key.id else { throw .keyMismatch }
        return try openSecret(sealed, expecting: kind, key: key.secret, context: context)
    }

    static func openSecret(
        _ sealed: [UInt8],
        expecting kind: ObjectKind,
        key: borrowing Secret,
        context: RecordContext
    ) throws(SealingError) -> Secret {
        let header = try header(of: sealed, expecting: kind)
        let context = try context.bytes(header: header.bytes)
        let plaintext = try ChunkedEncryption.openSecret(sealed, from: Header.count, key: key, context: context)
        guard kind.isPadded else { return plaintext }
        guard let count = plaintext.contentCount() else { throw .damaged }
        return try plaintext.slice(0..<count)
    }

    /// The id of the key that opens an object.
    ///
    /// - Throws: `SealingError.damaged` when it is shorter than a header, `SealingError.unknownFormat`.
    public static func keyID(of sealed: [UInt8]) throws(SealingError) -> [UInt8] {
        try Header(of: sealed).keyID
    }

    /// What an object is.
    ///
    /// - Throws: `SealingError.damaged` when it is shorter than a header, `SealingError.unknownFormat`.
    public static func kind(of sealed: [UInt8]) throws(SealingError) -> ObjectKind {
        try Header(of: sealed).kind
    }

    static func seal(
        _ plaintext: [UInt8],
        kind: ObjectKind,
        keyID: [UInt8],
        key: borrowing Secret,
        context: RecordContext,
        salt: [UInt8]
    ) throws(SealingError) -> [UInt8] {
        guard plaintext.count <= Limits.plaintextBytes else { throw .tooLarge }
        let header = try Header(kind: kind, keyID: keyID).bytes
        return try ChunkedEncryption.seal(
            plaintext,
            tail: kind.isPadded ? Padding.bytes(after: plaintext.count) : [],
            after: header,
            key: key,
            context: context.bytes(header: header),
            salt: salt
        )
    }

    static func seal(
        _ secret: borrowing Secret,
        kind: ObjectKind,
        under key: SymmetricKey,
        context: RecordContext,
        salt: [UInt8]
    ) throws(SealingError) -> [UInt8] {
        let header = try Header(kind: kind, keyID: key.id).bytes
        return try ChunkedEncryption.seal(
            secret,
            tail: kind.isPadded ? Padding.bytes(after: secret.count) : [],
            after: header,
            key: key.secret,
            context: context.bytes(header: header),
            salt: salt
        )
    }

    private static func header(of sealed: [UInt8], expecting kind: ObjectKind) throws(SealingError) -> Header {
        guard sealed.count <= Limits.envelopeBytes else { throw .tooLarge }
        return try Header(of: sealed, expecting: kind)
    }
}
