"""A request's clock, told from its moves: when an answer is due, and whether it came in time."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sayso.errors import BadInput, Refused
from sayso.evidence import canonical
from sayso.evidence.canonical import JSON
from sayso.rights.deadlines import IDENTITY, REMINDERS, ClockEvent, Deadline, Tick, due
from sayso.rights.requests import (
    FINAL,
    JUSTIFICATIONS,
    MISSED,
    OPENDSR,
    Move,
    Request,
    RequestState,
    drp_status,
    extend,
    reason_of,
)
from sayso.rights.working_days import Calendar
from sayso.settings import FILE_NAME, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How a request's clock stands. `reminded` is how much of the time is over: 0, 50, 80, 100."""

    deadline: Deadline
    due_at: datetime
    paused_since: datetime | None
    reminded: int
    is_missed: bool


def calendar_of(settings: Settings) -> Calendar:
    """Return the days that count where answers are owed.

    Raises:
        BadInput: the settings name no country, or part of one, whose holidays are known.
    """
    try:
        return Calendar(
            country=settings.calendar_country, subdivision=settings.calendar_subdivision
        )
    except BadInput as error:
        raise BadInput(f"{settings.home / FILE_NAME}: {error.message}", hint=error.hint) from error


def clock_events(moves: Sequence[Move]) -> tuple[ClockEvent, ...]:
    """Return what a request's moves, oldest first, did to its clock."""
    found: list[ClockEvent] = []
    for move in moves:
        if move.is_extension:
            found.append(ClockEvent(tick=Tick.EXTEND, at=move.at, reason=move.reason))
        elif move.before is move.after:
            continue
        elif move.before is None:
            found.append(ClockEvent(tick=Tick.RECEIVED, at=move.at))
        elif move.after is RequestState.NEED_VERIFICATION:
            found.append(ClockEvent(tick=Tick.PAUSE, at=move.at, reason=IDENTITY))
        elif move.after in FINAL:
            found.append(ClockEvent(tick=Tick.STOP, at=move.at))
        elif move.before is RequestState.NEED_VERIFICATION:
            found.append(ClockEvent(tick=Tick.RESUME, at=move.at))
    return tuple(found)


def timed(request: Request, moves: Sequence[Move], calendar: Calendar) -> Request:
    """Return the request with the last moment for its answer after these moves."""
    return replace(request, due_at=_deadline(request, moves, calendar).answer_at)


def timing(request: Request, moves: Sequence[Move], calendar: Calendar, now: datetime) -> Timing:
    """Return how a request's clock stands now; what was answered keeps the term it had then."""
    deadline = _deadline(request, moves, calendar)
    is_paused = request.is_open and deadline.is_paused
    asked = [move.at for move in moves if move.after is RequestState.NEED_VERIFICATION]
    if request.is_open:
        due_at, is_late = deadline.answer_at, deadline.is_missed(now)
    else:
        due_at = request.due_at
        is_late = request.finished_at is not None and request.finished_at > due_at
    today = calendar.day_of(now)
    passed = [
        share for share, day in zip(REMINDERS, deadline.reminders, strict=True) if day <= today
    ]
    return Timing(
        deadline=deadline,
        due_at=due_at,
        paused_since=asked[0] if is_paused else None,
        reminded=max(passed, default=0) if request.is_open and not is_paused else 0,
        is_missed=is_late or any(move.reason == MISSED for move in moves),
    )


def extended(
    request: Request, moves: Sequence[Move], at: datetime, reason: str, calendar: Calendar
) -> tuple[Request, Move]:
    """Return the request with its longer term, and the line that says why.

    Raises:
        Refused: it cannot be lengthened, or not any more, or its clock knows no longer term.
        BadInput: that is no reason for it.
    """
    move = extend(request, moves, at, reason)
    before = timed(request, moves, calendar)
    after = timed(request, (*moves, move), calendar)
    if after.due_at <= before.due_at:
        raise Refused(
            f"Request {request.id} was due on {before.due_at:%Y-%m-%d} and cannot be extended.",
            rule="request_clock",
            hint=f"The clock {request.regime} knows no longer term, or its term was over before "
            "the reason was told.",
        )
    return after, move


def missed(
    request: Request, moves: Sequence[Move], calendar: Calendar, now: datetime
) -> Move | None:
    """Return the line that says that no answer came in time, where it is true and not yet said."""
    if not request.is_open or any(move.reason == MISSED for move in moves):
        return None
    if not _deadline(request, moves, calendar).is_missed(now):
        return None
    return Move(
        request_id=request.id, before=request.state, after=request.state, at=now, reason=MISSED
    )


def missed_entry(request: Request) -> Mapping[str, JSON]:
    """Return what the log says of a missed deadline: a digest of the request's id and last day.

    Whoever holds the request, as in a member's copy, can recompute it; nobody else learns from it.
    """
    return {
        "missed": canonical.digest({"due_at": request.due_at.isoformat(), "request": request.id})
    }


def facts(request: Request, moves: Sequence[Move]) -> dict[str, object]:
    """Return a request as machines read it: its names elsewhere, why it was refused, each step."""
    reason = reason_of(moves)
    return {
        **asdict(request),
        "reason": reason,
        "reason_iri": JUSTIFICATIONS + reason.rpartition(":")[2] if reason else "",
        "opendsr": OPENDSR[request.state],
        "drp": drp_status(request, moves),
        "moves": [
            {"before": each.before, "after": each.after, "at": each.at, "reason": each.reason}
            for each in moves
        ],
    }


def _deadline(request: Request, moves: Sequence[Move], calendar: Calendar) -> Deadline:
    return due(request.regime, clock_events(moves), calendar)
