/// A look at one state of the store; nothing can be changed through it, and it ends with the block it is lent to.
public struct Reading: RowReading, ~Copyable {
    /// The connection that the reading goes through; opaque outside `Store`.
    public let connection: Connection
}
