"""Keeping rows by id, and telling what was new, changed or the same by their digests."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

CHUNK = 500
"""How many ids one query names: far below every database's limit on parameters."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Ids by what keeping them did."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int


def chunks(values: Collection[_Value]) -> Iterator[Sequence[_Value]]:
    """Yield `values` in parts small enough for one query."""
    listed = list(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def keep(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> Kept:
    """Make `table` hold exactly `rows` under their ids; rows with an equal digest stay as is.

    The table has the columns `id` and `digest`; no id is given twice.
    """
    held = {
        key: digest
        for ids in chunks([row["id"] for row in rows])
        for key, digest in connection.execute(
            sa.select(table.c.id, table.c.digest).where(table.c.id.in_(ids))
        )
    }
    new = [row for row in rows if row["id"] not in held]
    changed = [row for row in rows if held.get(row["id"], row["digest"]) != row["digest"]]
    for ids in chunks([row["id"] for row in changed]):
        connection.execute(sa.delete(table).where(table.c.id.in_(ids)))
    if new or changed:
        connection.execute(sa.insert(table), [dict(row) for row in (*new, *changed)])
    return Kept(
        new=tuple(row["id"] for row in new),
        changed=tuple(row["id"] for row in changed),
        unchanged=len(rows) - len(new) - len(changed),
    )
