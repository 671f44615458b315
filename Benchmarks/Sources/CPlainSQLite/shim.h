// SQLite's own C interface, for the rival that the store is measured against.
#ifndef LEEWARD_PLAIN_SQLITE_SHIM_H
#define LEEWARD_PLAIN_SQLITE_SHIM_H

#include <sqlite3.h>
#include <stddef.h>

/// Binds a copy of the bytes. SQLITE_TRANSIENT is a macro that is a cast, which Swift cannot take in.
static inline int plain_sqlite_bind_bytes(sqlite3_stmt *statement, int place, const void *bytes, size_t count) {
    if (count == 0) return sqlite3_bind_zeroblob(statement, place, 0);
    return sqlite3_bind_blob64(statement, place, bytes, count, SQLITE_TRANSIENT);
}

/// Binds a copy of UTF-8 text.
static inline int plain_sqlite_bind_text(sqlite3_stmt *statement, int place, const char *text, size_t count) {
    return sqlite3_bind_text64(statement, place, text, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

#endif
