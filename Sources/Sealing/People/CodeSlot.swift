// A code slot, the place where a code on paper opens a keyring key:
//
//   length of the next field   2   big-endian
//   parameters                 8   "$code$" and the mark of the code's kind (PrintedCode.swift)
//   envelope                 124   kind slot, unpadded: the keyring key (32 bytes) under the slot key
//
//   slot key: HKDF-SHA-256(code (32) || password key of the server (32)), no salt, info = fields: "leeward code slot v1",
//             mark, owner id (16); 32 bytes of key, 16 bytes of its id
//   context:  record type "code_slot", record id = owner id
//
// A code is random, so no slow hash stands before it (SECURITY.md section 4). The first word after "$" tells this slot from
// that of a password (PasswordSlot.swift).

/// A person's keyring key, locked with a code on paper and the server's pepper.
public struct CodeSlot: Hashable, Sendable {
    /// What kind of code opens it.
    public let kind: PrintedCode.Kind

    let sealed: [UInt8]

    private static let sealedCount = Header.count + ChunkedEncryption.sealedCount(of: 32)

    /// Locks a 32-byte keyring key with a code.
    ///
    /// - Throws: `SealingError.badParameters` when the key has not 32 bytes or the owner's id not 16.
    public static func create(
        code: PrintedCode,
        keyringKey: borrowing Secret,
        server: ServerKeys,
        owner: [UInt8]
    ) throws(SealingError) -> CodeSlot {
        guard keyringKey.count == 32, owner.count == 16 else { throw .badParameters }
        let key = try slotKey(code, server: server, owner: owner)
        let sealed = try Envelope.seal(keyringKey, kind: .slot, under: key, context: context(of: owner))
        return CodeSlot(kind: code.kind, sealed: sealed)
    }

    /// The 32-byte keyring key.
    ///
    /// - Throws: `SealingError.badCode` when code, pepper, owner or slot are not those it was made with: which of them
    ///   cannot be told.
    public func open(code: PrintedCode, server: ServerKeys, owner: [UInt8]) throws(SealingError) -> Secret {
        guard code.kind == kind else { throw .badCode }
        do {
            return try Envelope.openSecret(
                sealed,
                expecting: .slot,
                under: CodeSlot.slotKey(code, server: server, owner: owner),
                context: CodeSlot.context(of: owner)
            )
        } catch .damaged, .keyMismatch {
            throw .badCode
        }
    }

    /// The stored form.
    public var bytes: [UInt8] {
        let text = CodeSlot.parameters(of: kind)
        return UInt16(text.count).bigEndianBytes + text + sealed
    }

    /// A slot from its stored form.
    ///
    /// - Throws: `SealingError.damaged` when lengths are not as written, `SealingError.unknownFormat` for another kind of
    ///   slot or code.
    public init(bytes: [UInt8]) throws(SealingError) {
        guard bytes.count > 2 else { throw .damaged }
        let textCount = Int(UInt16(bigEndian: bytes[0..<2]))
        guard textCount <= 64, bytes.count == 2 + textCount + CodeSlot.sealedCount else { throw .damaged }
        let text = Array(bytes[2..<2 + textCount])
        guard let kind = PrintedCode.Kind.allCases.first(where: { CodeSlot.parameters(of: $0) == text }) else {
            throw .unknownFormat
        }
        let sealed = Array(bytes[(2 + textCount)...])
        _ = try Header(of: sealed, expecting: .slot)
        self.init(kind: kind, sealed: sealed)
    }

    init(kind: PrintedCode.Kind, sealed: [UInt8]) {
        self.kind = kind
        self.sealed = sealed
    }

    private static func parameters(of kind: PrintedCode.Kind) -> [UInt8] { Array("$code$\(kind.mark)".utf8) }

    private static func slotKey(
        _ code: PrintedCode,
        server: ServerKeys,
        owner: [UInt8]
    ) throws(SealingError) -> SymmetricKey {
        var fields = try Fields(domain: "leeward code slot v1").adding(code.kind.mark)
        try fields.add(owner)
        return try SymmetricKey(from: code.secret.followed(by: server.password), info: fields.bytes)
    }

    private static func context(of owner: [UInt8]) -> RecordContext {
        RecordContext(recordID: owner, recordType: "code_slot")
    }
}
