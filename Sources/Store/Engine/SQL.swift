import CSQLite
import GRDB

/// A value to bind; there is no text but the names of meta values.
enum Bound {
    case integer(Int)
    case bytes([UInt8])
    case text(String)
    case null

    static func optional(_ bytes: [UInt8]?) -> Bound {
        bytes.map(Bound.bytes) ?? .null
    }
}

/// A prepared statement bound to its values, for as long as it is stepped.
///
/// GRDB prepares and keeps the statements and owns connections, transactions and migrations; binding, stepping and reading
/// go to SQLite directly, because those three are what a point read and an appended entry consist of.
struct Query: ~Copyable {
    private let statement: Statement

    /// Prepares the text, or takes it prepared, and binds every value; none is ever written into the text.
    init(_ sql: String, _ values: [Bound], in db: Database) throws {
        let statement = try db.cachedStatement(sql: sql)
        for (place, value) in values.enumerated() {
            try Self.bind(value, at: Int32(place + 1), of: statement)
        }
        self.statement = statement
    }

    deinit {
        // The code is that of the last step, which has been thrown already.
        _ = unsafe sqlite3_reset(statement.sqliteStatement)
        _ = unsafe sqlite3_clear_bindings(statement.sqliteStatement)
    }

    /// Goes to the next row; false after the last.
    func next() throws -> Bool {
        let code = unsafe sqlite3_step(statement.sqliteStatement)
        guard code == SQLITE_ROW || code == SQLITE_DONE else { throw Self.failure(code) }
        return code == SQLITE_ROW
    }

    /// The integer of a column; anything else there is damage, since the tables are STRICT.
    func integer(_ column: Int32) throws -> Int {
        guard unsafe sqlite3_column_type(statement.sqliteStatement, column) == SQLITE_INTEGER else {
            throw StoreError.damaged(code: 0)
        }
        return Int(unsafe sqlite3_column_int64(statement.sqliteStatement, column))
    }

    /// The blob of a column.
    func bytes(_ column: Int32) throws -> [UInt8] {
        guard let bytes = try optionalBytes(column) else { throw StoreError.damaged(code: 0) }
        return bytes
    }

    /// The blob of a column that may be NULL.
    func optionalBytes(_ column: Int32) throws -> [UInt8]? {
        let row = unsafe statement.sqliteStatement
        switch unsafe sqlite3_column_type(row, column) {
        case SQLITE_NULL: return nil
        case SQLITE_BLOB:
            // The order matters: asking for the blob can only then be followed by its length (c3ref/column_blob.html).
            guard let start = unsafe sqlite3_column_blob(row, column) else { return [] }
            return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(row, column))))
        default: throw StoreError.damaged(code: 0)
        }
    }

    private static func bind(_ value: Bound, at place: Int32, of statement: Statement) throws {
        let row = unsafe statement.sqliteStatement
        let code =
            switch value {
            case .integer(let number): unsafe sqlite3_bind_int64(row, place, Int64(number))
            case .bytes(let bytes): unsafe leeward_sqlite_bind_bytes(row, place, bytes, bytes.count)
            case .text(let text): unsafe leeward_sqlite_bind_text(row, place, text, text.utf8.count)
            case .null: unsafe sqlite3_bind_null(row, place)
            }
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private static func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code))
    }
}

extension Database {
    /// Runs a statement that changes rows and says how many it changed.
    func change(_ sql: String, _ values: [Bound] = []) throws -> Int {
        let query = try Query(sql, values, in: self)
        _ = try query.next()
        return changesCount
    }

    /// Runs a query and makes one value of each of its rows.
    func all<R>(_ sql: String, _ values: [Bound], _ make: (borrowing Query) throws -> R) throws -> [R] {
        let query = try Query(sql, values, in: self)
        var found: [R] = []
        while try query.next() {
            found.append(try make(query))
        }
        return found
    }

    /// Runs a query of at most one row.
    func first<R>(_ sql: String, _ values: [Bound] = [], _ make: (borrowing Query) throws -> R) throws -> R? {
        let query = try Query(sql, values, in: self)
        return try query.next() ? make(query) : nil
    }
}

extension RowKind {
    /// The kind as a value to bind.
    var bound: Bound {
        .integer(Int(rawValue))
    }
}
