"""Every fact that bears on say-so, in the order we learned it, each sealed and in the log."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sayso.community import Entropy, MemberId
from sayso.consent.events import (
    Event,
    EventKind,
    age_event,
    choice_event,
    credit_event,
    delivery_event,
    erased_event,
    event_of,
    fields_of,
    gpc_event,
    region_event,
    setting_event,
    standing_event,
)
from sayso.consent.notices import utc
from sayso.errors import BadInput, Conflict, NotFound, Tampered
from sayso.evidence import canonical
from sayso.evidence.canonical import JSON
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event that we keep. `seq` alone orders events; `leaf` is its place in the log.

    `record` is the canonical JSON that `commitment` commits to under `salt`.
    """

    seq: int
    event: Event
    recorded_at: datetime
    leaf: int
    salt: bytes
    commitment: str
    record: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One event as a store holds it: nothing about what happened is readable in it."""

    seq: int
    event_id: str
    member_id: MemberId
    kind: EventKind
    recorded_at: datetime
    sealed: bytes
    leaf: int


class EventStore(Protocol):
    """Keeps events inside one transaction of its owner; nothing is kept unless that commits."""

    def find(self, event_ids: Sequence[str]) -> Mapping[str, Kept]:
        """Return those of the events that are kept already."""
        ...

    def add(self, kept: Kept) -> int:
        """Keep one event, `seq` left aside, and return its `seq`: higher than any before."""
        ...

    def of(self, member_id: MemberId) -> Iterable[Kept]:
        """Return a member's events in `seq` order."""
        ...

    def all(self) -> Iterator[Kept]:
        """Yield every event, member by member, each member's in `seq` order."""
        ...

    def newest_at(self) -> datetime | None:
        """Return when the newest event was recorded."""
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
        kept = self._store.find([event.event_id for event in events])
        known = {event_id: self._opened(found) for event_id, found in kept.items()}
        newest = self._store.newest_at()
        # Our own clock may step back; the ledger's time never does.
        recorded_at = max(utc(now), newest) if newest is not None else utc(now)
        for event in events:
            _require_past(event, recorded_at)
        given: list[Recorded] = []
        for event in events:
            first = known.get(event.event_id)
            if first is None:
                first = known[event.event_id] = self._add(event, recorded_at)
            elif fields_of(first.event) != fields_of(event):
                raise Conflict(
                    f"Event id {event.event_id!r} was used before, for something else.",
                    hint="Give a new act a new id; repeat an act with its own words unchanged.",
                )
            given.append(first)
        return tuple(given)

    def history(self, member_id: MemberId) -> tuple[Recorded, ...]:
        """Return what is known of a member, oldest first.

        Where the member's key was destroyed, an event is there as `erased` and says no more.
        """
        return tuple(self._opened(kept) for kept in self._store.of(member_id))

    def histories(self) -> Iterator[tuple[MemberId, tuple[Recorded, ...]]]:
        """Yield every member who has a history, with it."""
        member_id: MemberId | None = None
        history: list[Recorded] = []
        for kept in self._store.all():
            if member_id is not None and kept.member_id != member_id:
                yield member_id, tuple(history)
                history = []
            member_id = kept.member_id
            history.append(self._opened(kept))
        if member_id is not None:
            yield member_id, tuple(history)

    def erase(self, member_id: MemberId, token: str) -> None:
        """Make a member's records unreadable for good; the log and its proofs stay as they are.

        The events stay in their order under `token`, which stands for nobody who can be named.
        """
        self._vault.destroy(member_id)
        self._store.rename(member_id, token)

    def _add(self, event: Event, recorded_at: datetime) -> Recorded:
        record = canonical.canonical({**fields_of(event), "recorded_at": recorded_at.isoformat()})
        salt = self._entropy(SALT_BYTES)
        committed = commitment(salt, record)
        leaf = self._log.append("event", {"commitment": committed})
        kept = Kept(
            seq=0,
            event_id=event.event_id,
            member_id=event.member_id,
            kind=event.kind,
            recorded_at=recorded_at,
            sealed=self._vault.seal(event.member_id, salt + record),
            leaf=leaf,
        )
        return Recorded(
            seq=self._store.add(kept),
            event=event,
            recorded_at=recorded_at,
            leaf=leaf,
            salt=salt,
            commitment=committed,
            record=record,
        )

    def _opened(self, kept: Kept) -> Recorded:
        try:
            plain = self._vault.open(kept.member_id, kept.sealed)
        except NotFound:
            return _erased(kept)
        salt, record = plain[:SALT_BYTES], plain[SALT_BYTES:]
        event = event_of(_object(canonical.parse(record), kept))
        if (event.event_id, event.member_id) != (kept.event_id, kept.member_id):
            raise Tampered(f"Event {kept.event_id!r} holds the record of another event.")
        return Recorded(
            seq=kept.seq,
            event=event,
            recorded_at=kept.recorded_at,
            leaf=kept.leaf,
            salt=salt,
            commitment=commitment(salt, record),
            record=record,
        )


def _require_past(event: Event, now: datetime) -> None:
    if utc(event.occurred_at) > utc(now) + CLOCK_LEEWAY:
        raise BadInput(
            f"Event {event.event_id!r} claims to have happened at "
            f"{utc(event.occurred_at).isoformat()}, later than now.",
            hint="Mend the clock of the device that sent it.",
        )


def _object(value: JSON, kept: Kept) -> Mapping[str, JSON]:
    if not isinstance(value, Mapping):
        raise Tampered(f"The record of event {kept.event_id!r} is not an object.")
    return value


def _erased(kept: Kept) -> Recorded:
    """Stand in for an event that nobody can read any more, so that it still denies."""
    event = Event(
        event_id=kept.event_id,
        kind=EventKind.ERASED,
        member_id=kept.member_id,
        occurred_at=kept.recorded_at,
        body={},
    )
    return Recorded(
        seq=kept.seq,
        event=event,
        recorded_at=kept.recorded_at,
        leaf=kept.leaf,
        salt=b"",
        commitment="",
        record=b"",
    )
