"""A member's history folded into what they say now: one pass, in the ledger's order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sayso.community import AgeBand, Category, CreditChoice, Region, Standing
from sayso.consent.choices import Answer, Scope
from sayso.consent.events import EventKind
from sayso.consent.ledger import Recorded
from sayso.consent.notices import PROVES_DELIVERY, Delivery, utc
from sayso.consent.purposes import Purpose
from sayso.evidence.canonical import JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A yes. It counts from when it happened or when we learned of it, whichever is later."""

    seq: int
    event_id: str
    counts_from: datetime
    recorded_at: datetime
    notice_id: str
    after_conflict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A no. It counts from when we learned of it."""

    seq: int
    event_id: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The last no at one scope, and every yes since; a later yes never weakens an earlier one."""

    refusal: Refusal | None = None
    grants: tuple[Grant, ...] = ()

    @property
    def answer(self) -> Answer:
        """What was said last."""
        return Answer.YES if self.grants else Answer.NO

    @property
    def since(self) -> datetime:
        """When the present answer began."""
        if self.grants:
            return self.grants[0].recorded_at
        assert self.refusal is not None
        return self.refusal.recorded_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A fact with its place: when it was recorded, and by which event."""

    seq: int
    event_id: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSetting:
    """What an older setting stood at."""

    setting: str
    answer: Answer
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A change of region."""

    before: Region
    after: Region
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """A change of what is known of the member's age."""

    before: AgeBand
    after: AgeBand
    seen: Seen


