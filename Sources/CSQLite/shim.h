// The calls of SQLite's C interface that Swift cannot make by itself: one takes a variable argument list
// (https://www.sqlite.org/c3ref/db_config.html), one a macro that is a cast (SQLITE_TRANSIENT). Imported by Store alone.
#ifndef LEEWARD_CSQLITE_SHIM_H
#define LEEWARD_CSQLITE_SHIM_H

#include <sqlite3.h>
#include <stddef.h>

/// Turns SQLITE_DBCONFIG_DEFENSIVE on; returns 1 when the connection says that it is on, 0 otherwise.
static inline int leeward_sqlite_turn_defensive_on(sqlite3 *connection) {
    int is_on = 0;
    int code = sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, &is_on);
    return code == SQLITE_OK && is_on == 1;
}

/// Keeps SQLite from folding the log when the last connection closes; returns 1 when the connection says so.
static inline int leeward_sqlite_forbid_fold_on_close(sqlite3 *connection) {
    int is_on = 0;
    int code = sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &is_on);
    return code == SQLITE_OK && is_on == 1;
}

/// Sets SQLITE_LIMIT_ATTACHED to 0; returns 1 when the connection says that it is 0, 0 otherwise.
static inline int leeward_sqlite_forbid_attach(sqlite3 *connection) {
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
    return sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, -1) == 0;
}

/// Binds a copy of the bytes; no bytes are an empty blob, where sqlite3_bind_blob would make a null start a NULL.
static inline int leeward_sqlite_bind_bytes(sqlite3_stmt *statement, int place, const void *bytes, size_t count) {
    if (count == 0) return sqlite3_bind_zeroblob(statement, place, 0);
    return sqlite3_bind_blob64(statement, place, bytes, count, SQLITE_TRANSIENT);
}

/// Binds a copy of UTF-8 text.
static inline int leeward_sqlite_bind_text(sqlite3_stmt *statement, int place, const char *text, size_t count) {
    return sqlite3_bind_text64(statement, place, text, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

#endif
