import Foundation
public import Sealing

/// Files as age files for whoever keeps the key of the backups in a safe: written and read piece by piece.
public enum SealedCopy {
    /// One read from the disk: large enough that calls cost nothing, small enough to be no load.
    private static let pieceBytes = 1 << 20

    /// Seals a file to a recipient; what is made is its owner's alone, on the disk, and is removed again when it fails.
    /// `progress` hears how many bytes are done of how many.
    ///
    /// - Throws: ``BackupRefusal/disk``.
    public static func seal(
        _ path: String,
        to recipient: AgeRecipient,
        at other: String,
        progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) throws(BackupRefusal) {
        do {
            let (source, all) = try opened(path)
            let target = try made(other)
            var writer = try AgeWriter(to: [recipient])
            var done = 0
            while let piece = try source.read(upToCount: pieceBytes), !piece.isEmpty {
                try target.write(contentsOf: Data(try writer.seal(Array(piece))))
                done += piece.count
                progress(done, all)
            }
            try target.write(contentsOf: Data(try writer.finish()))
            try target.synchronize()
            try target.close()
        } catch {
            remove(other)
            throw .disk
        }
    }

    /// Opens an age file; what is made is its owner's alone and is removed again when it fails. `bytes` is how long the file
    /// was when it was written, where that is known: a shorter one is told from a changed one by it.
    ///
    /// - Throws: ``BackupRefusal``.
    public static func open(
        _ path: String,
        with identity: AgeIdentity,
        at other: String,
        wrote bytes: Int? = nil,
        progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) throws(BackupRefusal) {
        do {
            let (source, all) = try opened(path)
            if let bytes, all < bytes { throw BackupRefusal.cutShort }
            let target = try made(other)
            var reader = try AgeReader(fileCount: all, identities: [identity])
            var done = 0
            while let piece = try source.read(upToCount: pieceBytes), !piece.isEmpty {
                try target.write(contentsOf: Data(try reader.open(Array(piece))))
                done += piece.count
                progress(done, all)
            }
            try reader.finish()
            try target.synchronize()
            try target.close()
        } catch {
            remove(other)
            throw refusal(error)
        }
    }

    /// Seals bytes, which are few, to a recipient.
    ///
    /// - Throws: ``BackupRefusal/disk``.
    public static func seal(_ bytes: [UInt8], to recipient: AgeRecipient, at other: String) throws(BackupRefusal) {
        do {
            let target = try made(other)
            try target.write(contentsOf: Data(try AgeWriter.file(bytes, to: [recipient])))
            try target.synchronize()
            try target.close()
        } catch {
            remove(other)
            throw .disk
        }
    }

    /// The content of a small age file.
    ///
    /// - Throws: ``BackupRefusal``.
    public static func contents(of path: String, with identity: AgeIdentity) throws(BackupRefusal) -> [UInt8] {
        guard let file = FileManager.default.contents(atPath: path) else { throw .disk }
        do {
            return try AgeReader.content(of: Array(file), identities: [identity])
        } catch {
            throw refusal(error)
        }
    }

    private static func refusal(_ error: any Error) -> BackupRefusal {
        switch error {
        case let refusal as BackupRefusal: refusal
        case SealingError.keyMismatch: .otherKey
        case SealingError.unknownFormat: .noBackup
        case is SealingError: .changed
        default: .disk
        }
    }

    private static func opened(_ path: String) throws -> (FileHandle, Int) {
        guard let file = FileHandle(forReadingAtPath: path) else { throw BackupRefusal.disk }
        let all = try file.seekToEnd()
        try file.seek(toOffset: 0)
        return (file, Int(all))
    }

    private static func made(_ path: String) throws -> FileHandle {
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: attributes),
            let file = FileHandle(forWritingAtPath: path)
        else { throw BackupRefusal.disk }
        return file
    }

    private static func remove(_ path: String) {
        // What cannot be removed is said by the next listing of the folder.
        try? FileManager.default.removeItem(atPath: path)
    }
}
