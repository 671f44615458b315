import Foundation
public import Sealing

/// The public key of a log with its name, in the text form of C2SP signed-note: `name+<id, 8 hex>+<base64 of 0x01, key>`.
public struct LogVerifierKey: Hashable, Sendable {
    /// The log's name, which is its origin: printable, without spaces and `+`.
    public let name: String
    /// The Ed25519 public key.
    public let key: VerifyingKey
    /// The 4 bytes that a signature line carries: the start of SHA-256 over name, 0x0A, 0x01, key.
    public let id: [UInt8]

    /// The signature type of Ed25519 in C2SP signed-note.
    static let ed25519: UInt8 = 0x01

    /// Gives a key its name.
    ///
    /// - Throws: `badKey` for a name that is empty or has a space, a control character or a `+`; `sealing`.
    public init(name: String, key: VerifyingKey) throws(AuditError) {
        guard Self.isName(name) else { throw .badKey }
        do throws(SealingError) {
            id = Array(try Digest.sha256(Array(name.utf8) + [0x0A, Self.ed25519] + key.bytes).prefix(4))
        } catch {
            throw .sealing(error)
        }
        self.name = name
        self.key = key
    }

    /// Reads the text form; no other spelling of the same key passes.
    ///
    /// - Throws: `badKey` for another form, another algorithm, or an id that is not this key's; `sealing`.
    public init(_ text: String) throws(AuditError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let tagged = Base64.decode(parts[2]), tagged.first == Self.ed25519,
            let key = VerifyingKey(bytes: Array(tagged.dropFirst()))
        else { throw .badKey }
        try self.init(name: String(parts[0]), key: key)
        guard self.text == text else { throw .badKey }
    }

    /// Whether the text of a note is of the log of this name: a log that went on under a new name keeps its older notes.
    public func isNamed(in note: [UInt8]) -> Bool { note.starts(with: Array("\(name)\n".utf8)) }

    /// The text form.
    public var text: String {
        let hex = id.map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return name + "+" + hex.joined() + "+" + Base64.encode([Self.ed25519] + key.bytes)
    }

    static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { scalar in
                !scalar.properties.isWhitespace && scalar != "+" && scalar.value >= 0x20 && scalar.value != 0x7F
            }
    }
}

/// Base64 with padding (RFC 4648 section 4), where each value has one spelling alone.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
    }

    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let text = String(text)
        guard let decoded = Data(base64Encoded: text) else { return nil }
        // Foundation lets leftover bits pass; RFC 4648 section 3.5 lets a reader refuse them.
        guard decoded.base64EncodedString() == text else { return nil }
        return [UInt8](decoded)
    }
}
