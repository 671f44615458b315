import Glibc

/// An open file of the system with the few calls that durability needs; every return code is checked where it is made.
final class OpenFile: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        // A child process that is being started holds copies of the descriptor until it runs its own program; closing this one
        // alone would leave the file locked as long, also after an opening that failed.
        unlock()
        _ = Glibc.close(descriptor)
    }

    /// Opens a file for reading and writing, readable by its owner alone, made when missing.
    static func open(_ path: String, isFresh: Bool = false) throws(StoreError) -> OpenFile {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (isFresh ? O_TRUNC : 0)
        let descriptor = unsafe Glibc.open(path, flags, 0o600)
        guard descriptor >= 0 else { throw .cannotOpen(code: -Int(errno)) }
        return OpenFile(descriptor: descriptor)
    }

    /// Opens a folder, to sync the names in it.
    static func openFolder(_ path: String) throws(StoreError) -> OpenFile {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(code: -Int(errno)) }
        return OpenFile(descriptor: descriptor)
    }

    /// Takes the file for this opening alone, without waiting.
    func lock() throws(StoreError) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK ? .inUse : .cannotOpen(code: -Int(errno))
        }
    }

    /// Gives the lock up at once, also for copies of the descriptor that a child process has not closed yet.
    func unlock() {
        // Closing would do it too; that it fails changes nothing.
        _ = flock(descriptor, LOCK_UN)
    }

    /// The file's length in bytes.
    func length() throws(StoreError) -> Int {
        let end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0 else { throw .ioError(code: -Int(errno)) }
        return Int(end)
    }

    /// Reads so many bytes from a place; fewer come only at the end of the file.
    func read(_ count: Int, at offset: Int) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + done },
                    count - done,
                    off_t(offset + done)
                )
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .ioError(code: -Int(errno)) }
            if got == 0 { break }
            done += got
        }
        bytes.removeLast(count - done)
        return bytes
    }

    /// Writes all bytes at a place; on failure some of them may be on the disk.
    func write(_ bytes: [UInt8], at offset: Int) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            let put = unsafe bytes.withUnsafeBytes { buffer in
                unsafe pwrite(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + done },
                    bytes.count - done,
                    off_t(offset + done)
                )
            }
            if put < 0, errno == EINTR { continue }
            guard put > 0 else {
                throw errno == ENOSPC || errno == EDQUOT ? .full : .ioError(code: -Int(errno))
            }
            done += put
        }
    }

    /// Returns once the file's bytes and length are on the disk.
    func sync() throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw .ioError(code: -Int(errno)) }
    }

    /// Cuts the file to a length.
    func cut(to length: Int) throws(StoreError) {
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw .ioError(code: -Int(errno)) }
    }

    /// Gives the file real blocks up to a length.
    func reserve(_ length: Int) throws(StoreError) {
        let code = posix_fallocate(descriptor, 0, off_t(length))
        guard code == 0 else {
            throw code == ENOSPC || code == EDQUOT ? .full : .ioError(code: -Int(code))
        }
    }

    /// The share of the file system that is used, from 0 to 1, as seen by a user who is not root.
    func usedShare() throws(StoreError) -> Double {
        var volume = statvfs()
        guard unsafe fstatvfs(descriptor, &volume) == 0 else { throw .ioError(code: -Int(errno)) }
        let used = volume.f_blocks - volume.f_bfree
        let within = used + volume.f_bavail
        return within == 0 ? 1 : Double(used) / Double(within)
    }

    /// Puts one name in place of another, at once and wholly.
    static func rename(_ path: String, to other: String) throws(StoreError) {
        guard unsafe Glibc.rename(path, other) == 0 else { throw .ioError(code: -Int(errno)) }
    }

    /// Gives a file a second name, which must be free.
    static func link(_ path: String, as other: String) throws(StoreError) {
        guard unsafe Glibc.link(path, other) == 0 else { throw .ioError(code: -Int(errno)) }
    }

    /// Whether two names are of one file; false where either is missing.
    static func isSame(_ path: String, as other: String) -> Bool {
        var (left, right) = (stat(), stat())
        guard unsafe lstat(path, &left) == 0, unsafe lstat(other, &right) == 0 else { return false }
        return left.st_dev == right.st_dev && left.st_ino == right.st_ino
    }

    /// Whether there is something of that name.
    static func exists(_ path: String) -> Bool {
        var found = stat()
        return unsafe lstat(path, &found) == 0
    }

    /// Writes zeros over all bytes of a file, and returns once they are on the disk.
    func overwrite() throws(StoreError) {
        try write([UInt8](repeating: 0, count: try length()), at: 0)
        try sync()
    }

    /// Removes a name; one that is not there is no failure.
    static func remove(_ path: String) throws(StoreError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw .ioError(code: -Int(errno)) }
    }

    /// The folder that holds a path.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
