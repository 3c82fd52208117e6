"""When a request must be answered: each regime's clock, its pauses, and the days that count.

What the laws say stands in three tables, `TERMS`, `PAUSES` and `LAST_DAYS`, a citation on each
row. Sayso implements these rows and names their sources; it does not give legal advice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sayso.community import Region
from sayso.consent.regions import GROUPS
from sayso.errors import BadInput
from sayso.rights.working_days import Calendar, months_later, working_days_later


class Regime(StrEnum):
    """Whose clock runs."""

    GDPR = "gdpr"
    UK_GDPR = "uk_gdpr"
    CCPA_KNOW_DELETE_CORRECT = "ccpa_know_delete_correct"
    CCPA_OPT_OUT = "ccpa_opt_out"
    GENERIC = "generic"


class Step(StrEnum):
    """What must be done by the end of a term."""

    CONFIRM = "confirm"
    ANSWER = "answer"
    ANSWER_EXTENDED = "answer, extended"


class Unit(StrEnum):
    """What a term is counted in; the day of receipt is never counted."""

    MONTHS = "months"
    DAYS = "days"
    WORKING_DAYS = "working days"


class Tick(StrEnum):
    """What can happen to a request's clock."""

    RECEIVED = "received"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    STOP = "stop"


IDENTITY = "identity"
"""The one reason to pause: we asked who it is, and wait for the proof."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One row: what is due, and how long after the day of receipt."""

    regime: Regime
    step: Step
    length: int
    unit: Unit
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of a table that only says for which regime something holds, and why."""

    regime: Regime
    says: str
    citation: str


_G, _U, _K, _O, _A = Regime
TERMS: tuple[Term, ...] = tuple(
    Term(regime=regime, step=step, length=length, unit=unit, citation=citation)
    for regime, step, length, unit, citation in (
        (_G, Step.ANSWER, 1, Unit.MONTHS, "GDPR Art. 12(3), first sentence"),
        (_G, Step.ANSWER_EXTENDED, 3, Unit.MONTHS, "GDPR Art. 12(3): one month and two further"),
        (_U, Step.ANSWER, 1, Unit.MONTHS, "UK GDPR Art. 12(3); ICO, right of access"),
        (_U, Step.ANSWER_EXTENDED, 3, Unit.MONTHS, "UK GDPR Art. 12(3): two further months"),
        (_K, Step.CONFIRM, 10, Unit.WORKING_DAYS, "11 CCR 7021(a)"),
        (_K, Step.ANSWER, 45, Unit.DAYS, "11 CCR 7021(b): calendar days"),
        (_K, Step.ANSWER_EXTENDED, 90, Unit.DAYS, "11 CCR 7021(b): 90 days from receipt at most"),
        (_O, Step.ANSWER, 15, Unit.WORKING_DAYS, "11 CCR 7026(f)"),
        (_A, Step.ANSWER, 28, Unit.DAYS, "the house: the shortest month, so never later than GDPR"),
    )
)

PAUSES: tuple[Rule, ...] = (
    Rule(regime=_G, says=IDENTITY, citation="GDPR Art. 12(6); Berlin DPA on proof of identity"),
    Rule(regime=_U, says=IDENTITY, citation="UK GDPR Art. 12(6); ICO: the clock stops meanwhile"),
)
"""Where a wait for proof of identity does not count. 11 CCR 7021(b) runs "regardless of" it."""

LAST_DAYS: tuple[Rule, ...] = (
    Rule(regime=_G, says="next working day", citation="Reg. (EEC, Euratom) 1182/71 Art. 3(4)"),
    Rule(regime=_U, says="next working day", citation="ICO, right of access: time limits"),
)
"""Where a last day that is no working day moves to the next one; elsewhere it stays."""

REMINDERS = (50, 80, 100)
"""After how much of the time, in percent, those who must answer are reminded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent:
    """Something that happened to a request's clock."""

    tick: Tick
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """What is due when. While the clock is paused, `answer_by` is the earliest it can be."""

    regime: Regime
    received_on: date
    confirm_by: date | None
    answer_by: date
    reminders: tuple[date, ...]
    is_paused: bool
    stopped_on: date | None
    citations: tuple[str, ...]
    calendar: Calendar

    @property
    def answer_at(self) -> datetime:
        """The last second for an answer."""
        return self.calendar.end_of(self.answer_by)

    def is_missed(self, now: datetime) -> bool:
        """Say whether no answer came in time."""
        answered = self.stopped_on or self.calendar.day_of(now)
        return not self.is_paused and answered > self.answer_by


def regime_for(region: Region) -> Regime:
    """Return the clock for a member who lives there: their law's, or else the strictest."""
    if region in GROUPS["EEA"]:
        return Regime.GDPR
    return Regime.UK_GDPR if region in GROUPS["UK"] else Regime.GENERIC


