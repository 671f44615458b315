// The header of an age v1 file (c2sp.org/age), text in ASCII with LF:
//
//   age-encryption.org/v1
//   -> X25519 SHARE                  one stanza for each recipient: type and arguments,
//   BODY                             then base64 in lines of 64, the last one shorter, perhaps empty
//   --- MAC                          32 bytes
//
//   SHARE   the ephemeral X25519 public key
//   BODY    ChaCha20-Poly1305 of the file key (16 bytes), nonce zero, under HKDF-SHA-256(shared secret,
//           salt = SHARE || recipient's key, info = "age-encryption.org/v1/X25519")
//   MAC     HMAC-SHA-256 under HKDF-SHA-256(file key, no salt, info = "header") of all bytes up to and with "---"
//
// Base64 is that of RFC 4648, section 4, without "=", and has to be written in its one way. It is another project's format and
// never changes here. Stanzas of other types are somebody else's: they are skipped.

/// The header of an age file: who opens it.
struct AgeHeader {
    /// What one recipient needs to open the file.
    struct Stanza {
        let type: ArraySlice<UInt8>
        let arguments: [ArraySlice<UInt8>]
        let body: [UInt8]
    }

    static let firstLine = Array("age-encryption.org/v1\n".utf8)

    let stanzas: [Stanza]

    private let signed: [UInt8]
    private let mac: [UInt8]

    private static let end = Array("---".utf8)
    private static let noNonce = [UInt8](repeating: 0, count: 12)
    private static let fileKeyCount = 16

    /// The length of the header in front of these bytes; nil when its end is not among them.
    ///
    /// - Throws: `SealingError.unknownFormat` when they are no age file's, `SealingError.tooLarge`.
    static func count(in bytes: [UInt8]) throws(SealingError) -> Int? {
        guard firstLine.starts(with: bytes.prefix(firstLine.count)) else { throw .unknownFormat }
        var start = firstLine.count
        while start < min(bytes.count, Limits.ageHeaderBytes) {
            guard let lineEnd = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { break }
            if bytes[start..<lineEnd].starts(with: end), lineEnd < Limits.ageHeaderBytes { return lineEnd + 1 }
            start = lineEnd + 1
        }
        guard bytes.count < Limits.ageHeaderBytes else { throw .tooLarge }
        return nil
    }

    /// A header from its bytes, up to and with the line end after its MAC.
    init(_ bytes: [UInt8]) throws(SealingError) {
        guard bytes.starts(with: AgeHeader.firstLine) else { throw .unknownFormat }
        var lines = bytes[AgeHeader.firstLine.count...].split(
            separator: UInt8(ascii: "\n"),
            omittingEmptySubsequences: false
        )[...]
        guard lines.popLast()?.isEmpty == true, let last = lines.popLast(), last.starts(with: AgeHeader.end + [0x20]),
            let mac = AgeHeader.decoded(last.dropFirst(4)), mac.count == 32
        else { throw .damaged }
        var stanzas: [Stanza] = []
        while let line = lines.popFirst() {
            let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
            guard words.count > 1, words[0].elementsEqual(Array("->".utf8)),
                words.allSatisfy({ word in !word.isEmpty && word.allSatisfy { (0x21...0x7e).contains($0) } })
            else { throw .damaged }
            var body: [UInt8] = []
            while true {
                guard let line = lines.popFirst(), line.count <= 64, let part = AgeHeader.decoded(line) else {
                    throw .damaged
                }
                body += part
                if line.count < 64 { break }
            }
            stanzas.append(Stanza(type: words[1], arguments: Array(words[2...]), body: body))
        }
        guard !stanzas.isEmpty else { throw .damaged }
        self.stanzas = stanzas
        self.signed = Array(bytes[..<(last.startIndex + AgeHeader.end.count)])
        self.mac = mac
    }

    /// The bytes of a header for these recipients, and a new file key.
    static func seal(fileKey: borrowing Secret, to recipients: [AgeRecipient]) throws(SealingError) -> [UInt8] {
        var bytes = firstLine
        for recipient in recipients {
            let ephemeral = try SealingPrivateKey.random()
            let share = ephemeral.publicKey.bytes
            let key = try wrapKey(
                X25519.sharedSecret(ephemeral.seed, recipient.key.bytes),
                share: share,
                recipient: recipient
            )
            var copy = fileKey.publicBytes()
            defer { Secret.wipe(&copy) }
            let body = try ChaChaPoly.seal(copy, key: key, nonce: noNonce)
            bytes += Array("-> X25519 ".utf8) + encoded(share) + [0x0a] + encoded(body) + [0x0a]
        }
        bytes += end
        return try bytes + [0x20] + encoded(mac(of: bytes, fileKey: fileKey)) + [0x0a]
    }

    /// The file key, 16 bytes, for one of these identities.
    ///
    /// - Throws: `SealingError.keyMismatch` when the file is for none of them, `SealingError.damaged` when a stanza that is
    ///   ours to read is malformed or the MAC does not fit.
    func fileKey(for identities: [AgeIdentity]) throws(SealingError) -> Secret {
        // A passphrase stanza stands alone (c2sp.org/age, "scrypt recipient stanza"), so that nobody mixes it in.
        let passphrases = stanzas.count { $0.type.elementsEqual("scrypt".utf8) }
        guard passphrases == 0 || stanzas.count == 1 else { throw .damaged }
        // All of ours have to be well-formed, also behind the one that opens.
        var own: [(share: [UInt8], body: [UInt8])] = []
        for stanza in stanzas where stanza.type.elementsEqual("X25519".utf8) {
            guard stanza.arguments.count == 1, let share = AgeHeader.decoded(stanza.arguments[0]), share.count == 32,
                stanza.body.count == AgeHeader.fileKeyCount + ChaChaPoly.tagCount
            else { throw .damaged }
            own.append((share, stanza.body))
        }
        for (share, body) in own {
            for identity in identities {
                guard let key = try AgeHeader.open(body, share: share, with: identity) else { continue }
                guard MAC.areEqual(try AgeHeader.mac(of: signed, fileKey: key), mac) else { throw .damaged }
                return key
            }
        }
        throw .keyMismatch
    }

    private static func open(_ body: [UInt8], share: [UInt8], with identity: AgeIdentity) throws(SealingError)
        -> Secret?
    {
        do {
            let key = try wrapKey(
                X25519.sharedSecret(identity.key.seed, share),
                share: share,
                recipient: identity.recipient
            )
            var opened = try ChaChaPoly.open(body, key: key, nonce: noNonce)
            let fileKey = try Secret(moving: &opened)
            return consume fileKey
        } catch .damaged {
            // Somebody else's stanza.
            return nil
        } catch .libcrypto {
            // A share of low order is no recipient's: the header was tampered with.
            throw .damaged
        }
    }

    private static func wrapKey(
        _ shared: borrowing Secret,
        share: [UInt8],
        recipient: AgeRecipient
    ) throws(SealingError) -> Secret {
        try KeyDerivation.hkdfSHA256(
            shared,
            salt: share + recipient.key.bytes,
            info: Array("age-encryption.org/v1/X25519".utf8),
            count: 32
        )
    }

    private static func mac(of bytes: [UInt8], fileKey: borrowing Secret) throws(SealingError) -> [UInt8] {
        let key = try KeyDerivation.hkdfSHA256(fileKey, salt: [], info: Array("header".utf8), count: 32)
        return try MAC.hmacSHA256(key: key, bytes)
    }
}
