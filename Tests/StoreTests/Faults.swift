import Foundation
import Glibc

/// Real faults of the system, made by real calls (DECISIONS 27).
enum Faults {
    /// Lets no file of this process grow past a length; nil lifts the limit. A write past it fails with EFBIG.
    static func limitFiles(to bytes: UInt?) -> Bool {
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: rlim_t(bytes ?? .max), rlim_max: rlim_t.max)
        return unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0
    }

    /// Runs a tool and says whether it succeeded.
    static func run(_ tool: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = arguments
        process.standardError = Pipe()
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// Appends one byte to a file, at once.
    static func say(in path: String) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        let byte: [UInt8] = [1]
        _ = unsafe write(descriptor, byte, 1)
        close(descriptor)
    }
}

/// A small file system in memory, unmounted when the test lets go of it.
final class SmallDisk {
    let scratch: Scratch

    /// Nil when the system does not let this user mount one: the caller's test then did not run, and this says so.
    init?(kilobytes: Int) throws {
        scratch = try Scratch()
        guard Faults.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "leeward-test", scratch.folder])
        else {
            print("NOT RUN: a full disk (mounting a small file system needs root)")
            return nil
        }
    }

    deinit {
        _ = Faults.run("/bin/umount", ["-l", scratch.folder])
    }

    /// Takes all the space that is left; says whether the disk is full then.
    func fill() -> Bool {
        let descriptor = unsafe open(scratch.path("filler"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        let block = [UInt8](repeating: 1, count: 4096)
        while unsafe write(descriptor, block, block.count) > 0 {}
        return errno == ENOSPC
    }

    /// Gives the space back, also when a child process that another test is starting still has the file open.
    func clear() {
        _ = unsafe truncate(scratch.path("filler"), 0)
        _ = unsafe unlink(scratch.path("filler"))
    }
}
