"""Whom members are connected with elsewhere, by name: kept only to be taken out of texts."""

from collections.abc import Collection, Iterable, Iterator, Mapping

import sqlalchemy as sa

from sayso.community import MemberId
from sayso.sources.reading import Acquaintance
from sayso.storage.keeping import CHUNK, chunks
from sayso.storage.schema import acquaintances


class AcquaintanceStore:
    """Keeps names over one connection, each under its owner and the source that gave it.

    A reading is one pass over a member's archive. What it names is kept as it comes, and what
    it did not name is dropped when it has ended, so that a list is never empty in between.
    """

    def __init__(self, connection: sa.Connection) -> None:
        """Work inside the transaction that `connection` is in."""
        self._connection = connection
        collation = "C" if connection.dialect.name == "postgresql" else "BINARY"
        self._name_order = acquaintances.c.name.collate(collation)

    def keep(self, source: str, batch: Iterable[Acquaintance], reading: str) -> None:
        """Keep names that `reading` found; a name that is there already is only marked."""
        found = dict.fromkeys((each.owner_id, source, each.name) for each in batch)
        for part in chunks(list(found)):
            columns = sa.tuple_(*acquaintances.primary_key.columns)
            self._connection.execute(sa.delete(acquaintances).where(columns.in_(part)))
            self._connection.execute(
                sa.insert(acquaintances),
                [
                    {"owner_id": owner, "source": source, "name": name, "reading": reading}
                    for owner, source, name in part
                ],
            )

    def keep_only(self, source: str, reading: str) -> int:
        """Drop what `reading` did not name of those whose lists it read; return how many."""
        read = sa.select(acquaintances.c.owner_id).where(
            acquaintances.c.source == source, acquaintances.c.reading == reading
        )
        gone = self._connection.execute(
            sa.delete(acquaintances).where(
                acquaintances.c.source == source,
                acquaintances.c.reading != reading,
                acquaintances.c.owner_id.in_(read),
            )
        )
        return gone.rowcount

    def names(self) -> Iterator[str]:
        """Yield every name once, in order of code points, a part at a time."""
        after = ""
        while True:
            part = (
                self._connection.execute(
                    sa.select(self._name_order.label("name"))
                    .where(self._name_order > after)
                    .distinct()
                    .order_by(sa.text("name"))
                    .limit(CHUNK)
                )
                .scalars()
                .all()
            )
            yield from part
            if len(part) < CHUNK:
                return
            after = part[-1]

    def of(self, owner_ids: Collection[MemberId]) -> Mapping[MemberId, tuple[str, ...]]:
        """Return whom these members are connected with, in order; who has none is not there."""
        found: dict[MemberId, dict[str, None]] = {}
        for part in chunks(owner_ids):
            rows = self._connection.execute(
                sa.select(acquaintances.c.owner_id, acquaintances.c.name)
                .where(acquaintances.c.owner_id.in_(part))
                .order_by(acquaintances.c.owner_id, self._name_order)
            )
            for owner_id, name in rows:
                found.setdefault(MemberId(owner_id), {})[name] = None
        return {owner_id: tuple(names) for owner_id, names in found.items()}

    def by_source(self, owner_id: MemberId) -> Mapping[str, tuple[str, ...]]:
        """Return a member's own lists by the source that gave each."""
        rows = self._connection.execute(
            sa.select(acquaintances.c.source, acquaintances.c.name)
            .where(acquaintances.c.owner_id == owner_id)
            .order_by(acquaintances.c.source, self._name_order)
        )
        found: dict[str, list[str]] = {}
        for source, name in rows:
            found.setdefault(source, []).append(name)
        return {source: tuple(names) for source, names in found.items()}

    def erase(self, owner_id: MemberId) -> int:
        """Drop the member's lists; return how many names went.

        That others are connected with this member stays: it is theirs, and takes the member's
        name out of what they write.
        """
        gone = self._connection.execute(
            sa.delete(acquaintances).where(acquaintances.c.owner_id == owner_id)
        )
        return gone.rowcount
