// The payload of an age file, after its header:
//
//   nonce     16   random
//   chunks         each 65,536 bytes of content and a tag of 16; the last one is shorter or full, and empty only when the
//                  content is
//
//   key                 HKDF-SHA-256(file key, salt = nonce, info = "payload")
//   nonce of chunk n    n in 11 bytes, big-endian, then 1 for the last chunk and 0 for the others (the STREAM construction)

/// The chunks of an age file's payload, for a file key and a nonce.
struct AgePayload: ~Copyable {
    static let nonceCount = 16
    static let chunkCount = 65_536
    static let sealedChunkCount = chunkCount + ChaChaPoly.tagCount

    private let key: Secret
    private var number: UInt64 = 0

    init(fileKey: borrowing Secret, nonce: [UInt8]) throws(SealingError) {
        key = try KeyDerivation.hkdfSHA256(fileKey, salt: nonce, info: Array("payload".utf8), count: 32)
    }

    /// The length of the content in chunks of this length together; nil when no content has such chunks.
    static func contentCount(ofChunks count: Int) -> Int? {
        guard count >= ChaChaPoly.tagCount else { return nil }
        let chunks = (count + sealedChunkCount - 1) / sealedChunkCount
        let last = count - (chunks - 1) * sealedChunkCount - ChaChaPoly.tagCount
        // An empty last chunk after others would be a second way to write the same content.
        guard last > 0 || (last == 0 && chunks == 1) else { return nil }
        return count - chunks * ChaChaPoly.tagCount
    }

    mutating func seal(_ chunk: some Collection<UInt8>, isLast: Bool) throws(SealingError) -> [UInt8] {
        defer { number += 1 }
        return try ChaChaPoly.seal(chunk, key: key, nonce: nonce(isLast))
    }

    mutating func open(_ chunk: some Collection<UInt8>, isLast: Bool) throws(SealingError) -> [UInt8] {
        defer { number += 1 }
        return try ChaChaPoly.open(chunk, key: key, nonce: nonce(isLast))
    }

    private func nonce(_ isLast: Bool) -> [UInt8] { [0, 0, 0] + number.bigEndianBytes + [isLast ? 1 : 0] }
}
