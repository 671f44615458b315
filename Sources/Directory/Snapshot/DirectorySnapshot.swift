import Foundation

// A snapshot, byte by byte (docs/formats/directory-snapshot.md has every field and an example):
//
//     bytes  what
//     8      89 4c 57 44 0d 0a 1a 0a
//     4      version
//     8      XXH64 of the names of all cases that the body refers to by their place
//     16     hash of the files' names and contents
//     8      length of the body
//     …      the body: 21 sections, each of length (8), number of items (8), items
//     8      XXH64 of everything before it
//
// Numbers of a fixed length are big-endian. It is a cache on the machine that made it: nothing reads an older version, and
// a reader that finds another one reads the files. So the rules for changing it are two: a change of the layout, or of what
// the files' reader makes of the same files, raises `version`, which a test with a fixed example enforces; and a field that
// is added to a type of the directory is added here, which a test over all fields enforces.

/// The directory in a form that is read many times faster than the files, and only in place of just the files that it was
/// made from (DECISIONS 24). It is checked against damage, not against an attacker: who can write the snapshot can change
/// what is read out to a child, so it belongs where only the server's own user and the editors can write.
public enum DirectorySnapshot {
    /// Of the layout, and of what the reader of the files makes of them.
    static let version: UInt32 = 3
    private static let mark: [UInt8] = [0x89, 0x4C, 0x57, 0x44, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The snapshot of a directory that was read from files with this hash. The same directory gives the same bytes.
    public static func bytes(of directory: ServiceDirectory, contentHash: ContentHash) -> [UInt8] {
        let sections = SnapshotWriter.sections(of: directory)
        var output = SnapshotOutput()
        output.raw(mark)
        output.raw((0..<4).map { UInt8(truncatingIfNeeded: version >> (24 - 8 * $0)) })
        output.word(SnapshotCases().hash)
        output.word(contentHash.first)
        output.word(contentHash.second)
        output.word(UInt64(sections.reduce(0) { $0 + 16 + $1.body.count }))
        for section in sections { section.write(to: &output) }
        output.word(XXH64.hash(output.bytes.span))
        return output.bytes
    }

    /// The directory that a snapshot holds; nil when it is of other files, of another version, or names a time zone that
    /// is not known on this machine, which the reader of the files would report.
    ///
    /// - Throws: ``SnapshotError/damaged`` when the bytes are no snapshot or not all of it; nothing of it is then used.
    public static func directory(
        in bytes: [UInt8],
        expecting contentHash: ContentHash
    ) throws(SnapshotError) -> ServiceDirectory? {
        var input = SnapshotInput(bytes)
        return try directory(in: &input, expecting: contentHash)
    }

    /// Writes the snapshot to a file, whole or not at all: another process sees the old one or the new one.
    ///
    /// - Throws: ``SnapshotError/unwritable`` when it cannot be written there; what was there is then still there.
    public static func write(
        _ directory: ServiceDirectory,
        contentHash: ContentHash,
        to path: String
    ) throws(SnapshotError) {
        let bytes = bytes(of: directory, contentHash: contentHash)
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .unwritable
        }
    }

    /// The directory of the snapshot in a file; nil when there is no such file, or when the snapshot is of other files, of
    /// another version, or names a time zone that is not known on this machine.
    ///
    /// - Throws: ``SnapshotError/unreadable``, or ``SnapshotError/damaged`` when the file holds no snapshot or not all of
    ///   it; nothing of it is then used, and the files are to be read.
    public static func read(
        _ path: String,
        expecting contentHash: ContentHash
    ) throws(SnapshotError) -> ServiceDirectory? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        // Anything but a plain file could keep the reader waiting for ever.
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular,
            let file = FileHandle(forReadingAtPath: path)
        else { throw .unreadable }
        var input = SnapshotInput(file, count: (attributes[.size] as? NSNumber)?.intValue ?? 0)
        return try directory(in: &input, expecting: contentHash)
    }

    /// The directory of the last snapshot that was written to a file, whatever the country files hold now, and what they
    /// held then; nil as for ``read(_:expecting:)``. Only for a server that starts while the files have problems: it goes
    /// on with what it had.
    ///
    /// - Throws: as ``read(_:expecting:)``.
    public static func last(
        _ path: String
    ) throws(SnapshotError) -> (directory: ServiceDirectory, content: ContentHash)? {
        // A file that cannot be read is reported by the reading that follows.
        let head = try? FileHandle(forReadingAtPath: path)?.read(upToCount: headBytes)
        let stated = Array((head ?? nil) ?? Data())
        guard stated.count == headBytes else { return nil }
        func word(_ offset: Int) -> UInt64 { stated[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        let content = ContentHash(first: word(headBytes - 16), second: word(headBytes - 8))
        return try read(path, expecting: content).map { ($0, content) }
    }

    /// Mark, version, hash of the names, and the hash of the files behind it.
    private static let headBytes = 8 + 4 + 8 + 16

    /// Reads the head, and goes on only when the body fits. Nothing is handed out before the checksum has been compared.
    private static func directory(
        in input: inout SnapshotInput,
        expecting contentHash: ContentHash
    ) throws(SnapshotError) -> ServiceDirectory? {
        for byte in mark where try input.byte() != byte { throw .damaged }
        var version: UInt32 = 0
        for _ in 0..<4 { version = version << 8 | UInt32(try input.byte()) }
        let cases = try input.word()
        let hash = ContentHash(first: try input.word(), second: try input.word())
        guard version == Self.version, cases == SnapshotCases().hash, hash == contentHash else { return nil }
        let length = try input.word()
        guard input.left >= SnapshotInput.checksumCount,
            length == UInt64(input.left - SnapshotInput.checksumCount)
        else { throw .damaged }
        try input.begin()
        let (directory, zones) = try SnapshotReader.read(&input)
        return zones.allSatisfy { TimeZone(identifier: $0) != nil } ? directory : nil
    }
}
