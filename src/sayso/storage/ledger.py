"""The ledger's events in the database: sealed, in one order."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import sqlalchemy as sa

from sayso.community import MemberId
from sayso.consent.events import EventKind
from sayso.consent.ledger import Kept
from sayso.storage.keeping import chunks
from sayso.storage.schema import events

_BY_ID = sa.select(events).where(events.c.event_id.in_(sa.bindparam("ids", expanding=True)))
_OF = (
    sa.select(events)
    .where(events.c.member_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(events.c.member_id, events.c.seq)
)
_NEWEST = sa.select(events).order_by(events.c.seq.desc()).limit(1)


class LedgerStore:
    """`consent.ledger.EventStore` over one connection.

    Writers run one at a time, so whoever may add knows the newest number there is.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, event_ids: Collection[str]) -> Mapping[str, Kept]:
        """Return those of the events that are kept already."""
        return {
            row.event_id: _kept(row)
            for part in chunks(event_ids)
            for row in self._connection.execute(_BY_ID, {"ids": part})
        }

    def beginning(self, kind: EventKind, start: str) -> tuple[str, ...]:
        """Return the ids, of events of that kind, that begin so."""
        begun = sa.func.substr(events.c.event_id, 1, len(start)) == start
        query = sa.select(events.c.event_id).where(events.c.kind == kind.value, begun)
        return tuple(self._connection.scalars(query.order_by(events.c.event_id)))

    def newest(self) -> Kept | None:
        """Return the newest event, or None where there is none."""
        row = self._connection.execute(_NEWEST).first()
        return None if row is None else _kept(row)

    def add(self, batch: Sequence[Kept]) -> None:
        """Keep events under their numbers; a number or an id that is taken fails."""
        self._connection.execute(
            sa.insert(events),
            [
                {
                    "seq": kept.seq,
                    "event_id": kept.event_id,
                    "member_id": kept.member_id,
                    "kind": kept.kind.value,
                    "recorded_at": kept.recorded_at,
                    "sealed": kept.sealed,
                    "leaf": kept.leaf,
                }
                for kept in batch
            ],
        )

    def of(self, member_ids: Collection[MemberId]) -> Iterator[Kept]:
        """Yield the members' events, each member's together and in order."""
        for part in chunks(sorted(set(member_ids))):
            rows = self._connection.execute(_OF, {"ids": part})
            yield from map(_kept, rows)

    def all(self) -> Iterator[Kept]:
        """Yield every event, member by member, each member's in order."""
        rows = self._connection.execute(
            sa.select(events).order_by(events.c.member_id, events.c.seq),
            execution_options={"yield_per": 1000},
        )
        yield from map(_kept, rows)

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
