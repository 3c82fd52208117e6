"""The log's leaves, hashes and checkpoints in the database."""

from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from sayso.evidence.log import Leaf
from sayso.evidence.merkle import Place
from sayso.storage.database import is_writing
from sayso.storage.schema import log_checkpoints, log_leaves, log_nodes

_AT_ONCE = 500


class LogStore:
    """Implements `evidence.log.LeafStore` over one connection; it only ever inserts.

    Nobody else's leaves come to be seen in its transaction, whether that reads one consistent
    view or is the only one that writes: so a size that was read is kept up by counting.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._size: int | None = None
        self._mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"

    def size(self) -> int:
        """Return how many leaves there are."""
        if self._size is None:
            last = self._connection.scalar(sa.select(sa.func.max(log_leaves.c.position)))
            self._size = 0 if last is None else int(last) + 1
        return self._size

    def add(self, leaves: Sequence[Leaf], nodes: Sequence[tuple[Place, bytes]]) -> None:
        """Insert leaves and hashes; a position that is taken fails the transaction."""
        rows = [(leaf.position, leaf.kind, leaf.entry) for leaf in leaves]
        self._insert("log_leaves (position, kind, entry)", rows)
        if leaves:
            self._size = leaves[-1].position + 1
        # In the table's own order: millions at once then go to the ends of its pages.
        self._insert(
            "log_nodes (level, position, hash)",
            sorted((place.level, place.position, held) for place, held in nodes),
        )

    def leaves(self, start: int, end: int) -> Iterator[Leaf]:
        """Yield leaves in order, some hundreds at a time."""
        query = (
            sa.select(log_leaves.c.position, log_leaves.c.kind, log_leaves.c.entry)
            .where(log_leaves.c.position >= sa.bindparam("first"), log_leaves.c.position < end)
            .order_by(log_leaves.c.position)
            .limit(_AT_ONCE)
        )
        first = start
        while rows := self._connection.execute(query, {"first": first}).all():
            for position, kind, entry in rows:
                yield Leaf(position=position, kind=kind, entry=bytes(entry))
            first = rows[-1].position + 1

    def of_kind(self, kind: str) -> Iterator[Leaf]:
        """Yield the leaves of one kind, in order; of withdrawals, without reading the others."""
        # The index holds withdrawals alone, and is used where the statement names them itself.
        named: sa.BindParameter[str] = sa.bindparam("kind", kind, literal_execute=True)
        query = sa.select(log_leaves.c.position, log_leaves.c.kind, log_leaves.c.entry)
        found = query.where(log_leaves.c.kind == named).order_by(log_leaves.c.position)
        for position, held, entry in self._connection.execute(found):
            yield Leaf(position=position, kind=held, entry=bytes(entry))

    def nodes(self, places: Sequence[Place]) -> Mapping[Place, bytes]:
        """Return the hashes that are kept, one query for each few hundred places."""
        found: dict[Place, bytes] = {}
        for start in range(0, len(places), _AT_ONCE):
            found.update(self._some_nodes(places[start : start + _AT_ONCE]))
        return found

    def count_nodes(self) -> int:
        """Return how many hashes are kept."""
        return int(self._connection.scalar(sa.select(sa.func.count()).select_from(log_nodes)) or 0)

    def checkpoint(self, size: int) -> str | None:
        """Return the checkpoint signed at `size`, if one is kept."""
        query = sa.select(log_checkpoints.c.text).where(log_checkpoints.c.size == size)
        return self._connection.scalar(query)

    def checkpoint_over(self, position: int) -> tuple[int, str] | None:
        """Return the smallest kept checkpoint whose tree holds `position`, with its size."""
        query = (
            sa.select(log_checkpoints.c.size, log_checkpoints.c.text)
            .where(log_checkpoints.c.size > position)
            .order_by(log_checkpoints.c.size)
            .limit(1)
        )
        row = self._connection.execute(query).first()
        return None if row is None else (row.size, row.text)

    def save_checkpoint(self, size: int, text: str) -> None:
        """Keep a checkpoint; a reading transaction lets it go."""
        if is_writing(self._connection):
            self._connection.execute(log_checkpoints.insert(), {"size": size, "text": text})

    def checkpoints(self) -> Iterator[tuple[int, str]]:
        """Yield every kept checkpoint, smallest size first."""
        query = sa.select(log_checkpoints.c.size, log_checkpoints.c.text)
        for row in self._connection.execute(query.order_by(log_checkpoints.c.size)):
            yield row.size, row.text

    def _insert(self, into: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Insert rows of three through the driver: no statement is built for each of them."""
        statement = f"insert into {into} values ({', '.join([self._mark] * 3)})"  # noqa: S608 - ours
        self._connection.exec_driver_sql(statement, rows)

    def _some_nodes(self, places: Sequence[Place]) -> dict[Place, bytes]:
        """Look each place up by its key; a condition of many pairs would read the whole table."""
        if not places:
            return {}
        mark = self._mark
        wanted = ", ".join([f"({mark}, {mark})"] * len(places))
        found = self._connection.exec_driver_sql(
            f"with wanted (level, position) as (values {wanted}) "  # noqa: S608 - marks alone
            "select n.level, n.position, n.hash from wanted, log_nodes n "
            "where n.level = wanted.level and n.position = wanted.position",
            tuple(number for place in places for number in place),
        )
        return {Place(level, position): bytes(held) for level, position, held in found}
