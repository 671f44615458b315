import CPlainSQLite

/// SQLite's C interface with nothing in between, the rival of the store: the same durability (write-ahead log,
/// `synchronous = FULL`), every statement prepared once, values bound and read without a layer.
@safe
final class PlainSQLite {
    private var connection: OpaquePointer?

    /// Opens or makes the file; `:memory:` for none.
    init(path: String) throws {
        guard unsafe sqlite3_open(path, &connection) == SQLITE_OK else {
            throw BenchmarkFailure("no plain SQLite file")
        }
        if path != ":memory:" { try run("PRAGMA journal_mode = WAL") }
        try run("PRAGMA synchronous = FULL")
    }

    deinit { _ = unsafe sqlite3_close_v2(connection) }

    func run(_ sql: String) throws {
        guard unsafe sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
    }

    func statement(_ sql: String) throws -> PlainStatement {
        var prepared: OpaquePointer?
        guard
            unsafe sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
                == SQLITE_OK,
            let prepared = unsafe prepared
        else { throw failure(sql) }
        return unsafe PlainStatement(prepared)
    }

    private func failure(_ sql: String) -> BenchmarkFailure {
        let reason = unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) } ?? "no reason"
        return BenchmarkFailure("plain SQLite: \(reason) at \(sql.prefix(80))")
    }

    static var version: String { unsafe String(cString: sqlite3_libversion()) }
}

/// A prepared statement of ``PlainSQLite``.
@safe
final class PlainStatement {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) { unsafe self.statement = statement }

    deinit { _ = unsafe sqlite3_finalize(statement) }

    func bind(_ place: Int32, _ number: Int) { _ = unsafe sqlite3_bind_int64(statement, place, Int64(number)) }
    func bind(_ place: Int32, _ bytes: [UInt8]) {
        _ = unsafe plain_sqlite_bind_bytes(statement, place, bytes, bytes.count)
    }
    func bind(_ place: Int32, _ text: String) {
        _ = unsafe plain_sqlite_bind_text(statement, place, text, text.utf8.count)
    }
    func bindNull(_ place: Int32) { _ = unsafe sqlite3_bind_null(statement, place) }

    /// Runs a statement that changes rows.
    func change() throws {
        let code = unsafe sqlite3_step(statement)
        _ = unsafe sqlite3_reset(statement)
        guard code == SQLITE_DONE else { throw BenchmarkFailure("plain SQLite refused a change: \(code)") }
    }

    /// Runs a query and gives each of its rows.
    func rows(_ row: (PlainStatement) throws -> Void) throws {
        defer { _ = unsafe sqlite3_reset(statement) }
        while true {
            switch unsafe sqlite3_step(statement) {
            case SQLITE_ROW: try row(self)
            case SQLITE_DONE: return
            case let code: throw BenchmarkFailure("plain SQLite refused a query: \(code)")
            }
        }
    }

    func integer(_ column: Int32) -> Int { Int(unsafe sqlite3_column_int64(statement, column)) }
    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = unsafe sqlite3_column_blob(statement, column) else { return [] }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }
    func text(_ column: Int32) -> String {
        unsafe sqlite3_column_text(statement, column).map { unsafe String(cString: $0) } ?? ""
    }
    func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(statement, column) == SQLITE_NULL }
}
