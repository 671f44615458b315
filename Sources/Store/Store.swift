import GRDB
import Synchronization

/// The sealed rows and the audit log in one SQLite file: one writer, many readers, every commit durable when it returns.
///
/// It sees ciphertext and random identifiers only. Drawn for two engines (docs/adr/0008): nothing of SQLite passes its
/// border.
public final class Store: Sendable {
    private let engine: any DatabaseWriter
    private let files: Files?
    private let progress: Mutex<Progress>

    private struct Progress {
        var isStopped = false
        var isFull = false
        /// What stopped it; nil when `close()` did.
        var cause: StoreError?
        var unfoldedPages = 0
    }

    private init(engine: any DatabaseWriter, files: Files?) {
        self.engine = engine
        self.files = files
        self.progress = Mutex(Progress())
    }

    /// Opens the store in this file, makes it when there is none, and holds it alone until `close()` or release.
    ///
    /// The file is readable by its owner alone. Beside it lie SQLite's `-wal` and `-shm`, `.lock`, and `.reserve` of
    /// `reserveBytes`; when there is no room for the reserve the store opens without it, see `hasReserve`.
    ///
    /// - Throws: `inUse`, `notAStore`, `schemaNewer`, `notDurable` when a setting does not take, `cannotOpen`, or what
    ///   the engine reports.
    public convenience init(path: String, reserveBytes: Int = Limits.reserveBytes) throws(StoreError) {
        let files = try Files(database: path, reserveBytes: reserveBytes)
        do {
            let pool = try DatabasePool(path: path, configuration: Settings.configuration)
            try Schema.migrate(pool)
            try pool.writeWithoutTransaction { try Settings.makeDurable($0) }
            try files.syncFolder()
            self.init(engine: pool, files: files)
        } catch {
            files.close()
            throw StoreError(translating: error)
        }
    }

    /// A store in memory, for tests: the same statements and rules, nothing on disk.
    ///
    /// - Throws: what the engine reports.
    public static func inMemory() throws(StoreError) -> Store {
        do {
            let queue = try DatabaseQueue(configuration: Settings.configuration)
            try Schema.migrate(queue)
            return Store(engine: queue, files: nil)
        } catch {
            throw StoreError(translating: error)
        }
    }

    /// Runs one transaction on the single writer and returns once it is durable: every change of the block, or, when the
    /// block throws, none. Blocks the calling thread.
    ///
    /// After an I/O error the outcome of that one batch is unknown until the store is opened again (its bytes may or may
    /// not have reached the disk); it was not acknowledged.
    ///
    /// - Throws: what the block throws, unchanged; or `full`, `ioError`, `stopped` and the other cases of `StoreError`.
    @discardableResult
    public func write<R>(_ body: (borrowing Transaction) throws -> R) throws -> R {
        try refuseIfStopped()
        do {
            return try engine.writeWithoutTransaction { db in
                // Asked again on the writer: an earlier batch may have stopped the store while this one waited.
                try refuseIfStopped()
                let connection = Connection(db)
                var result: R?
                try db.inTransaction(.immediate) {
                    result = try body(Transaction(connection: connection))
                    if let failure = connection.failure {
                        throw failure
                    }
                    return .commit
                }
                progress.withLock { $0.isFull = false }
                foldIfDue(after: connection.changedPages, in: db)
                guard let result else {
                    throw StoreError.refused(code: 0)
                }
                return result
            }
        } catch {
            throw noted(error)
        }
    }

    /// Runs a read on one state of the store, beside the writer and other reads. Blocks the calling thread.
    ///
    /// - Throws: what the block throws, unchanged; or `stopped`, `ioError` and the other cases of `StoreError`.
    public func read<R>(_ body: (borrowing Reading) throws -> R) throws -> R {
        try refuseIfStopped()
        do {
            return try engine.unsafeRead { db in
                // One transaction is one state of the store. It is begun and ended by prepared statements: GRDB's own
                // would compile theirs anew for each read, which costs twice what reading a row does.
                _ = try db.change(Queries.begin)
                do {
                    let connection = Connection(db)
                    let result = try body(Reading(connection: connection))
                    if let failure = connection.failure {
                        throw failure
                    }
                    _ = try db.change(Queries.end)
                    return result
                } catch {
                    // It fails only when SQLite has rolled back by itself; then there is nothing to end.
                    _ = try? db.change(Queries.giveUp)
                    throw error
                }
            }
        } catch {
            throw noted(error)
        }
    }

    /// One row by its identifier, by a single statement without a transaction around it: the cheapest read.
    ///
    /// - Throws: as for `read`.
    public func row(_ kind: RowKind, id: [UInt8]) throws(StoreError) -> StoredRow? {
        try refuseIfStopped()
        do {
            return try engine.unsafeRead { db in
                try Reading(connection: Connection(db)).row(kind, id: id)
            }
        } catch {
            throw stopping(StoreError(translating: error))
        }
    }

