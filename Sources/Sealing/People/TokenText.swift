// The text form of 32 random bytes that a client keeps, 60 characters:
//
//   mark (4) and 56 characters of base32 (0-9 a-z without i l o u) of: bytes (32), check (3)
//   check = the first 3 bytes of SHA-256(fields: the domain of the kind of token, bytes)

/// How a token is written; each kind has a mark and a domain of its own.
struct TokenText: Sendable {
    let mark: [UInt8]
    let domain: String

    private static let tokenCount = 32
    private static let checkCount = 3
    private static let letterCount = 56

    /// The token in characters of its text form.
    ///
    /// - Throws: `SealingError.badToken` when they are not one of this kind.
    func token(in text: some Collection<UInt8>) throws(SealingError) -> Secret {
        guard text.count == mark.count + TokenText.letterCount, text.starts(with: mark) else { throw .badToken }
        var values: [UInt8] = []
        values.reserveCapacity(TokenText.letterCount)
        defer { Secret.wipe(&values) }
        for character in text.dropFirst(mark.count) {
            guard let value = Base32.letters.firstIndex(of: character) else { throw .badToken }
            values.append(UInt8(value))
        }
        guard var bytes = Base32.bytes(of: values) else { throw .badToken }
        defer { Secret.wipe(&bytes) }
        var token = Array(bytes.prefix(TokenText.tokenCount))
        defer { Secret.wipe(&token) }
        guard MAC.areEqual(try check(token), Array(bytes.suffix(TokenText.checkCount))) else { throw .badToken }
        return try Secret(copying: token)
    }

    /// The characters of a token; wipe them with `Secret.wipe` once they are sent.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    func text(of token: borrowing Secret) throws(SealingError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(TokenText.tokenCount + TokenText.checkCount)
        defer { Secret.wipe(&bytes) }
        bytes += token.publicBytes()
        bytes += try check(bytes)
        var values = Base32.values(of: bytes)
        defer { Secret.wipe(&values) }
        var text = mark
        text.reserveCapacity(mark.count + TokenText.letterCount)
        for value in values { text.append(Base32.letters[Int(value)]) }
        return text
    }

    private func check(_ token: [UInt8]) throws(SealingError) -> [UInt8] {
        var fields = try Fields(domain: domain)
        try fields.add(token)
        return Array(try Digest.sha256(fields.bytes).prefix(TokenText.checkCount))
    }
}
