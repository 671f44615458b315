import GRDB

/// One SQLite connection for the length of one transaction or read, with what has gone wrong on it so far.
///
/// Public only because `RowReading` names it; nothing of it can be used outside `Store`.
public final class Connection {
    let db: Database
    /// The first failure that the whole batch must share; once set, every further step on this connection throws it.
    private(set) var failure: StoreError?
    /// Roughly how many pages this transaction has changed.
    private(set) var changedPages = 0

    init(_ db: Database) {
        self.db = db
    }

    /// Runs one step and translates what SQLite says; a step after a failure that the batch shares is not even tried.
    func step<R>(_ body: (Database) throws -> R) throws(StoreError) -> R {
        if let failure {
            throw failure
        }
        do {
            return try body(db)
        } catch {
            let translated = StoreError(translating: error)
            if translated.failsTheBatch {
                failure = translated
            }
            throw translated
        }
    }

    /// Notes that a row of so many bytes was written: its own pages, and a page each of the two indexes beside it.
    func changed(bytes: Int) {
        changedPages += 3 + bytes / Limits.pageBytes
    }
}

extension StoreError {
    /// Translates an error of the engine; an error of the store itself passes unchanged.
    init(translating error: any Error) {
        if let own = error as? StoreError {
            self = own
            return
        }
        guard let error = error as? DatabaseError else {
            // A column that does not hold what the STRICT tables let in.
            self = .damaged(code: 0)
            return
        }
        let code = Int(error.extendedResultCode.rawValue)
        switch error.resultCode {
        case .SQLITE_FULL: self = .full
        case .SQLITE_IOERR: self = .ioError(code: code)
        case .SQLITE_CORRUPT: self = .damaged(code: code)
        case .SQLITE_NOTADB: self = .notAStore
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY: self = .cannotOpen(code: code)
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH: self = .invalid
        default: self = .refused(code: code)
        }
    }

    /// Whether a savepoint cannot contain it: SQLite may have rolled the whole transaction back, or memory, disk or
    /// file can no longer be believed (https://www.sqlite.org/lang_transaction.html, "Response To Errors").
    var failsTheBatch: Bool {
        switch self {
        case .conflict, .missing, .invalid: false
        default: true
        }
    }

    /// Whether the store stops: after a failed sync the page cache shows bytes that the disk does not have, so neither
    /// reads nor a second attempt can be believed (SECURITY.md, "Audit log", Order).
    var stopsTheStore: Bool {
        switch self {
        case .ioError, .damaged, .notAStore: true
        default: false
        }
    }
}