    /// How the store stands, for the operator.
    public enum Condition: Equatable, Sendable {
        /// It reads and writes.
        case working
        /// The last write found the disk full; the next one may find room again.
        case full
        /// It answers nothing until it is opened again; the error that stopped it, nil when it was closed.
        case stopped(StoreError?)
    }

    /// How the store stands.
    public var condition: Condition {
        progress.withLock { progress in
            if progress.isStopped { return .stopped(progress.cause) }
            return progress.isFull ? .full : .working
        }
    }

    /// Whether an I/O error or `close()` has stopped the store.
    public var isStopped: Bool {
        progress.withLock { $0.isStopped }
    }

    /// Writes every committed page into the main file and empties the write-ahead log, so that nothing of a deleted row
    /// stays in it; waits for readers to finish.
    ///
    /// - Throws: as for `write`; `refused` when a reader did not finish within five seconds.
    public func fold() throws(StoreError) {
        guard files != nil else { return }
        try refuseIfStopped()
        do {
            _ = try engine.writeWithoutTransaction { db in
                try refuseIfStopped()
                try db.checkpoint(.truncate)
            }
            progress.withLock { $0.unfoldedPages = 0 }
        } catch {
            throw stopping(StoreError(translating: error))
        }
    }

    /// Reads every page of the store and says whether its structure is whole; takes time in proportion to its size.
    ///
    /// - Throws: as for `read`.
    public func isWhole() throws(StoreError) -> Bool {
        try refuseIfStopped()
        do {
            return try engine.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } == ["ok"]
        } catch {
            throw stopping(StoreError(translating: error))
        }
    }

    /// Folds the log, closes every connection and releases the file; the store answers nothing afterwards.
    ///
    /// - Throws: what the engine reports; the store is stopped in any case.
    public func close() throws(StoreError) {
        let wasStopped = progress.withLock { progress in
            defer { progress.isStopped = true }
            return progress.isStopped
        }
        defer { files?.close() }
        var failure: StoreError?
        // After an I/O error nothing more is written: recovery at the next opening decides from what the disk has.
        if !wasStopped, files != nil {
            do {
                _ = try engine.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            } catch {
                failure = StoreError(translating: error)
            }
        }
        do {
            try engine.close()
        } catch {
            failure = failure ?? StoreError(translating: error)
        }
        // On a full disk the pages stay in the log, where the next opening finds them: nothing is lost.
        if let failure, failure != .full {
            throw failure
        }
    }

    // MARK: - Reserve

    /// Whether the reserve file stands at its full size; false in memory, and when there was no room for it.
    public var hasReserve: Bool {
        files?.hasReserve ?? false
    }

    /// Gives the reserve's space back to the disk, to shut down in order when it is full.
    ///
    /// - Throws: `ioError` when the file cannot be removed.
    public func releaseReserve() throws(StoreError) {
        try files?.releaseReserve()
    }

    /// The share of the store's file system that is used, from 0 to 1; 0 in memory.
    ///
    /// - Throws: `ioError` when the file system cannot be asked.
    public func usedShareOfDisk() throws(StoreError) -> Double {
        try files?.usedShare() ?? 0
    }

    // MARK: - Stopping

    private func refuseIfStopped() throws(StoreError) {
        if isStopped {
            throw .stopped
        }
    }

    /// Translates an engine's error and stops the store for those after which it can no longer be believed; the
    /// caller's own errors pass unchanged.
    private func noted(_ error: any Error) -> any Error {
        guard error is DatabaseError || error is StoreError else { return error }
        return stopping(StoreError(translating: error))
    }

    private func stopping(_ error: StoreError) -> StoreError {
        progress.withLock { progress in
            if error == .full { progress.isFull = true }
            guard error.stopsTheStore, !progress.isStopped else { return }
            progress.isStopped = true
            progress.cause = error
        }
        return error
    }

    /// Folds the write-ahead log into the main file once enough pages have been written.
    ///
    /// The batch before it is already durable, so it is answered whatever happens here; an I/O error stops the store
    /// for the next one. A full disk is no loss: the pages stay in the log and the next fold takes them.
    private func foldIfDue(after pages: Int, in db: Database) {
        let isDue = progress.withLock { progress in
            progress.unfoldedPages += pages
            guard progress.unfoldedPages >= Limits.pagesBetweenFolds else { return false }
            progress.unfoldedPages = 0
            return true
        }
        guard isDue, files != nil else { return }
        do {
            try db.checkpoint(.passive)
        } catch {
            _ = stopping(StoreError(translating: error))
        }
    }
}
