// The founding file, the root key and the agencies' keys off the server, under a printed code. Its plaintext:
//
//   layout                1   0x01
//   root seed            32   Ed25519
//   number of agencies    2   big-endian
//   for each agency      48   id (16), seed (32, Ed25519); in the order of the ids
//
// The file is one envelope of kind founding file, padded, under
//   HKDF-SHA-256(code (32), no salt, info = fields: "leeward founding file v1"): 32 bytes of key, 16 of its id
// Context: record type "founding_file". The server's pepper is no part of it: the file must open when the server is lost.
// An example byte by byte: docs/formats/founding-file.md. Another layout takes the next number.

/// The keys that sign agencies, teams and people: what a founding ceremony leaves behind, to be kept off the server.
public final class FoundingFile: Sendable, Redacted {
    /// An agency and the key that signs its people and teams.
    public struct Agency: Sendable {
        /// The agency's id, 16 bytes.
        public let id: [UInt8]
        /// Signs the agency's people and teams.
        public let key: SigningKey

        /// An agency and its key.
        public init(id: [UInt8], key: SigningKey) {
            self.id = id
            self.key = key
        }
    }

    /// Signs the agencies.
    public let root: SigningKey
    /// The agencies, in the order of their ids.
    public let agencies: [Agency]

    private static let layout: UInt8 = 1
    private static let agencyBytes = 48

    /// The keys of a deployment.
    ///
    /// - Throws: `SealingError.badParameters` when an agency is named twice, its id has not 16 bytes, or there are more than
    ///   1,000.
    public init(root: SigningKey, agencies: [Agency]) throws(SealingError) {
        guard agencies.count <= Limits.foundedAgencies, Set(agencies.map(\.id)).count == agencies.count,
            agencies.allSatisfy({ $0.id.count == 16 })
        else { throw .badParameters }
        self.root = root
        self.agencies = agencies.sorted { $0.id.lexicographicallyPrecedes($1.id) }
    }

    /// The bytes of the file under a founding code.
    ///
    /// - Throws: `SealingError.badCode` for a code of another kind.
    public func seal(under code: PrintedCode) throws(SealingError) -> [UInt8] {
        try Envelope.seal(
            plaintext(),
            kind: .foundingFile,
            under: FoundingFile.key(code),
            context: FoundingFile.context
        )
    }

    /// The keys in a file.
    ///
    /// - Throws: `SealingError.keyMismatch` when the code is that of another file, `SealingError.badCode` when it is no
    ///   founding code, `SealingError.damaged`, `.unknownFormat` or `.wrongKind` when the file is not whole or no founding
    ///   file.
    public static func open(_ bytes: [UInt8], with code: PrintedCode) throws(SealingError) -> FoundingFile {
        let plaintext = try Envelope.openSecret(bytes, expecting: .foundingFile, under: key(code), context: context)
        guard plaintext.count >= 35 else { throw .damaged }
        guard try plaintext.slice(0..<1).publicBytes() == [layout] else { throw .unknownFormat }
        let count = Int(UInt16(bigEndian: try plaintext.slice(33..<35).publicBytes()[...]))
        guard plaintext.count == 35 + count * agencyBytes else { throw .damaged }
        var agencies: [Agency] = []
        for place in stride(from: 35, to: plaintext.count, by: agencyBytes) {
            agencies.append(
                Agency(
                    id: try plaintext.slice(place..<place + 16).publicBytes(),
                    key: try SigningKey(seed: plaintext.slice(place + 16..<place + agencyBytes))
                )
            )
        }
        return try FoundingFile(root: SigningKey(seed: plaintext.slice(1..<33)), agencies: agencies)
    }

    func plaintext() throws(SealingError) -> Secret {
        var all = try Secret(copying: [FoundingFile.layout]).followed(by: root.seed)
        all = try all.followed(by: Secret(copying: UInt16(agencies.count).bigEndianBytes))
        for agency in agencies {
            all = try all.followed(by: Secret(copying: agency.id)).followed(by: agency.key.seed)
        }
        return all
    }

    static func key(_ code: PrintedCode) throws(SealingError) -> SymmetricKey {
        guard code.kind == .founding else { throw .badCode }
        return try SymmetricKey(from: code.secret, info: Fields(domain: "leeward founding file v1").bytes)
    }

    static let context = RecordContext(recordType: "founding_file")
}
