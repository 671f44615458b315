import GRDB

/// One durable commit in the making; it ends with the block it is lent to, and everything in it is kept or nothing.
public struct Transaction: RowReading, ~Copyable {
    /// The connection that the transaction goes through; opaque outside `Store`.
    public let connection: Connection

    /// Writes a row: a new one when `expecting` is nil, else in place of the version expected. A conflict changes
    /// nothing, and the row's own version must be greater than the one expected.
    ///
    /// - Throws: `conflict` when the row stands at another version; `invalid` when the row breaks a size or its version
    ///   does not grow; else what the engine reports.
    public func put(_ row: StoredRow, expecting version: Int?) throws(StoreError) {
        try connection.step { db in
            guard row.version > version ?? 0, row.sealed.count <= Limits.sealedBytes else {
                throw StoreError.invalid
            }
            let changed =
                if let version {
                    try db.change(
                        Queries.update,
                        [
                            .optional(row.owner), .optional(row.index), .integer(row.version), .bytes(row.sealed),
                            row.kind.bound, .bytes(row.id), .integer(version),
                        ]
                    )
                } else {
                    try db.change(
                        Queries.insert,
                        [
                            row.kind.bound, .bytes(row.id), .optional(row.owner), .optional(row.index),
                            .integer(row.version), .bytes(row.sealed),
                        ]
                    )
                }
            guard changed == 1 else {
                let found: Int? = try db.first(Queries.version, [row.kind.bound, .bytes(row.id)]) { try $0.integer(0) }
                throw StoreError.conflict(expected: version, found: found)
            }
        }
        connection.changed(bytes: row.sealed.count)
    }

    /// Deletes a row, at the version expected or, when that is nil, at any.
    ///
    /// - Throws: `missing` when there is no such row, `conflict` when it stands at another version.
    public func delete(_ kind: RowKind, id: [UInt8], expecting version: Int? = nil) throws(StoreError) {
        try connection.step { db in
            let found: Int? = try db.first(Queries.version, [kind.bound, .bytes(id)]) { try $0.integer(0) }
            guard let found else {
                throw StoreError.missing
            }
            guard version == nil || version == found else {
                throw StoreError.conflict(expected: version, found: found)
            }
            _ = try db.change(Queries.delete, [kind.bound, .bytes(id)])
        }
        connection.changed(bytes: 0)
    }

    /// Deletes every row of a kind that belongs to an owner and says how many there were.
    ///
    /// - Throws: what the engine reports.
    @discardableResult
    public func deleteRows(_ kind: RowKind, owner: [UInt8]) throws(StoreError) -> Int {
        let deleted = try connection.step { db in
            try db.change(Queries.deleteOfOwner, [kind.bound, .bytes(owner)])
        }
        for _ in 0..<deleted {
            connection.changed(bytes: 0)
        }
        return deleted
    }

    /// Runs one act of a batch: when the block throws, what it wrote is undone and the error passes on, while the rest
    /// of the batch stands. A full disk or an I/O error inside it fails the whole batch, whatever the caller does then.
    ///
    /// - Throws: what the block throws, or the failure of the batch.
    public func savepoint<R>(_ act: () throws -> R) throws -> R {
        try connection.step { _ = try $0.change(Queries.savepoint, []) }
        let result: R
        do {
            result = try act()
        } catch {
            // After a failure of the batch the transaction is rolled back whole, the savepoint with it.
            if connection.failure == nil {
                try connection.step { db in
                    _ = try db.change(Queries.rollback, [])
                    _ = try db.change(Queries.release, [])
                }
            }
            throw error
        }
        try connection.step { _ = try $0.change(Queries.release, []) }
        return result
    }

    /// Appends entries with their leaf hashes to the audit log, in order, and gives the number of the first.
    ///
    /// - Throws: `invalid` when an entry is empty or longer than 2 kB or a leaf is not 32 bytes; else what the engine
    ///   reports.
    @discardableResult
    public func appendAudit(_ entries: [(entry: [UInt8], leaf: [UInt8])]) throws(StoreError) -> Int {
        var bytes = 0
        let first = try connection.step { db in
            let first: Int = try db.first(Queries.auditSize, []) { try $0.integer(0) } ?? 0
            for (offset, row) in entries.enumerated() {
                bytes += row.entry.count + Limits.leafBytes
                _ = try db.change(
                    Queries.appendAudit,
                    [.integer(first + offset), .bytes(row.entry), .bytes(row.leaf)]
                )
            }
            return first
        }
        connection.changed(bytes: bytes)
        return first
    }

    /// Keeps a signed checkpoint; the size may not be smaller than the last one's nor larger than the log.
    ///
    /// - Throws: `invalid` for such a size, or a note that is empty or longer than 16 KiB; else what the engine reports.
    public func putCheckpoint(size: Int, note: [UInt8]) throws(StoreError) {
        try connection.step { db in
            _ = try db.change(Queries.appendCheckpoint, [.integer(size), .bytes(note)])
        }
        connection.changed(bytes: note.count)
    }

    /// Keeps a value beside the rows under a plain name of 1 to 64 characters, in place of an older one.
    ///
    /// - Throws: `invalid` when the value or the name is empty or the name is too long; else what the engine reports.
    public func setMeta(_ key: String, _ value: [UInt8]) throws(StoreError) {
        try connection.step { db in
            _ = try db.change(Queries.setMeta, [.text(key), .bytes(value)])
        }
        connection.changed(bytes: value.count)
    }
}
