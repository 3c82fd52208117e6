"""The ledger's events in the database: sealed, in one order."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from sayso.community import MemberId
from sayso.consent.events import EventKind
from sayso.consent.ledger import Kept
from sayso.storage.schema import events

_CHUNK = 500


class LedgerStore:
    """`consent.ledger.EventStore` over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, event_ids: Sequence[str]) -> Mapping[str, Kept]:
        """Return those of the events that are kept already."""
        found: dict[str, Kept] = {}
        for start in range(0, len(event_ids), _CHUNK):
            chunk = event_ids[start : start + _CHUNK]
            rows = self._connection.execute(sa.select(events).where(events.c.event_id.in_(chunk)))
            found.update({row.event_id: _kept(row) for row in rows})
        return found

    def add(self, kept: Kept) -> int:
        """Keep one event and return its number in the order of all."""
        result = self._connection.execute(
            sa.insert(events).values(
                event_id=kept.event_id,
                member_id=kept.member_id,
                kind=kept.kind.value,
                recorded_at=kept.recorded_at,
                sealed=kept.sealed,
                leaf=kept.leaf,
            )
        )
        key = result.inserted_primary_key
        assert key is not None
        return int(key[0])

    def of(self, member_id: MemberId) -> tuple[Kept, ...]:
        """Return a member's events in order."""
        rows = self._connection.execute(
            sa.select(events).where(events.c.member_id == member_id).order_by(events.c.seq)
        )
        return tuple(_kept(row) for row in rows)

    def all(self) -> Iterator[Kept]:
        """Yield every event, member by member, each member's in order."""
        rows = self._connection.execute(
            sa.select(events).order_by(events.c.member_id, events.c.seq),
            execution_options={"yield_per": 1000},
        )
        for row in rows:
            yield _kept(row)

    def newest_at(self) -> datetime | None:
        """Return when the newest event was recorded."""
        newest: datetime | None = self._connection.scalar(
            sa.select(events.c.recorded_at).order_by(events.c.seq.desc()).limit(1)
        )
        return newest

    def rename(self, member_id: MemberId, token: str) -> None:
        """Let the member's events stand for nobody who can be named, by no id that anyone chose."""
        numbered = sa.literal(f"{token}-") + sa.cast(events.c.seq, sa.Text)
        self._connection.execute(
            sa.update(events)
            .where(events.c.member_id == member_id)
            .values(member_id=token, event_id=numbered)
        )


def _kept(row: sa.Row[tuple[object, ...]]) -> Kept:
    return Kept(
        seq=row.seq,
        event_id=row.event_id,
        member_id=MemberId(row.member_id),
        kind=EventKind(row.kind),
        recorded_at=row.recorded_at,
        sealed=row.sealed,
        leaf=row.leaf,
    )
