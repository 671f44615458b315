/// What a sealed row is, as a number; the meaning is given by the module that seals, never by the store.
public struct RowKind: RawRepresentable, Hashable, Sendable {
    /// The number stored beside the row.
    public let rawValue: UInt8

    /// Names a kind by its number; every number is a kind.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}
