"""What members are and were called: all of it at once, and whether that has changed."""

from collections.abc import Iterator

import sqlalchemy as sa

from sayso.storage.schema import epoch, members

_VERSION = "names"
"""The name under which the number of the last change is kept."""

_FORMER = '%"former_names"%'
"""Bodies have the field only where there are such names; a few others say it in their words."""


class NameStore:
    """Reads names of members over one connection; there may be millions."""

    def __init__(self, connection: sa.Connection) -> None:
        """Work inside the transaction that `connection` is in."""
        self._connection = connection

    def names(self) -> Iterator[str]:
        """Yield every name a member has or had."""
        yield from self._connection.execute(sa.select(members.c.name)).scalars()
        body = sa.cast(members.c.body, sa.Text)
        rest = sa.select(members.c.body).where(body.like(_FORMER))
        for each in self._connection.execute(rest).scalars():
            yield from each.get("former_names", ())

    def handles(self) -> Iterator[str]:
        """Yield every handle."""
        rows = self._connection.execute(sa.select(members.c.handle).where(members.c.handle != ""))
        yield from rows.scalars()

    def version(self) -> int:
        """Return a number that grows whenever somebody joins, changes or is erased."""
        query = sa.select(epoch.c.number).where(epoch.c.name == _VERSION)
        return int(self._connection.scalar(query) or 0)

    def changed(self) -> None:
        """Let the version grow."""
        number = self.version() + 1
        self._connection.execute(sa.delete(epoch).where(epoch.c.name == _VERSION))
        self._connection.execute(sa.insert(epoch).values(name=_VERSION, number=number))
