import Foundation
import GRDB

/// The statements of the store, each prepared once a connection and kept.
///
/// Every value is bound, none is written into the text; rows come back as bytes and integers.
extension Database {
    /// Runs a statement that changes rows and says how many it changed.
    func change(_ sql: String, _ values: [DatabaseValue]) throws -> Int {
        let statement = try cachedStatement(sql: sql)
        statement.setUncheckedArguments(StatementArguments(values))
        try statement.execute()
        return changesCount
    }

    /// Runs a query and makes one value of each of its rows.
    func all<R>(_ sql: String, _ values: [DatabaseValue], _ make: (Row) throws -> R) throws -> [R] {
        let statement = try cachedStatement(sql: sql)
        statement.setUncheckedArguments(StatementArguments(values))
        let cursor = try Row.fetchCursor(statement)
        var found: [R] = []
        while let row = try cursor.next() {
            found.append(try make(row))
        }
        return found
    }

    /// Runs a query of at most one row.
    func first<R>(_ sql: String, _ values: [DatabaseValue], _ make: (Row) throws -> R) throws -> R? {
        let statement = try cachedStatement(sql: sql)
        statement.setUncheckedArguments(StatementArguments(values))
        let cursor = try Row.fetchCursor(statement)
        // A row shows the statement's own memory, which the cursor resets when it goes.
        return try withExtendedLifetime(cursor) {
            try cursor.next().map(make)
        }
    }
}

extension Row {
    /// The integer of a column; anything else there is damage, since the tables are STRICT.
    func integer(_ column: Int) throws -> Int {
        guard let number = Int.fromDatabaseValue(self[column]) else { throw StoreError.damaged(code: 0) }
        return number
    }

    /// The blob of a column, empty for an empty one.
    func bytes(_ column: Int) throws -> [UInt8] {
        try withUnsafeData(atIndex: column) { [UInt8]($0 ?? Data()) }
    }

    /// The blob of a column that may be NULL.
    func optionalBytes(_ column: Int) throws -> [UInt8]? {
        try withUnsafeData(atIndex: column) { $0.map { [UInt8]($0) } }
    }
}

extension [UInt8] {
    /// The bytes as a value to bind.
    var bound: DatabaseValue {
        Data(self).databaseValue
    }
}

extension [UInt8]? {
    /// The bytes as a value to bind, NULL for none.
    var bound: DatabaseValue {
        map(\.bound) ?? .null
    }
}

extension RowKind {
    /// The kind as a value to bind.
    var bound: DatabaseValue {
        Int(rawValue).databaseValue
    }
}
