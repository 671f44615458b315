import GRDB

/// A copy of a store in one file, made while its server may be running: everything that was committed when it began, and
/// nothing of what came after.
public enum StoreCopy {
    /// Copies the store in one file to another, which is made for its owner alone and holds everything by itself, without a
    /// write-ahead log beside it. Blocks the calling thread; `progress` hears how many pages are done of how many.
    ///
    /// - Throws: `notAStore`, `schemaNewer`, `cannotOpen`, `damaged`, `ioError`, `full`.
    public static func make(
        of path: String,
        at other: String,
        progress: @escaping (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) throws(StoreError) {
        do {
            guard OpenFile.exists(path) else { throw StoreError.cannotOpen(code: -2) }
            _ = try OpenFile.open(other, isFresh: true)
            let source = try DatabaseQueue(path: path, configuration: Settings.configuration)
            let copy = try DatabaseQueue(path: other, configuration: Settings.configuration)
            try source.read { from in
                // The first reading fixes the state that is copied: the server writes on beside it.
                try Schema.check(from)
                try copy.writeWithoutTransaction { to in
                    try from.backup(to: to, pagesPerStep: Limits.pagesOfCopyStep) { step in
                        progress(step.completedPageCount, step.totalPageCount)
                    }
                    // The log's place in the header goes with the log.
                    guard try String.fetchOne(to, sql: "PRAGMA journal_mode = DELETE") == "delete" else {
                        throw StoreError.notDurable(setting: "journal_mode")
                    }
                }
            }
            try copy.close()
            try source.close()
            let file = try OpenFile.open(other)
            try file.sync()
            try FolderSync.sync(OpenFile.folder(of: other))
        } catch {
            throw StoreError(translating: error)
        }
    }

    /// Whether a database file was written beside a write-ahead log, so that a copy of it alone lacks what was in the log.
    /// What ``make(of:at:progress:)`` makes never was.
    ///
    /// - Throws: `notAStore` when it is no database; `cannotOpen`, `ioError`.
    public static func lacksItsLog(_ path: String) throws(StoreError) -> Bool {
        guard OpenFile.exists(path) else { throw .cannotOpen(code: -2) }
        let header = try OpenFile.open(path).read(20, at: 0)
        // https://www.sqlite.org/fileformat.html, "The Database Header": 16 bytes of magic, then at 18 and 19 the versions
        // for writing and reading: 1 with a rollback journal, 2 with a write-ahead log.
        guard header.count == 20, header.starts(with: Array("SQLite format 3\0".utf8)) else { throw .notAStore }
        return header[18] != 1 || header[19] != 1
    }
}