def due(regime: Regime, events: Sequence[ClockEvent], calendar: Calendar) -> Deadline:
    """Return what is due when, from all that happened to the clock so far, oldest first.

    An extension counts where its reason was told before the term had ended (GDPR Art. 12(3), 11
    CCR 7021(b)), a pause where it began before; later ones rescue nothing, nor do those that the
    regime does not know.

    Raises:
        BadInput: the events are no life of a clock.
    """
    clock = _run(regime, events, calendar)
    by, used = _answer_by(regime, clock, calendar)
    confirm = _term(regime, Step.CONFIRM)
    if confirm is not None:
        used.append(confirm)
    whole = (by - clock.received_on).days
    return Deadline(
        regime=regime,
        received_on=clock.received_on,
        confirm_by=None if confirm is None else _end(confirm, clock, calendar),
        answer_by=by,
        reminders=tuple(
            clock.received_on + timedelta(days=whole * share // 100) for share in REMINDERS
        ),
        is_paused=clock.is_paused,
        stopped_on=clock.stopped_on,
        citations=tuple(row.citation for row in used) + _also(regime),
        calendar=calendar,
    )


@dataclass(slots=True, kw_only=True)
class _Clock:
    """Where a clock stands after its events."""

    received_on: date
    last_at: datetime
    paused_on: date | None = None
    paused_days: int = 0
    extended_on: date | None = None
    stopped_on: date | None = None
    is_paused: bool = False


def _run(regime: Regime, events: Sequence[ClockEvent], calendar: Calendar) -> _Clock:
    if not events or events[0].tick is not Tick.RECEIVED:
        raise BadInput("A clock starts with its receipt.", hint="Give `received` first.")
    first = events[0].at
    clock = _Clock(received_on=calendar.day_of(first), last_at=first)
    pauses = {row.says for row in PAUSES if row.regime is regime}
    for event in events[1:]:
        _require_order(clock, event)
        on = calendar.day_of(event.at)
        if event.tick is Tick.PAUSE:
            clock.paused_on = on
            in_time = on <= _answer_by(regime, clock, calendar)[0]
            clock.is_paused = event.reason in pauses and in_time
        elif event.tick is Tick.RESUME:
            assert clock.paused_on is not None
            clock.paused_days += (on - clock.paused_on).days if clock.is_paused else 0
            clock.paused_on, clock.is_paused = None, False
        elif event.tick is Tick.EXTEND:
            clock.extended_on = clock.extended_on or on
        else:
            clock.stopped_on = on
        clock.last_at = event.at
    if clock.is_paused and clock.paused_on is not None:
        clock.paused_days += (calendar.day_of(clock.last_at) - clock.paused_on).days
    return clock


def _answer_by(regime: Regime, clock: _Clock, calendar: Calendar) -> tuple[date, list[Term]]:
    """Return the last day for an answer, and the rows that say so."""
    answer, extended = _term(regime, Step.ANSWER), _term(regime, Step.ANSWER_EXTENDED)
    assert answer is not None
    by = _end(answer, clock, calendar)
    if extended is None or clock.extended_on is None or clock.extended_on > by:
        return by, [answer]
    return max(by, _end(extended, clock, calendar)), [answer, extended]


def _require_order(clock: _Clock, event: ClockEvent) -> None:
    wrong = ""
    if event.at < clock.last_at:
        wrong = "is older than the one before it"
    elif clock.stopped_on is not None:
        wrong = "comes after the clock was stopped"
    elif event.tick is Tick.RECEIVED:
        wrong = "is a second receipt"
    elif event.tick is Tick.PAUSE and clock.paused_on is not None:
        wrong = "pauses a clock that is paused"
    elif event.tick is Tick.RESUME and clock.paused_on is None:
        wrong = "resumes a clock that is not paused"
    elif event.tick in {Tick.PAUSE, Tick.EXTEND} and not event.reason:
        wrong = "gives no reason"
    if wrong:
        raise BadInput(
            f"The clock's event {event.tick} at {event.at.isoformat()} {wrong}.",
            hint="Give the events as they happened, oldest first.",
        )


def _end(term: Term, clock: _Clock, calendar: Calendar) -> date:
    if term.unit is Unit.WORKING_DAYS:
        return working_days_later(clock.received_on, term.length, calendar)
    if term.unit is Unit.MONTHS:
        last = months_later(clock.received_on, term.length)
    else:
        last = clock.received_on + timedelta(days=term.length)
    last += timedelta(days=clock.paused_days)
    if any(row.regime is term.regime for row in LAST_DAYS):
        while not calendar.is_working(last):
            last += timedelta(days=1)
    return last


def _term(regime: Regime, step: Step) -> Term | None:
    return next((row for row in TERMS if row.regime is regime and row.step is step), None)


def _also(regime: Regime) -> tuple[str, ...]:
    return tuple(row.citation for row in (*PAUSES, *LAST_DAYS) if row.regime is regime)
