#!/usr/bin/env python3
"""Measures SQLCipher against plain SQLite of the same build, with the rows of SealedRows.swift.

sqlcipher.py FOLDER REPETITIONS ROWS READS prints one JSON object; times are microseconds a record. Needs the package
sqlcipher3-wheels (or sqlcipher3-binary). Without a key SQLCipher is plain SQLite, so both sides share Python's cost.
"""

import json
import os
import random
import sys
import time

from sqlcipher3 import dbapi2

CONTENT = 1000
BATCH = 1000


def open_table(path, key):
    for end in ("", "-wal", "-shm"):
        if os.path.exists(path + end):
            os.remove(path + end)
    db = dbapi2.connect(path, isolation_level=None)
    if key:
        # A raw key: the password's derivation happens once at opening and is no part of this.
        db.execute(f"PRAGMA key = \"x'{key}'\"")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(
        "CREATE TABLE record (slot INTEGER NOT NULL PRIMARY KEY, kind INTEGER NOT NULL, id BLOB NOT NULL,"
        " owner BLOB, idx BLOB, version INTEGER NOT NULL, sealed BLOB NOT NULL)"
    )
    db.execute("CREATE UNIQUE INDEX recordKey ON record (kind, id)")
    return db


class Table:
    def __init__(self, path, key=None):
        self.db = open_table(path, key)
        self.ids = []

    def write(self, batches):
        contents = [os.urandom(CONTENT) for _ in range(64)]
        spent = 0.0
        for _ in range(batches):
            ids = [os.urandom(16) for _ in range(BATCH)]
            rows = [(25, id, 1, contents[n & 63]) for n, id in enumerate(ids)]
            start = time.perf_counter()
            self.db.execute("BEGIN IMMEDIATE")
            self.db.executemany(
                "INSERT INTO record VALUES (random() & 9223372036854775807, ?, ?, NULL, NULL, ?, ?)", rows
            )
            self.db.execute("COMMIT")
            spent += time.perf_counter() - start
            self.ids += ids
        return spent / (batches * BATCH) * 1e6

    def read(self, count):
        ids = random.choices(self.ids, k=count)
        sql = "SELECT version, sealed FROM record WHERE kind = ? AND id = ?"
        start = time.perf_counter()
        for id in ids:
            self.db.execute(sql, (25, id)).fetchone()
        return (time.perf_counter() - start) / count * 1e6


def main():
    folder, repetitions, rows, reads = sys.argv[1], *map(int, sys.argv[2:5])
    plain = Table(os.path.join(folder, "python-plain.sqlite"))
    cipher = Table(os.path.join(folder, "python-cipher.sqlite"), key=os.urandom(32).hex())
    found = {"plain_write": [], "cipher_write": [], "plain_read": [], "cipher_read": []}
    for table in (plain, cipher):
        table.write(rows // BATCH)
        table.read(reads // 10)
    for turn in range(repetitions):
        sides = [("plain", plain), ("cipher", cipher)]
        for name, table in sides if turn % 2 == 0 else sides[::-1]:
            found[f"{name}_write"].append(table.write(4))
            found[f"{name}_read"].append(table.read(reads))
    found["version"] = cipher.db.execute("PRAGMA cipher_version").fetchone()[0]
    with open(os.path.join(folder, "python-cipher.sqlite"), "rb") as file:
        if file.read(6) == b"SQLite":
            sys.exit("the cipher's file is in clear: this build does not encrypt")
    print(json.dumps(found))


main()
