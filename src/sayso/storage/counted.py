"""How often each text was met, kept on disk: counting a long file takes no more memory."""

import sqlite3


class CountedOnDisk:
    """Implements `consent.choices_file.Times` in a file that nobody sees and SQLite deletes."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        for statement in (
            "pragma journal_mode=off",
            "pragma synchronous=off",
            "pragma cache_size=-16000",
            "create table met (text text primary key, times integer not null) without rowid",
            "begin",
        ):
            self._database.execute(statement).close()

    def __call__(self, text: str) -> int:
        """Return how often it was asked about `text`, this time included."""
        found = self._database.execute(
            "insert into met values (?, 1) on conflict (text) do update set times = times + 1"
            " returning times",
            (text,),
        )
        return int(found.fetchall()[0][0])

    def close(self) -> None:
        """Let the file go."""
        self._database.close()
