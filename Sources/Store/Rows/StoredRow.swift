/// One sealed row: what the store keeps of anything, and all that it can know of it.
public struct StoredRow: Hashable, Sendable {
    /// What the row is.
    public let kind: RowKind
    /// The row's identifier, 1 to 64 bytes, unique within its kind.
    public let id: [UInt8]
    /// What the row belongs to (a case, a team), nil or 1 to 64 bytes; rows are listed by it.
    public let owner: [UInt8]?
    /// A blind index value, nil or 1 to 64 bytes; several rows may share one.
    public let index: [UInt8]?
    /// The row's version, from 1; it only grows.
    public let version: Int
    /// The sealed bytes, 1 byte to 16 MiB.
    public let sealed: [UInt8]

    /// Makes a row of its parts; `put` checks the sizes.
    public init(
        kind: RowKind,
        id: [UInt8],
        owner: [UInt8]? = nil,
        index: [UInt8]? = nil,
        version: Int,
        sealed: [UInt8]
    ) {
        self.kind = kind
        self.id = id
        self.owner = owner
        self.index = index
        self.version = version
        self.sealed = sealed
    }
}
