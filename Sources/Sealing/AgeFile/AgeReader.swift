/// Reads an age file piece by piece, never holding more than its header or a chunk of 64 KiB besides what it is given.
///
/// The length of the file is asked for first, so that a length no file has is refused before anything is opened, and it is
/// known which chunk is the last. What was given out before an error is whole and in its place, and yet not the file: a
/// restore throws it away.
public struct AgeReader: ~Copyable {
    /// The length of the content; nil until the header was read.
    public private(set) var contentCount: Int?

    private let fileCount: Int
    private let identities: [AgeIdentity]
    private var taken = 0
    private var pending: [UInt8] = []
    private var payload: AgePayload?

    /// A reader of a file with this many bytes, for one of these identities.
    ///
    /// - Throws: `SealingError.badParameters` without an identity.
    public init(fileCount: Int, identities: [AgeIdentity]) throws(SealingError) {
        guard !identities.isEmpty, fileCount >= 0 else { throw .badParameters }
        self.fileCount = fileCount
        self.identities = identities
    }

    /// Takes the next piece of the file and gives the content that is ready, perhaps none.
    ///
    /// - Throws: `SealingError.unknownFormat` when it is no age file, `SealingError.keyMismatch` when it is for other
    ///   recipients, `SealingError.damaged` when it was changed, cut short or made longer, `SealingError.tooLarge` when its
    ///   header is.
    public mutating func open(_ piece: [UInt8]) throws(SealingError) -> [UInt8] {
        guard piece.count <= fileCount - taken else { throw .damaged }
        taken += piece.count
        pending += piece
        if contentCount == nil {
            guard try readHeader() else { return [] }
        }
        return try readChunks()
    }

    /// Says that the file is at its end.
    ///
    /// - Throws: `SealingError.damaged` when fewer bytes came than the file has.
    public consuming func finish() throws(SealingError) {
        guard contentCount != nil, taken == fileCount, pending.isEmpty else { throw .damaged }
    }

    /// The content of a whole file in memory.
    ///
    /// - Throws: as `open(_:)`.
    public static func content(of file: [UInt8], identities: [AgeIdentity]) throws(SealingError) -> [UInt8] {
        var reader = try AgeReader(fileCount: file.count, identities: identities)
        let content = try reader.open(file)
        try reader.finish()
        return content
    }

    /// Reads header and nonce once they are there; false when more bytes are needed.
    private mutating func readHeader() throws(SealingError) -> Bool {
        guard let headerCount = try AgeHeader.count(in: pending) else { return false }
        let front = headerCount + AgePayload.nonceCount
        guard fileCount >= front, let count = AgePayload.contentCount(ofChunks: fileCount - front) else {
            throw .damaged
        }
        guard pending.count >= front else { return false }
        let fileKey = try AgeHeader(Array(pending[..<headerCount])).fileKey(for: identities)
        payload = try AgePayload(fileKey: fileKey, nonce: Array(pending[headerCount..<front]))
        pending.removeFirst(front)
        contentCount = count
        return true
    }

    private mutating func readChunks() throws(SealingError) -> [UInt8] {
        var content: [UInt8] = []
        var start = 0
        let toCome = fileCount - taken
        while true {
            let left = toCome + pending.count - start
            let count = min(left, AgePayload.sealedChunkCount)
            guard count > 0, pending.count - start >= count else { break }
            guard let opened = try payload?.open(pending[start..<start + count], isLast: left == count) else {
                throw .damaged
            }
            content += opened
            start += count
        }
        pending.removeFirst(start)
        return content
    }
}
