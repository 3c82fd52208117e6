"""Every fact that bears on say-so, in the order we learned it, each sealed and in the log."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from typing import Protocol, TypeAlias

from sayso.community import Entropy, MemberId
from sayso.consent.events import (
    Event,
    EventKind,
    age_event,
    choice_event,
    credit_event,
    delivery_event,
    erased_event,
    fields_of,
    gpc_event,
    region_event,
    setting_event,
    standing_event,
)
from sayso.consent.notices import utc
from sayso.consent.recorded import Kept, Recorded, erased, kept_as, read
from sayso.errors import BadInput, Conflict
from sayso.evidence import canonical
from sayso.evidence.log import Log
from sayso.evidence.vault import SALT_BYTES, Vault, commitment

__all__ = [
    "Event",
    "EventKind",
    "EventStore",
    "Kept",
    "Ledger",
    "Recorded",
    "age_event",
    "choice_event",
    "credit_event",
    "delivery_event",
    "erased_event",
    "gpc_event",
    "region_event",
    "setting_event",
    "standing_event",
]

CLOCK_LEEWAY = timedelta(minutes=5)
"""How far ahead of ours a client's clock may be."""
_AT_ONCE = 500


Unkept: TypeAlias = Conflict | BadInput
"""Why an event was not kept: its id stands for another one, or it comes from the future."""


class EventStore(Protocol):
    """Keeps events inside one transaction of its owner; nothing is kept unless that commits.

    Writers run one at a time, so the newest event that was read stays so until one is added.
    """

    def find(self, event_ids: Collection[str]) -> Mapping[str, Kept]:
        """Return those of the events that are kept already."""
        ...

    def beginning(self, kind: EventKind, start: str) -> Sequence[str]:
        """Return the ids, of events of that kind, that begin so."""
        ...

    def newest(self) -> Kept | None:
        """Return the event with the highest `seq`, or None where there is none."""
        ...

    def add(self, batch: Sequence[Kept]) -> None:
        """Keep events, each under a `seq` of its own that is higher than any before."""
        ...

    def of(self, member_ids: Collection[MemberId]) -> Iterable[Kept]:
        """Return the members' events: each member's together, in `seq` order."""
        ...

    def all(self) -> Iterator[Kept]:
        """Yield every event, member by member, each member's in `seq` order."""
        ...

    def rename(self, member_id: MemberId, token: str) -> None:
        """Let the member's events stand for `token`, under ids made of it."""
        ...


