// C2SP signed-note (https://c2sp.org/signed-note): the text, which ends with a newline; an empty line; then signature
// lines of em dash, space, key name, space, base64 of the 4-byte key id and the 64-byte Ed25519 signature of the text:
//
//     example.org/leeward
//     2
//     <base64 root>
//
//     — example.org/leeward <base64>
//
// Lines of keys that the reader does not know are passed over, so that witnesses can add theirs.

public import Sealing

/// A text with the signatures of named keys.
public enum SignedNote {
    /// Signs a text and gives the whole note.
    ///
    /// - Throws: `badNote` for a text that a note cannot carry, `badKey` for a name, `sealing`.
    public static func sign(_ text: String, name: String, with key: SigningKey) throws(AuditError) -> [UInt8] {
        guard isText(text) else { throw .badNote }
        let verifier = try LogVerifierKey(name: name, key: key.verifyingKey)
        do throws(SealingError) {
            let signature = try key.sign(Array(text.utf8))
            return Array("\(text)\n\(mark)\(name) \(Base64.encode(verifier.id + signature))\n".utf8)
        } catch {
            throw .sealing(error)
        }
    }

    /// The text of a note that the trusted key has signed.
    ///
    /// - Throws: `badNote` for another form, `badSignature` when no line is the trusted key's or the one that says so is
    ///   not.
    public static func text(of note: [UInt8], signedBy key: LogVerifierKey) throws(AuditError) -> String {
        let (text, signatures) = try parts(of: note)
        var isSigned = false
        for line in signatures where line.name == key.name && line.id == key.id {
            // A known key's false line spoils the note, whatever the other lines say.
            guard key.key.isValid(signature: line.signature, for: Array(text.utf8)) else { throw .badSignature }
            isSigned = true
        }
        guard isSigned else { throw .badSignature }
        return text
    }

    struct SignatureLine {
        let name: String
        let id: [UInt8]
        let signature: [UInt8]
    }

    static let mark = "\u{2014} "

    static func parts(of note: [UInt8]) throws(AuditError) -> (text: String, signatures: [SignatureLine]) {
        guard note.count <= Limits.noteBytes, let whole = String(validating: note, as: UTF8.self), isText(whole) else {
            throw .badNote
        }
        // Lines by the scalar: a combining mark after a newline would hide it from a search by character.
        let lines = whole.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // The last line is the empty one behind the final newline; the last empty line before it ends the text.
        guard let blank = lines.dropLast().lastIndex(of: ""), blank > 0 else { throw .badNote }
        let signed = lines[(blank + 1)..<(lines.count - 1)]
        guard (1...Limits.signatures).contains(signed.count) else { throw .badNote }
        var signatures: [SignatureLine] = []
        for line in signed {
            signatures.append(try signatureLine(line))
        }
        return (lines[..<blank].joined(separator: "\n") + "\n", signatures)
    }

    private static func signatureLine(_ line: String) throws(AuditError) -> SignatureLine {
        guard line.unicodeScalars.starts(with: mark.unicodeScalars) else { throw .badNote }
        let fields = line.unicodeScalars.dropFirst(2).split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 2, LogVerifierKey.isName(String(fields[0])), let bytes = Base64.decode(String(fields[1])),
            bytes.count >= 5
        else { throw .badNote }
        return SignatureLine(name: String(fields[0]), id: Array(bytes.prefix(4)), signature: Array(bytes.dropFirst(4)))
    }

    /// UTF-8 without control characters but newlines, ending with one.
    private static func isText(_ text: String) -> Bool {
        text.unicodeScalars.last == "\n"
            && text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x7F) }
    }
}
