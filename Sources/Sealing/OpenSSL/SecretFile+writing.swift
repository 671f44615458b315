import Glibc

extension SecretFile {
    /// Why a secret could not be written or read.
    public enum WritingRefusal: Error, Hashable, Sendable {
        /// Something stands there already: it is never written over.
        case exists
        /// The system refused; the number is that of errno.h.
        case refused(Int32)
    }

    /// Makes a file that only its owner can read, whole and on the disk when it returns; nothing is there otherwise.
    ///
    /// - Throws: `WritingRefusal`.
    public static func create(_ path: String, holding secret: borrowing Secret) throws(WritingRefusal) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw errno == EEXIST ? .exists : .refused(errno) }
        defer { _ = close(file) }
        do throws(WritingRefusal) {
            try write(secret, to: file)
            guard fsync(file) == 0 else { throw WritingRefusal.refused(errno) }
        } catch {
            _ = unsafe unlink(path)
            throw error
        }
    }

    /// Writes all bytes of a secret to an open file, such as standard output.
    ///
    /// - Throws: `WritingRefusal.refused`.
    public static func write(_ secret: borrowing Secret, to file: Int32) throws(WritingRefusal) {
        try unsafe secret.withBytes { bytes throws(WritingRefusal) in
            var done = 0
            while done < bytes.count {
                let put = unsafe Glibc.write(file, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
                if put < 0, errno == EINTR { continue }
                guard put > 0 else { throw .refused(errno) }
                done += put
            }
        }
    }

    /// One line of an open file, such as standard input, without its end; nil when there is none, or it is longer than
    /// asked for. What is behind the line is left in the file.
    public static func line(of file: Int32, atMost count: Int) throws(SealingError) -> Secret? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 1)
        defer { Secret.wipe(&bytes) }
        var byte: UInt8 = 0
        while bytes.count <= count {
            let got = unsafe Glibc.read(file, &byte, 1)
            if got < 0, errno == EINTR { continue }
            guard got == 1, byte != UInt8(ascii: "\n") else {
                return got == 1 || !bytes.isEmpty ? try Secret(copying: bytes) : nil
            }
            bytes.append(byte)
        }
        return nil
    }
}
