"""How far each query of each of the site's own databases has been read."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from sayso.storage.schema import cursors


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
            sa.select(cursors.c.source, cursors.c.query, cursors.c.value)
        )
        return {(source, query): value for source, query, value in rows}