Asked = tuple[Purpose, Scope, str]
"""What an answer is about: purpose, scope, and the document or category (empty for all)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """What a member's history amounts to.

    `deliveries` hold the first proof per notice; `bounced` the notices that only bounced.
    `unreadable` names events that do not say what they must: while there is one, all is no.
    """

    answers: Mapping[Asked, Answered] = field(default_factory=dict)
    deliveries: Mapping[str, Seen] = field(default_factory=dict)
    bounced: Mapping[str, Seen] = field(default_factory=dict)
    gpc: Seen | None = None
    settings: Mapping[str, OldSetting] = field(default_factory=dict)
    credit: CreditChoice | None = None
    moves: tuple[Moved, ...] = ()
    ages: tuple[Aged, ...] = ()
    standing: Standing | None = None
    unreadable: tuple[str, ...] = ()

    def answered(self, purpose: Purpose, scope: Scope, target: str = "") -> Answered | None:
        """Return what was answered at that scope, or None where nothing was."""
        return self.answers.get((purpose, scope, target))


SILENT = Say()
"""A member who never said anything and of whom nothing was recorded."""


def fold(
    history: Iterable[Recorded],
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> Say:
    """Return what a member said, from their history in `seq` order.

    `known_at` leaves out what we had not yet learned by then. `as_of` asks what held then: a no
    counts from when it was recorded, a yes from the later of recorded and occurred.
    """
    said = _Said()
    for recorded in sorted(history, key=lambda each: each.seq):
        if known_at is not None and recorded.recorded_at > utc(known_at):
            continue
        if as_of is not None and _counts_from(recorded) > utc(as_of):
            continue
        try:
            _TAKE[recorded.event.kind](said, recorded)
        except (KeyError, TypeError, ValueError):
            said.unreadable.append(recorded.event.event_id)
    return Say(
        answers=said.answers,
        deliveries=said.deliveries,
        bounced=said.bounced,
        gpc=said.gpc,
        settings=said.settings,
        credit=said.credit,
        moves=tuple(said.moves),
        ages=tuple(said.ages),
        standing=said.standing,
        unreadable=tuple(said.unreadable),
    )


class _Said:
    """What has been folded so far."""

    def __init__(self) -> None:
        self.answers: dict[Asked, Answered] = {}
        self.deliveries: dict[str, Seen] = {}
        self.bounced: dict[str, Seen] = {}
        self.gpc: Seen | None = None
        self.settings: dict[str, OldSetting] = {}
        self.credit: CreditChoice | None = None
        self.moves: list[Moved] = []
        self.ages: list[Aged] = []
        self.standing: Standing | None = None
        self.unreadable: list[str] = []


def _counts_from(recorded: Recorded) -> datetime:
    event = recorded.event
    if event.kind is EventKind.CHOICE and event.body.get("answer") == Answer.YES:
        return max(recorded.recorded_at, utc(event.occurred_at))
    return recorded.recorded_at


def _seen(recorded: Recorded) -> Seen:
    return Seen(
        seq=recorded.seq, event_id=recorded.event.event_id, recorded_at=recorded.recorded_at
    )


def _text(body: Mapping[str, JSON], name: str) -> str:
    value = body[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is not a text")
    return value


def _take_choice(said: _Said, recorded: Recorded) -> None:
    body = recorded.event.body
    scope = Scope(_text(body, "scope"))
    target = _text(body, "target")
    if scope is Scope.CATEGORY:
        target = Category(target)
    if (scope is Scope.PURPOSE) == bool(target):
        raise ValueError("a whole purpose has no target, anything narrower has one")
    asked = (Purpose(_text(body, "purpose")), scope, target)
    if Answer(_text(body, "answer")) is Answer.NO:
        said.answers[asked] = Answered(
            refusal=Refusal(
                seq=recorded.seq,
                event_id=recorded.event.event_id,
                recorded_at=recorded.recorded_at,
            )
        )
        return
    before = said.answers.get(asked, Answered())
    grant = Grant(
        seq=recorded.seq,
        event_id=recorded.event.event_id,
        counts_from=_counts_from(recorded),
        recorded_at=recorded.recorded_at,
        notice_id=_text(body, "notice_id"),
        after_conflict=body["after_conflict"] is True,
    )
    said.answers[asked] = Answered(refusal=before.refusal, grants=(*before.grants, grant))


def _take_credit(said: _Said, recorded: Recorded) -> None:
    said.credit = CreditChoice(_text(recorded.event.body, "credit"))


def _take_notice(said: _Said, recorded: Recorded) -> None:
    notice_id = _text(recorded.event.body, "notice_id")
    delivery = Delivery(_text(recorded.event.body, "delivery"))
    if delivery in PROVES_DELIVERY:
        said.deliveries.setdefault(notice_id, _seen(recorded))
        said.bounced.pop(notice_id, None)
    elif delivery is Delivery.BOUNCED and notice_id not in said.deliveries:
        said.bounced[notice_id] = _seen(recorded)


def _take_signal(said: _Said, recorded: Recorded) -> None:
    signal, present = recorded.event.body["signal"], recorded.event.body["present"]
    if signal != "gpc" or not isinstance(present, bool):
        raise ValueError("this signal is not known")
    # Its later absence is not consent (11 CCR 7025(c)(5)), so the first sighting stays.
    if present and said.gpc is None:
        said.gpc = _seen(recorded)


def _take_setting(said: _Said, recorded: Recorded) -> None:
    setting = _text(recorded.event.body, "setting")
    said.settings[setting] = OldSetting(
        setting=setting,
        answer=Answer(_text(recorded.event.body, "answer")),
        seen=_seen(recorded),
    )


def _take_region(said: _Said, recorded: Recorded) -> None:
    body = recorded.event.body
    said.moves.append(
        Moved(
            before=Region(_text(body, "before")),
            after=Region(_text(body, "after")),
            seen=_seen(recorded),
        )
    )


def _take_age(said: _Said, recorded: Recorded) -> None:
    body = recorded.event.body
    before, after = AgeBand(_text(body, "before")), AgeBand(_text(body, "after"))
    said.ages.append(Aged(before=before, after=after, seen=_seen(recorded)))


def _take_standing(said: _Said, recorded: Recorded) -> None:
    after = Standing(_text(recorded.event.body, "after"))
    if said.standing is not Standing.ERASED:  # there is no way back from that one
        said.standing = after


def _take_erased(said: _Said, _recorded: Recorded) -> None:
    said.standing = Standing.ERASED


_TAKE = {
    EventKind.CHOICE: _take_choice,
    EventKind.CREDIT: _take_credit,
    EventKind.NOTICE: _take_notice,
    EventKind.SIGNAL: _take_signal,
    EventKind.REGION: _take_region,
    EventKind.AGE: _take_age,
    EventKind.STANDING: _take_standing,
    EventKind.SETTING: _take_setting,
    EventKind.ERASED: _take_erased,
}
