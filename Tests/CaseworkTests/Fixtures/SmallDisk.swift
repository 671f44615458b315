import Foundation
import Glibc

/// A small file system in memory that can be filled (DECISIONS 27), unmounted when the test lets go of it.
final class SmallDisk {
    let scratch: Scratch

    /// Nil when the system does not let this user mount one: the caller's test then did not run, and this says so.
    init?(kilobytes: Int) throws {
        scratch = try Scratch()
        guard Scratch.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "leeward-test", scratch.folder])
        else {
            print("NOT RUN: a full disk (mounting a small file system needs root)")
            return nil
        }
    }

    deinit {
        _ = Scratch.run("/bin/umount", ["-l", scratch.folder])
    }

    /// Takes all the space that is left; says whether the disk is full then.
    func fill() -> Bool {
        let descriptor = unsafe open(scratch.path("filler"), O_RDWR | O_CREAT, 0o600)
        defer { close(descriptor) }
        let block = [UInt8](repeating: 1, count: 4096)
        while unsafe write(descriptor, block, block.count) > 0 {}
        return errno == ENOSPC
    }

    func clear() {
        _ = unsafe unlink(scratch.path("filler"))
    }
}
