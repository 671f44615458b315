import Synchronization

/// A file that one process holds, so that a second one keeps out of a folder. It ends with the process, however that ends.
public final class FolderLock: Sendable {
    private let file: Mutex<OpenFile?>

    /// Takes the lock and notes in the file who holds it.
    ///
    /// - Throws: `inUse` when another process, or this one, holds it; `cannotOpen`, `full` or `ioError`.
    public init(path: String, holder: String) throws(StoreError) {
        let file = try OpenFile.open(path)
        try file.lock()
        try file.cut(to: 0)
        try file.write(Array(holder.utf8.prefix(Limits.lockHolderBytes)), at: 0)
        self.file = Mutex(file)
    }

    deinit {
        release()
    }

    /// Who holds the lock, as they noted it; nil when nothing can be read there.
    public static func holder(of path: String) -> String? {
        // Only said to a person: that it cannot be read changes nothing.
        guard let file = try? OpenFile.open(path), let bytes = try? file.read(Limits.lockHolderBytes, at: 0),
            !bytes.isEmpty
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Gives the lock up; a second time does nothing.
    public func release() {
        file.withLock { file in
            file?.unlock()
            file = nil
        }
    }
}
