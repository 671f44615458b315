import GRDB

/// What a transaction and a read can both look at: sealed rows, the audit log, checkpoints and meta values.
///
/// All of one transaction, or of one read, sees one and the same state of the store.
public protocol RowReading: ~Copyable {
    /// The connection that the reading goes through; opaque outside `Store`.
    var connection: Connection { get }
}

extension RowReading where Self: ~Copyable {
    /// The row of a kind with this identifier, nil when there is none.
    ///
    /// - Throws: what the engine reports, as `StoreError`; an I/O error stops the store.
    public func row(_ kind: RowKind, id: [UInt8]) throws(StoreError) -> StoredRow? {
        try connection.step { db in
            try db.first(Queries.row, [kind.bound, .bytes(id)]) { try StoredRow($0) }
        }
    }

    /// The version of a row without its bytes, nil when there is none: enough to decide whether something is stale.
    ///
    /// - Throws: as for `row`.
    public func version(_ kind: RowKind, id: [UInt8]) throws(StoreError) -> Int? {
        try connection.step { db in
            try db.first(Queries.version, [kind.bound, .bytes(id)]) { try $0.integer(0) }
        }
    }

    /// Rows of a kind in the order of their identifiers, of one owner or of all; the identifier of the last row of a
    /// page, given as `after`, brings the next page.
    ///
    /// - Throws: as for `row`.
    public func rows(
        _ kind: RowKind,
        owner: [UInt8]? = nil,
        after: [UInt8]? = nil,
        limit: Int
    ) throws(StoreError) -> [StoredRow] {
        try connection.step { db in
            let page = [Bound.optional(after), .integer(max(limit, 0))]
            guard let owner else {
                return try db.all(Queries.rowsOfKind, [kind.bound] + page) { try StoredRow($0) }
            }
            return try db.all(Queries.rowsOfOwner, [kind.bound, .bytes(owner)] + page) { try StoredRow($0) }
        }
    }

    /// Rows of a kind with this blind index value, in the order of their identifiers; at most `limit`. The identifier of
    /// the last row of a page, given as `after`, brings the next page.
    ///
    /// - Throws: as for `row`.
    public func rows(
        _ kind: RowKind,
        index: [UInt8],
        after: [UInt8]? = nil,
        limit: Int = 1000
    ) throws(StoreError) -> [StoredRow] {
        try connection.step { db in
            let values = [kind.bound, Bound.bytes(index), .optional(after), .integer(max(limit, 0))]
            return try db.all(Queries.rowsOfIndex, values) { try StoredRow($0) }
        }
    }

    /// How many rows of a kind there are, of one owner or of all.
    ///
    /// - Throws: as for `row`.
    public func count(_ kind: RowKind, owner: [UInt8]? = nil) throws(StoreError) -> Int {
        try connection.step { db in
            guard let owner else {
                return try db.first(Queries.countOfKind, [kind.bound]) { try $0.integer(0) } ?? 0
            }
            return try db.first(Queries.countOfOwner, [kind.bound, .bytes(owner)]) { try $0.integer(0) } ?? 0
        }
    }

    /// How many entries the audit log has; the next entry gets this number.
    ///
    /// - Throws: as for `row`.
    public func auditSize() throws(StoreError) -> Int {
        try connection.step { db in
            try db.first(Queries.auditSize, []) { try $0.integer(0) } ?? 0
        }
    }

    /// Entries of the audit log from a number on, in order, at most `limit`.
    ///
    /// - Throws: as for `row`.
    public func auditEntries(from seq: Int, limit: Int) throws(StoreError) -> [AuditRow] {
        try connection.step { db in
            try db.all(Queries.auditEntries, [.integer(seq), .integer(max(limit, 0))]) { row in
                AuditRow(seq: try row.integer(0), entry: try row.bytes(1), leaf: try row.bytes(2))
            }
        }
    }

    /// Leaf hashes of the audit log from a number on, in order, at most `limit`.
    ///
    /// - Throws: as for `row`.
    public func auditLeaves(from seq: Int = 0, limit: Int = .max) throws(StoreError) -> [[UInt8]] {
        try connection.step { db in
            try db.all(Queries.auditLeaves, [.integer(seq), .integer(max(limit, 0))]) { try $0.bytes(0) }
        }
    }

    /// The checkpoint written last, nil before the first.
    ///
    /// - Throws: as for `row`.
    public func latestCheckpoint() throws(StoreError) -> CheckpointRow? {
        try connection.step { db in
            try db.first(Queries.latestCheckpoint, []) { CheckpointRow(size: try $0.integer(0), note: try $0.bytes(1)) }
        }
    }

    /// Checkpoints in the order in which they were written, from the given one (0 is the first), at most `limit`.
    ///
    /// - Throws: as for `row`.
    public func checkpoints(from number: Int = 0, limit: Int = .max) throws(StoreError) -> [CheckpointRow] {
        try connection.step { db in
            try db.all(Queries.checkpoints, [.integer(number), .integer(max(limit, 0))]) {
                CheckpointRow(size: try $0.integer(0), note: try $0.bytes(1))
            }
        }
    }

    /// A value kept beside the rows under a plain name (the log's origin, the tree's frontier), nil when unset.
    ///
    /// - Throws: as for `row`.
    public func meta(_ key: String) throws(StoreError) -> [UInt8]? {
        try connection.step { db in
            try db.first(Queries.meta, [.text(key)]) { try $0.bytes(0) }
        }
    }
}

extension StoredRow {
    /// Reads the columns in the order of `Queries`.
    init(_ row: borrowing Query) throws {
        guard let kind = UInt8(exactly: try row.integer(0)) else { throw StoreError.damaged(code: 0) }
        self.init(
            kind: RowKind(rawValue: kind),
            id: try row.bytes(1),
            owner: try row.optionalBytes(2),
            index: try row.optionalBytes(3),
            version: try row.integer(4),
            sealed: try row.bytes(5)
        )
    }
}
