import Glibc

/// The one way from a file to a `Secret`: the file is opened once, its mode is looked at on what was opened, and its bytes
/// go into locked memory alone.
public enum SecretFile {
    /// Why a file is not taken as a secret.
    public enum Refusal: Error, Hashable, Sendable {
        /// There is no such file.
        case missing
        /// A folder, a link or a device.
        case notAFile
        /// Its group or everybody can read or write it; the mode's lowest nine bits.
        case readableByOthers(mode: UInt32)
        /// Neither this user nor root owns it, so that somebody else can change it.
        case otherOwner
        /// The system refused to open or read it.
        case unreadable
        /// It has more bytes than were expected.
        case tooLong
    }

    /// The bytes of a file that only its owner can read.
    ///
    /// In the folder that systemd made for this service's credentials, a file of root may show the group's read bit: there
    /// it is the mask of the one access entry for the service's user, not a group (acl(5), systemd.exec(5)).
    ///
    /// - Throws: `Refusal`; nothing was read for every case but `unreadable` and `tooLong`.
    public static func read(
        _ path: String,
        inSystemdFolder folder: String? = nil,
        atMost bytes: Int
    ) throws(Refusal) -> Secret {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else {
            switch errno {
            case ENOENT, ENOTDIR: throw .missing
            case ELOOP: throw .notAFile
            default: throw .unreadable
            }
        }
        defer { _ = close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw .unreadable }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        guard status.st_uid == geteuid() || status.st_uid == 0 else { throw .otherOwner }
        let mode = status.st_mode & 0o777
        var forbidden: mode_t = 0o077
        if let folder, status.st_uid == 0, status.st_gid == 0, path.hasPrefix(folder + "/") { forbidden = 0o037 }
        guard mode & forbidden == 0 else { throw .readableByOthers(mode: mode) }
        guard status.st_size <= bytes else { throw .tooLong }
        return try contents(of: file, count: Int(status.st_size))
    }

    /// Lends the bytes of such a file as an array, for a library that takes no `Secret`; the array is wiped afterwards, a copy
    /// of it is not.
    ///
    /// - Throws: as ``read(_:inSystemdFolder:atMost:)``.
    public static func withBytes<Value>(
        of path: String,
        inSystemdFolder folder: String? = nil,
        atMost bytes: Int,
        _ body: ([UInt8]) -> Value
    ) throws(Refusal) -> Value {
        let secret = try read(path, inSystemdFolder: folder, atMost: bytes)
        var array = secret.publicBytes()
        defer { Secret.wipe(&array) }
        return body(array)
    }

    private static func contents(of file: Int32, count: Int) throws(Refusal) -> Secret {
        do {
            return try unsafe Secret(count: count, calling: "read") { target in
                var done = 0
                while done < count {
                    let got = unsafe Glibc.read(file, target.baseAddress.map { unsafe $0 + done }, count - done)
                    if got < 0, errno == EINTR { continue }
                    guard got > 0 else { return 0 }
                    done += got
                }
                return 1
            }
        } catch {
            throw .unreadable
        }
    }
}
