/// What can be read of a sealed or signed object without any key: its kind, and which key it is under.
public struct ObjectMark: Hashable, Sendable {
    /// What it is.
    public let kind: ObjectKind
    /// The id of the key that opens it, 16 bytes; it says nothing of the key.
    public let keyID: [UInt8]

    /// Reads the header of an object; nil when these bytes have none that this program knows.
    public init?(of object: [UInt8]) {
        do {
            let header = try Header(of: object)
            kind = header.kind
            keyID = header.keyID
        } catch {
            return nil
        }
    }
}
