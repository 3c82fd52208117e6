"""How far each query of each of the site's own databases has been read."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from sayso.storage.schema import cursors

_SCHEDULE, _READER = "every", "reader"
"""Stand for a source's schedule and its reader, where its queries' names stand else."""


class CursorStore:
    """Keeps one value for each query, in the transaction that keeps what was read up to it."""

    def __init__(self, connection: sa.Connection) -> None:
        """Work inside the transaction that `connection` is in."""
        self._connection = connection

    def keep(self, source: str, query: str, value: str, at: datetime) -> None:
        """Remember that all of a query up to `value` is kept; `at` is when that was so."""
        row = sa.and_(cursors.c.source == source, cursors.c.query == query)
        self._connection.execute(sa.delete(cursors).where(row))
        self._connection.execute(
            sa.insert(cursors).values(source=source, query=query, value=value, at=at)
        )

    def reached(self) -> Mapping[tuple[str, str], str]:
        """Return the value of each source and query that was read."""
        rows = self._connection.execute(
            sa.select(cursors.c.source, cursors.c.query, cursors.c.value).where(
                cursors.c.query.not_in([_SCHEDULE, _READER])
            )
        )
        return {(source, query): value for source, query, value in rows}

    def keep_reader(self, source: str, reader: str, at: datetime) -> None:
        """Remember which reader brings that source."""
        self.keep(source, _READER, reader, at)

    def reader_of(self, source: str) -> str:
        """Return which reader brings that source; empty where that is not known."""
        row = sa.and_(cursors.c.source == source, cursors.c.query == _READER)
        return self._connection.scalar(sa.select(cursors.c.value).where(row)) or ""

    def is_due(self, source: str, every_s: int, now: datetime) -> bool:
        """Say whether it was never claimed, or that long ago."""
        query = sa.select(cursors.c.at).where(
            cursors.c.source == source, cursors.c.query == _SCHEDULE
        )
        last = self._connection.scalar(query)
        return last is None or not last <= now < last + timedelta(seconds=every_s)

    def claim(self, source: str, every_s: int, now: datetime) -> bool:
        """Say whether a source is to be read now, and if so that it was: one asker is told yes."""
        is_due = self.is_due(source, every_s, now)
        if is_due:
            self.keep(source, _SCHEDULE, "", now)
        return is_due
