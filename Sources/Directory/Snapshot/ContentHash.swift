/// What the files of a folder hold, as 16 bytes: two XXH64 hashes, under the seeds 0 and 1, of a list with a line a file,
/// in the order of their names. It tells whether something was changed. It is no defence against somebody who wants two
/// folders to look alike.
///
/// A line is the name's length in bytes (8), the name, the content's length in bytes (8), and XXH64 of the content under
/// the seeds 0 and 1 (8 each); numbers are big-endian.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    /// Under the seed 0.
    public let first: UInt64
    /// Under the seed 1.
    public let second: UInt64

    /// A hash as a snapshot states it.
    public init(first: UInt64, second: UInt64) {
        self.first = first
        self.second = second
    }

    /// The hash of files, which must come in the order of their names.
    public init(files: [(name: String, content: [UInt8])]) {
        var list = List()
        for file in files { list.add(file.name, file.content) }
        self = list.hash
    }

    /// 32 hexadecimal digits.
    public var description: String {
        [first, second].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// The list while it grows, so that no two contents need be in memory at once.
    struct List {
        private var lines = SnapshotOutput()
        private(set) var files = 0

        /// Adds the next file by name.
        mutating func add(_ name: String, _ content: [UInt8]) {
            files += 1
            lines.word(UInt64(name.utf8.count))
            lines.raw(name.utf8)
            lines.word(UInt64(content.count))
            lines.word(XXH64.hash(content.span, seed: 0))
            lines.word(XXH64.hash(content.span, seed: 1))
        }

        /// The hash of the files added.
        var hash: ContentHash {
            ContentHash(
                first: XXH64.hash(lines.bytes.span, seed: 0),
                second: XXH64.hash(lines.bytes.span, seed: 1)
            )
        }
    }
}
