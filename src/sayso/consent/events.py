"""What can happen that bears on say-so, and how each is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from sayso.community import AgeBand, Category, CreditChoice, MemberId, Region, Standing
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.notices import Delivery, utc
from sayso.errors import BadInput, Tampered
from sayso.evidence import canonical
from sayso.evidence.canonical import JSON

_DERIVED = UUID("7b0cf0a3-3c0f-5c53-9d3e-6f5d3d4c8a11")
"""Name space of ids that are derived from what an act says (RFC 9562, version 5)."""


class EventKind(StrEnum):
    """What sort of fact an event is."""

    CHOICE = "choice"
    CREDIT = "credit"
    NOTICE = "notice"
    SIGNAL = "signal"
    REGION = "region"
    AGE = "age"
    STANDING = "standing"
    SETTING = "setting"
    MERGED = "merged"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One immutable fact about one member. `occurred_at` is a claim and orders nothing."""

    event_id: str
    kind: EventKind
    member_id: MemberId
    occurred_at: datetime
    body: Mapping[str, JSON]


def derived_id(fields: JSON) -> str:
    """Return the id of an act that came without one: the same act always gets the same id."""
    return str(uuid5(_DERIVED, canonical.digest(fields)))


def fields_of(event: Event) -> dict[str, JSON]:
    """Return the event as canonical JSON's fields; the same event gives the same fields."""
    return {
        "event_id": event.event_id,
        "kind": str(event.kind),
        "member_id": event.member_id,
        "occurred_at": utc(event.occurred_at).isoformat(),
        "body": dict(event.body),
    }


def event_of(fields: Mapping[str, JSON]) -> Event:
    """Read what `fields_of` wrote.

    Raises:
        Tampered: it is not an event.
    """
    try:
        return Event(
            event_id=str(fields["event_id"]),
            kind=EventKind(str(fields["kind"])),
            member_id=MemberId(str(fields["member_id"])),
            occurred_at=datetime.fromisoformat(str(fields["occurred_at"])),
            body=_mapping(fields["body"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Tampered(f"A sealed record is not an event: {error}.") from error


def _mapping(value: JSON) -> Mapping[str, JSON]:
    if not isinstance(value, Mapping):
        raise TypeError("its body is not an object")
    return value


def choice_event(choice: Choice) -> Event:
    """Write a member's choice down, with the notice, mechanism and language it was made under.

    Raises:
        BadInput: its scope and its target do not fit each other.
    """
    if (choice.scope is Scope.PURPOSE) == bool(choice.target):
        raise BadInput(
            f"A choice for a {choice.scope} has the target {choice.target!r}.",
            hint="Name the document or the category; for a whole purpose, name neither.",
        )
    if choice.scope is Scope.CATEGORY and choice.target not in set(Category):
        raise BadInput(
            f"There is no data category {choice.target!r}.",
            hint="Categories: " + ", ".join(Category) + ".",
        )
    return Event(
        event_id=choice.event_id,
        kind=EventKind.CHOICE,
        member_id=choice.member_id,
        occurred_at=choice.occurred_at,
        body={
            "purpose": str(choice.purpose),
            "answer": str(choice.answer),
            "scope": str(choice.scope),
            "target": choice.target,
            "notice_id": choice.notice_id,
            "mechanism": choice.mechanism,
            "language": choice.language,
            "after_conflict": choice.after_conflict,
        },
    )


def credit_event(
    *, member_id: MemberId, credit: CreditChoice, occurred_at: datetime, event_id: str = ""
) -> Event:
    """Write down how a member wants to be credited."""
    return _event(EventKind.CREDIT, event_id, member_id, occurred_at, {"credit": str(credit)})


def delivery_event(  # noqa: PLR0913 - one fact has this many parts
    *,
    member_id: MemberId,
    notice_id: str,
    delivery: Delivery,
    channel: str = "site",
    occurred_at: datetime,
    event_id: str = "",
) -> Event:
    """Write down how far a notice got with a member."""
    body: dict[str, JSON] = {"notice_id": notice_id, "delivery": str(delivery), "channel": channel}
    return _event(EventKind.NOTICE, event_id, member_id, occurred_at, body)


def gpc_event(
    *, member_id: MemberId, present: bool, occurred_at: datetime, event_id: str = ""
) -> Event:
    """Write down that a member's browser sent Global Privacy Control, or stopped to."""
    body: dict[str, JSON] = {"signal": "gpc", "present": present}
    return _event(EventKind.SIGNAL, event_id, member_id, occurred_at, body)


def setting_event(
    *, member_id: MemberId, setting: str, answer: Answer, occurred_at: datetime, event_id: str = ""
) -> Event:
    """Write down an older setting; `no` means that the member objected to something by it."""
    body: dict[str, JSON] = {"setting": setting, "answer": str(answer)}
    return _event(EventKind.SETTING, event_id, member_id, occurred_at, body)


def region_event(
    *, member_id: MemberId, before: Region, after: Region, occurred_at: datetime, event_id: str = ""
) -> Event:
    """Write down that a member moved."""
    body: dict[str, JSON] = {"before": before, "after": after}
    return _event(EventKind.REGION, event_id, member_id, occurred_at, body)


def age_event(
    *,
    member_id: MemberId,
    before: AgeBand,
    after: AgeBand,
    occurred_at: datetime,
    event_id: str = "",
) -> Event:
    """Write down that what we know of a member's age changed."""
    body: dict[str, JSON] = {"before": str(before), "after": str(after)}
    return _event(EventKind.AGE, event_id, member_id, occurred_at, body)


def standing_event(
    *,
    member_id: MemberId,
    before: Standing,
    after: Standing,
    occurred_at: datetime,
    event_id: str = "",
) -> Event:
    """Write down that an account was suspended, deleted or restored."""
    body: dict[str, JSON] = {"before": str(before), "after": str(after)}
    return _event(EventKind.STANDING, event_id, member_id, occurred_at, body)


def merged_event(
    *, member_id: MemberId, into: MemberId, occurred_at: datetime, event_id: str = ""
) -> Event:
    """Write down that an account became another: from here on, the two are one person's."""
    body: dict[str, JSON] = {"into": into}
    return _event(EventKind.MERGED, event_id, member_id, occurred_at, body)


def erased_event(*, event_id: str, member_id: MemberId, occurred_at: datetime) -> Event:
    """Write down that a member was erased."""
    return _event(EventKind.ERASED, event_id, member_id, occurred_at, {})


def _event(
    kind: EventKind,
    event_id: str,
    member_id: MemberId,
    occurred_at: datetime,
    body: Mapping[str, JSON],
) -> Event:
    event = Event(
        event_id=event_id, kind=kind, member_id=member_id, occurred_at=occurred_at, body=body
    )
    return event if event_id else replace(event, event_id=derived_id(fields_of(event)))
