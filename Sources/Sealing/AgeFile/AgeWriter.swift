/// Writes an age file piece by piece, never holding more than a chunk of 64 KiB besides what it is given.
public struct AgeWriter: ~Copyable {
    private var payload: AgePayload
    private var front: [UInt8]
    private var pending: [UInt8] = []

    /// A file for these recipients.
    ///
    /// - Throws: `SealingError.badParameters` without a recipient or with more than 16, `SealingError.libcrypto` for a key of
    ///   low order or without entropy.
    public init(to recipients: [AgeRecipient]) throws(SealingError) {
        guard (1...Limits.ageRecipients).contains(recipients.count) else { throw .badParameters }
        let fileKey = try Secret.random(16)
        let nonce = try Randomness.bytes(AgePayload.nonceCount)
        let front = try AgeHeader.seal(fileKey: fileKey, to: recipients) + nonce
        let payload = try AgePayload(fileKey: fileKey, nonce: nonce)
        // Room for what usually waits, so that few outgrown copies of the content are left behind.
        pending.reserveCapacity(2 * AgePayload.chunkCount)
        self.front = front
        self.payload = payload
    }

    /// Takes the next piece of the content and gives the bytes of the file that are ready, perhaps none.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public mutating func seal(_ piece: [UInt8]) throws(SealingError) -> [UInt8] {
        pending += piece
        var out = front
        front = []
        var start = 0
        // A full chunk waits until something follows it: it could be the last.
        while pending.count - start > AgePayload.chunkCount {
            out += try payload.seal(pending[start..<start + AgePayload.chunkCount], isLast: false)
            start += AgePayload.chunkCount
        }
        drop(start)
        return out
    }

    /// The end of the file.
    ///
    /// - Throws: `SealingError.libcrypto` when the library refuses.
    public consuming func finish() throws(SealingError) -> [UInt8] {
        let out = try front + payload.seal(pending, isLast: true)
        drop(pending.count)
        return out
    }

    /// A whole file in memory.
    ///
    /// - Throws: as `init(to:)`.
    public static func file(_ content: [UInt8], to recipients: [AgeRecipient]) throws(SealingError) -> [UInt8] {
        var writer = try AgeWriter(to: recipients)
        let front = try writer.seal(content)
        return try front + writer.finish()
    }

    /// Leaves the bytes from a place on, and wipes the array that held the others.
    private mutating func drop(_ count: Int) {
        guard count > 0 else { return }
        let rest = Array(pending[count...])
        Secret.wipe(&pending)
        pending = rest
    }
}
