"""A database for as long as a reading lasts: on disk, under no name, for one process alone."""

import sqlite3


def unnamed_database(cache_kib: int) -> sqlite3.Connection:
    """Return a new database that no other process can see; close it when done.

    SQLite keeps it in a file without a name (https://www.sqlite.org/inmemorydb.html, "temporary
    databases"): it is gone when the process ends, however it ends. Transactions are the caller's.
    """
    database = sqlite3.connect("", isolation_level=None)
    for said in ("journal_mode=off", "synchronous=off", f"cache_size=-{cache_kib}"):
        database.execute(f"pragma {said}").close()
    return database
