import COpenSSL

/// Bytes that must not be seen: a key, a seed, a password, a pepper.
///
/// They lie in libcrypto's locked arena (never swapped, guard pages around it), are wiped when the value ends, compare in
/// constant time, print `[redacted]`, and cannot be encoded. When the arena is full the bytes go to the ordinary heap and
/// are wiped there all the same: refusing would stop the service for people in danger, and the unit forbids swap and core
/// dumps besides (SECURITY.md section 9). `SecureMemory` tells an operator which of the two it is.
///
/// A secret has one owner (`~Copyable`); `@unchecked Sendable` because the bytes never change after the initialiser
/// returns: docs/adr/0009-secret-is-unchecked-sendable.md.
@safe public struct Secret: ~Copyable, @unchecked Sendable {
    /// The number of bytes, 0 to 1,048,576.
    public let count: Int

    private let start: UnsafeMutableRawPointer

    /// Prints `[redacted]`, whatever the bytes are.
    public var description: String { "[redacted]" }

    /// A secret with these bytes. The caller's array is not wiped: see `init(moving:)`.
    ///
    /// - Throws: `SealingError.badParameters` when it is too long, `SealingError.outOfMemory`.
    public init(copying bytes: [UInt8]) throws(SealingError) {
        try unsafe self.init(count: bytes.count, calling: "memcpy") { target in
            unsafe bytes.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
            return 1
        }
    }

    /// A secret with these bytes; the array is wiped and emptied. It reaches one copy only: an array that shares its
    /// storage with another is copied by Swift first, and the other keeps the bytes.
    ///
    /// - Throws: `SealingError.badParameters` when it is too long, `SealingError.outOfMemory`; the array is wiped then too.
    public init(moving bytes: inout [UInt8]) throws(SealingError) {
        defer { Secret.wipe(&bytes) }
        try self.init(copying: bytes)
    }

    /// As many random bytes as asked for.
    ///
    /// - Throws: `SealingError.libcrypto` when the generator has no entropy, `SealingError.outOfMemory`.
    public static func random(_ count: Int) throws(SealingError) -> Secret {
        try unsafe Secret(count: count, calling: "RAND_priv_bytes") { target in
            unsafe RAND_priv_bytes(target.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(target.count))
        }
    }

    /// A secret filled by a C function that answers 1 for success; the name goes into the error.
    init(
        count: Int,
        calling function: String,
        filling fill: (UnsafeMutableRawBufferPointer) -> Int32
    ) throws(SealingError) {
        guard (0...Limits.secretBytes).contains(count) else { throw .badParameters }
        _ = SecureMemory.state
        // The least is one byte: a null start would read as "no memory".
        guard let start = unsafe leeward_secure_malloc(max(count, 1)) ?? leeward_malloc(max(count, 1)) else {
            throw .outOfMemory
        }
        guard unsafe fill(UnsafeMutableRawBufferPointer(start: start, count: count)) == 1 else {
            unsafe leeward_wipe_and_free(start, max(count, 1))
            throw .refused(by: function)
        }
        unsafe self.start = start
        self.count = count
    }

    deinit {
        unsafe leeward_wipe_and_free(start, max(count, 1))
    }

    /// Lends the bytes for the length of the call; the pointer must not leave it.
    public borrowing func withBytes<R: ~Copyable, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// A second secret with the same bytes.
    ///
    /// - Throws: `SealingError.outOfMemory`.
    public borrowing func copy() throws(SealingError) -> Secret {
        try slice(0..<count)
    }

    /// Whether both have the same bytes, in time that depends on the lengths alone.
    public borrowing func matches(_ other: borrowing Secret) -> Bool {
        guard count == other.count else { return false }
        return unsafe CRYPTO_memcmp(start, other.start, count) == 0
    }

    /// The bytes of a range as a secret of its own.
    ///
    /// - Throws: `SealingError.badParameters` when the range is not inside, `SealingError.outOfMemory`.
    public borrowing func slice(_ range: Range<Int>) throws(SealingError) -> Secret {
        guard range.lowerBound >= 0, range.upperBound <= count else { throw .badParameters }
        let source = unsafe UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
        return try unsafe Secret(count: range.count, calling: "memcpy") { target in
            unsafe target.copyMemory(from: source)
            return 1
        }
    }

    /// This secret followed by another, as a new one.
    ///
    /// - Throws: `SealingError.badParameters` when it is too long, `SealingError.outOfMemory`.
    public borrowing func followed(by other: borrowing Secret) throws(SealingError) -> Secret {
        let (first, second) = unsafe (
            UnsafeRawBufferPointer(start: start, count: count),
            UnsafeRawBufferPointer(start: other.start, count: other.count)
        )
        return try unsafe Secret(count: first.count + second.count, calling: "memcpy") { target in
            unsafe target.copyMemory(from: first)
            unsafe UnsafeMutableRawBufferPointer(rebasing: target[first.count...]).copyMemory(from: second)
            return 1
        }
    }

    /// Overwrites the bytes and empties the array, in a way the compiler cannot leave out.
    public static func wipe(_ bytes: inout [UInt8]) {
        overwrite(&bytes)
        bytes = []
    }

    static func overwrite(_ bytes: inout [UInt8]) {
        let count = bytes.count
        unsafe OPENSSL_cleanse(&bytes, count)
    }

    /// The bytes as an array, for the parts of a secret that are public (ids, nonces, public keys beside seeds).
    borrowing func publicBytes() -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// The length without padding; nil when the padding is not the right one.
    borrowing func contentCount() -> Int? {
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
        return Padding.contentCount(in: count) { unsafe bytes[$0] }
    }
}
