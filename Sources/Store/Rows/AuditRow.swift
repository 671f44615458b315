/// One entry of the audit log as the store keeps it.
public struct AuditRow: Hashable, Sendable {
    /// The entry's place in the log, from 0, without gaps.
    public let seq: Int
    /// The canonical bytes of the entry, 1 byte to 2 kB.
    public let entry: [UInt8]
    /// Its RFC 6962 leaf hash, 32 bytes.
    public let leaf: [UInt8]
}
