"""How far each query of each of the site's own databases has been read."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from sayso.storage.schema import cursors

_SCHEDULE = "every"
"""Stands for a source's schedule, where its queries' names stand else."""


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
                cursors.c.query != _SCHEDULE
            )
        )
        return {(source, query): value for source, query, value in rows}

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
