/// One signed checkpoint of the audit log as the store keeps it.
public struct CheckpointRow: Hashable, Sendable {
    /// How many entries the checkpoint covers.
    public let size: Int
    /// The signed note, whole.
    public let note: [UInt8]
}
