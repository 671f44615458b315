import Foundation
import Glibc
import Store

/// The data folder and the files in it.
struct DataFolder: Hashable, Sendable {
    /// The folder, without a slash at its end.
    let path: String

    init(_ path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    var store: String { "\(path)/leeward.sqlite" }
    var vault: String { "\(path)/leeward.vault" }
    var tombstones: String { "\(vault).tombstones" }
    var snapshot: String { "\(path)/directory.snapshot" }
    /// Held by whoever writes: two writers would break the log.
    var lockFile: String { "\(path)/leeward.lock" }

    /// Takes the folder for this process alone, until the lock is released or the process ends. `user` is the command
    /// that takes it, such as `leeward serve`: whoever comes second is told what to stop.
    ///
    /// - Throws: ``InstallationError`` when another process holds it, or the folder cannot be used.
    func lock(by user: String) throws(InstallationError) -> FolderLock {
        // Every file that this process makes from here on is its owner's alone.
        _ = umask(0o077)
        do {
            return try FolderLock(path: lockFile, holder: "\(user) \(ProcessInfo.processInfo.processIdentifier)")
        } catch .inUse {
            throw .inUse(folder: path, holder: FolderLock.holder(of: lockFile))
        } catch {
            throw .unusable(path: path, error)
        }
    }
}
