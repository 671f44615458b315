import CSQLite
import GRDB

/// What is set on every connection, and read back: a setting that did not take keeps the store from starting.
///
/// SECURITY.md "Platform", SQLite; DECISIONS 21. The settings are read back because GRDB sets `synchronous = NORMAL`
/// of its own accord in WAL mode, under which an acknowledged commit can be lost with the power.
enum Settings {
    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.publicStatementArguments = false
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = Limits.readers
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try harden(db)
        }
        return configuration
    }

    private static func harden(_ db: Database) throws {
        guard let connection = unsafe db.sqliteConnection else {
            throw StoreError.notDurable(setting: "connection")
        }
        guard unsafe leeward_sqlite_turn_defensive_on(connection) == 1 else {
            throw StoreError.notDurable(setting: "DEFENSIVE")
        }
        // After an I/O error closing must write nothing; an orderly `close()` folds by itself.
        guard unsafe leeward_sqlite_forbid_fold_on_close(connection) == 1 else {
            throw StoreError.notDurable(setting: "NO_CKPT_ON_CLOSE")
        }
        guard unsafe leeward_sqlite_forbid_attach(connection) == 1 else {
            throw StoreError.notDurable(setting: "LIMIT_ATTACHED")
        }
        try set("secure_delete", "ON", reading: 1, in: db)
        try set("trusted_schema", "OFF", reading: 0, in: db)
        try set("cell_size_check", "ON", reading: 1, in: db)
        try set("mmap_size", "0", reading: nil, in: db)
        try set("temp_store", "MEMORY", reading: 2, in: db)
        try read("foreign_keys", 1, in: db)
    }

    /// Sets what makes a commit durable, on the writer, after GRDB has set its own.
    static func makeDurable(_ db: Database) throws {
        guard try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal" else {
            throw StoreError.notDurable(setting: "journal_mode")
        }
        try set("synchronous", "FULL", reading: 2, in: db)
        // Store folds the log itself: SQLite's own checkpoint after a commit hides its I/O errors.
        try set("wal_autocheckpoint", "0", reading: 0, in: db)
    }

    private static func set(_ name: String, _ value: String, reading expected: Int?, in db: Database) throws {
        try db.execute(sql: "PRAGMA \(name) = \(value)")
        if let expected {
            try read(name, expected, in: db)
        }
    }

    private static func read(_ name: String, _ expected: Int, in db: Database) throws {
        guard try Int.fetchOne(db, sql: "PRAGMA \(name)") == expected else {
            throw StoreError.notDurable(setting: name)
        }
    }
}
