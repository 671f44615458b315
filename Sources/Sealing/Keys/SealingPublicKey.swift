/// An X25519 public key (RFC 7748): whoever has it can seal something to the holder of the private one.
public struct SealingPublicKey: Hashable, Sendable {
    /// The 32 bytes of the u-coordinate.
    public let bytes: [UInt8]

    /// A key from its 32 bytes; nil for any other length. A key of low order is refused at its first use.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }
}