class Ledger:
    """Records events once, and gives back what a member's history is.

    When the transaction that recorded an event commits, the event, its sealed record and its
    log leaf are kept together or not at all. Recording it again changes nothing.
    """

    def __init__(self, store: EventStore, log: Log, vault: Vault, entropy: Entropy) -> None:
        self._store = store
        self._log = log
        self._vault = vault
        self._entropy = entropy

    def record(self, event: Event, now: datetime) -> Recorded:
        """Keep one event; the same event again gives the first record back.

        Raises:
            Conflict: the id was used before for something else.
            BadInput: it claims to have happened in the future.
        """
        return self.record_all((event,), now)[0]

    def record_all(self, events: Sequence[Event], now: datetime) -> tuple[Recorded, ...]:
        """Keep events in their order, as `record` would one by one, and faster.

        Raises:
            Conflict: an id was used before for something else.
            BadInput: one claims to have happened in the future.
        """
        given: list[Recorded] = []
        for each in self.record_each(events, now, self.known([e.event_id for e in events])):
            if not isinstance(each, Recorded):
                raise each
            given.append(each)
        return tuple(given)

    def record_each(
        self, events: Sequence[Event], now: datetime, known: Mapping[str, Recorded]
    ) -> tuple[Recorded | Unkept, ...]:
        """Keep those events that can be kept, and say of each of the others why not.

        `known` is what `known` returned for their ids in the same transaction.
        """
        newest = self._store.newest()
        # Our own clock may step back; the ledger's time never does.
        recorded_at = utc(now).astimezone(UTC)
        recorded_at = max(recorded_at, newest.recorded_at) if newest else recorded_at
        firsts: dict[str, Event] = {}
        found: list[Event | Unkept] = []
        for event in events:
            held = known.get(event.event_id)
            first = held.event if held else firsts.get(event.event_id)
            refusal = _too_late(event, recorded_at) or _unlike(event, first)
            if first is None and refusal is None:
                firsts[event.event_id] = event
            found.append(refusal or event)
        added = self._add(tuple(firsts.values()), recorded_at, newest.seq if newest else 0)
        kept = {**known, **added}
        return tuple(kept[each.event_id] if isinstance(each, Event) else each for each in found)

    def known(self, event_ids: Collection[str]) -> Mapping[str, Recorded]:
        """Return those of the events that are recorded already."""
        found = self._store.find(event_ids)
        return {each.event.event_id: each for each in self._opened(tuple(found.values()))}

    def choices_beginning(self, start: str) -> Sequence[str]:
        """Return the ids of choices that begin so; letters count as they are."""
        return self._store.beginning(EventKind.CHOICE, start)

    def history(self, member_id: MemberId) -> tuple[Recorded, ...]:
        """Return what is known of a member, oldest first.

        Where the member's key was destroyed, an event is there as `erased` and says no more.
        """
        return self._opened(tuple(self._store.of((member_id,))))

    def histories(
        self, of: Collection[MemberId] | None = None, have: Collection[Recorded] = ()
    ) -> Iterator[tuple[MemberId, tuple[Recorded, ...]]]:
        """Yield every member who has a history, with it; with `of`, those members alone.

        What the caller has in hand already is not opened again.
        """
        in_hand = {each.event.event_id: each for each in have}
        kept = iter(self._store.all() if of is None else self._store.of(of))
        opened = (
            pair
            for chunk in iter(lambda: tuple(islice(kept, _AT_ONCE)), ())
            for pair in zip(chunk, self._opened(chunk, in_hand), strict=True)
        )
        for member_id, pairs in groupby(opened, key=lambda pair: pair[0].member_id):
            yield member_id, tuple(recorded for _, recorded in pairs)

    def erase(self, member_id: MemberId, token: str) -> None:
        """Make a member's records unreadable for good; the log and its proofs stay as they are.

        The events stay in their order under `token`, which stands for nobody who can be named.
        """
        self._vault.destroy(member_id)
        self._store.rename(member_id, token)

    def _add(
        self, events: Sequence[Event], recorded_at: datetime, after: int
    ) -> dict[str, Recorded]:
        if not events:
            return {}
        said_at = recorded_at.isoformat()
        records = [canonical.canonical({**fields_of(e), "recorded_at": said_at}) for e in events]
        salts = [self._entropy(SALT_BYTES) for _ in events]
        committed = list(map(commitment, salts, records))
        leaves = self._log.append_all("event", [{"commitment": each} for each in committed])
        sealed = self._vault.seal_all(
            [
                (event.member_id, salt + record)
                for event, salt, record in zip(events, salts, records, strict=True)
            ]
        )
        added = [
            Recorded(
                seq=after + number,
                event=event,
                recorded_at=recorded_at,
                leaf=leaves[number - 1],
                salt=salts[number - 1],
                commitment=committed[number - 1],
                record=records[number - 1],
            )
            for number, event in enumerate(events, start=1)
        ]
        self._store.add([kept_as(each, text) for each, text in zip(added, sealed, strict=True)])
        return {each.event.event_id: each for each in added}

    def _opened(
        self, kept: Sequence[Kept], in_hand: Mapping[str, Recorded] | None = None
    ) -> tuple[Recorded, ...]:
        closed = [each for each in kept if not in_hand or each.event_id not in in_hand]
        plains = self._vault.open_all([(each.member_id, each.sealed) for each in closed])
        opened = {
            each.event_id: erased(each) if plain is None else read(each, plain)
            for each, plain in zip(closed, plains, strict=True)
        }
        return tuple(
            opened[each.event_id] if each.event_id in opened else (in_hand or {})[each.event_id]
            for each in kept
        )


def _too_late(event: Event, now: datetime) -> BadInput | None:
    if utc(event.occurred_at) <= now + CLOCK_LEEWAY:
        return None
    return BadInput(
        f"Event {event.event_id!r} claims to have happened at "
        f"{utc(event.occurred_at).isoformat()}, later than now.",
        hint="Mend the clock of the device that sent it.",
    )


def _unlike(event: Event, first: Event | None) -> Conflict | None:
    """Compare the canonical bytes of both (RFC 8785), so that 1 is not taken for true."""
    if first is None or canonical.canonical(fields_of(first)) == canonical.canonical(
        fields_of(event)
    ):
        return None
    return Conflict(
        f"Event id {event.event_id!r} was used before, for something else.",
        hint="Give a new act a new id; repeat an act with its own words unchanged.",
    )
