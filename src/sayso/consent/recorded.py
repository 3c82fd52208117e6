"""One recorded event, as the ledger gives it and as a store keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sayso.community import MemberId
from sayso.consent.events import Event, EventKind, event_of
from sayso.errors import Tampered
from sayso.evidence import canonical
from sayso.evidence.canonical import JSON
from sayso.evidence.vault import SALT_BYTES, commitment


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


def kept_as(recorded: Recorded, sealed: bytes) -> Kept:
    """Return what a store holds of it; `sealed` is its salt and record under the member's key."""
    return Kept(
        seq=recorded.seq,
        event_id=recorded.event.event_id,
        member_id=recorded.event.member_id,
        kind=recorded.event.kind,
        recorded_at=recorded.recorded_at,
        sealed=sealed,
        leaf=recorded.leaf,
    )


def read(kept: Kept, plain: bytes) -> Recorded:
    """Return the event that `plain`, once unsealed, says.

    Raises:
        Tampered: it is not the record of that event.
    """
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


def _object(value: JSON, kept: Kept) -> Mapping[str, JSON]:
    if not isinstance(value, Mapping):
        raise Tampered(f"The record of event {kept.event_id!r} is not an object.")
    return value


def erased(kept: Kept) -> Recorded:
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
