import GRDB

/// The tables, docs/formats/store.md. Migrations are append-only: one that has shipped is never edited.
enum Schema {
    /// "LWRD" in the file header, so that no other database is taken for a store.
    static let applicationID = 0x4C57_5244

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1 sealed rows, audit log, checkpoints, meta") { db in
            try db.execute(sql: records)
            try db.execute(sql: auditLog)
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        }
        return migrator
    }

    // The slot is random, so that the file does not show the order of writing (SECURITY.md, "What still leaks"), and the
    // sealed bytes lie in the leaves of a table tree: WITHOUT ROWID would put them into the inner pages too, which cost
    // 2 to 3 times the reading and 3 times the disk for rows of 1 kB (docs/adr/0007).
    private static let records = """
        CREATE TABLE record (
            slot INTEGER NOT NULL PRIMARY KEY,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 255),
            id BLOB NOT NULL CHECK (length(id) BETWEEN 1 AND \(Limits.identifierBytes)),
            owner BLOB CHECK (owner IS NULL OR length(owner) BETWEEN 1 AND \(Limits.identifierBytes)),
            idx BLOB CHECK (idx IS NULL OR length(idx) BETWEEN 1 AND \(Limits.identifierBytes)),
            version INTEGER NOT NULL CHECK (version >= 1),
            sealed BLOB NOT NULL CHECK (length(sealed) BETWEEN 1 AND \(Limits.sealedBytes))
        ) STRICT;
        CREATE UNIQUE INDEX recordKey ON record (kind, id);
        CREATE INDEX recordOwner ON record (kind, owner, id) WHERE owner IS NOT NULL;
        CREATE INDEX recordIndex ON record (kind, idx, id) WHERE idx IS NOT NULL;
        CREATE TRIGGER recordVersionGrows BEFORE UPDATE ON record WHEN NEW.version <= OLD.version
            BEGIN SELECT RAISE(ABORT, 'a version only grows'); END;
        CREATE TABLE meta (
            key TEXT NOT NULL PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 64),
            value BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    private static let auditLog = """
        CREATE TABLE auditEntry (
            seq INTEGER NOT NULL PRIMARY KEY,
            entry BLOB NOT NULL CHECK (length(entry) BETWEEN 1 AND \(Limits.auditEntryBytes)),
            leaf BLOB NOT NULL CHECK (length(leaf) = \(Limits.leafBytes))
        ) STRICT;
        CREATE TRIGGER auditEntryFollows BEFORE INSERT ON auditEntry
            WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM auditEntry)
            BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;
        CREATE TRIGGER auditEntryStays BEFORE UPDATE ON auditEntry
            BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER auditEntryRemains BEFORE DELETE ON auditEntry
            BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TABLE checkpoint (
            number INTEGER NOT NULL PRIMARY KEY,
            size INTEGER NOT NULL CHECK (size >= 0),
            note BLOB NOT NULL CHECK (length(note) BETWEEN 1 AND \(Limits.checkpointBytes))
        ) STRICT;
        CREATE TRIGGER checkpointFollows BEFORE INSERT ON checkpoint
            WHEN NEW.number IS NOT (SELECT coalesce(max(number) + 1, 0) FROM checkpoint)
                OR NEW.size < (SELECT coalesce(max(size), 0) FROM checkpoint)
                OR NEW.size > (SELECT coalesce(max(seq) + 1, 0) FROM auditEntry)
            BEGIN SELECT RAISE(ABORT, 'a checkpoint follows the last one'); END;
        CREATE INDEX checkpointSize ON checkpoint (size);
        CREATE TRIGGER checkpointStays BEFORE UPDATE ON checkpoint
            BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER checkpointRemains BEFORE DELETE ON checkpoint
            BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        """

    /// Looks whether a file that stands is a store of ours, and not one of a newer Leeward.
    ///
    /// - Throws: `notAStore`, `schemaNewer`.
    static func check(_ db: Database) throws {
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") == applicationID else { throw StoreError.notAStore }
        if try migrator.hasBeenSuperseded(db) { throw StoreError.schemaNewer }
    }

    /// Brings the file to this schema.
    ///
    /// - Throws: `notAStore` for another program's database, `schemaNewer` for a newer Leeward's.
    static func migrate(_ engine: some DatabaseWriter) throws {
        try engine.read { db in
            if try migrator.hasBeenSuperseded(db) {
                throw StoreError.schemaNewer
            }
            let found = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            // A start that was cut short leaves at most an empty file or GRDB's own empty list of migrations.
            let isNew = try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE '%grdb_migrations%'"
            )
            guard found == applicationID || (found == 0 && isNew == 0) else {
                throw StoreError.notAStore
            }
        }
        try migrator.migrate(engine)
    }
}
