import NIOCore
import Synchronization

/// A password or a token as raw bytes, on its way from the request to a desk. The bytes are overwritten when it goes;
/// it prints nothing and cannot be encoded.
final class SecretBytes: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let bytes: Mutex<[UInt8]>

    init(_ bytes: consuming sending [UInt8]) {
        self.bytes = Mutex(bytes)
    }

    deinit {
        bytes.withLock { wipe(&$0) }
    }

    var count: Int { bytes.withLock { $0.count } }

    /// Moves the bytes out: whoever takes them overwrites them. A second call gets none.
    func take() -> [UInt8] {
        bytes.withLock { held in
            let taken = held
            held = []
            return taken
        }
    }

    var description: String { "[redacted]" }
    var debugDescription: String { "[redacted]" }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// Overwrites bytes that are no longer needed. Never inlined, so that the stores are not dropped as dead.
@inline(never)
func wipe(_ bytes: inout [UInt8]) {
    for index in bytes.indices {
        bytes[index] = 0
    }
}

/// Overwrites a piece of a body where it lies in the connection's own memory, without the copy that writing to a
/// shared buffer would make. To be called on the connection's event loop: nobody else touches that memory there.
///
/// This is the one place outside `Sealing` with an unsafe pointer: SECURITY section 9 asks that buffers which held a
/// password are zeroed before the network layer gets them back, and its safe interface would zero a fresh copy.
@inline(never)
func wipe(_ buffer: ByteBuffer) {
    unsafe buffer.withUnsafeReadableBytes { readable in
        let memory = unsafe UnsafeMutableRawBufferPointer(mutating: readable)
        for index in memory.indices {
            unsafe memory[index] = 0
        }
    }
}
