/// An Ed25519 public key (RFC 8032): it tells whether a signature was made by the holder of the private one.
public struct VerifyingKey: Hashable, Sendable {
    /// The 32 bytes of RFC 8032, section 5.1.2.
    public let bytes: [UInt8]

    /// A key from its 32 bytes; nil for any other length. Whether they are a point of the curve shows at the first use:
    /// then no signature is valid.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Whether the 64-byte signature was made over the message by the holder of this key; false for any other length.
    public func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
        Ed25519.verify(signature: signature, message: message, key: bytes)
    }
}
