"""`requests`: what members asked for, where it stands, and until when it must be answered."""

from datetime import datetime
from typing import Annotated

import typer

from sayso.cli.ask import moment
from sayso.cli.output import HERE, AsJson, Home, opened, say, show_json, show_table
from sayso.errors import BadInput
from sayso.jobs.look import member_named
from sayso.jobs.requests import (
    Shown,
    lengthen,
    move_on,
    show_request,
    show_requests,
    take_in,
)
from sayso.rights.clocks import facts
from sayso.rights.deadlines import Regime
from sayso.rights.requests import MISSED, MOVES, Delay, Move, Reason, RequestKind, RequestState

requests = typer.Typer(help="What members have asked for.", no_args_is_help=True)

_Id = Annotated[str, typer.Argument(help="The request's id, or its beginning.")]
_ACTS = {
    RequestKind.ACCESS: "`sayso copy {member} FILE.zip` copies, and ends what is verified.",
    RequestKind.ERASURE: "`sayso erase {member}` erases, and ends the request.",
    RequestKind.OBJECTION: "`sayso choose {member} PURPOSE no` takes their texts out of service.",
}


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    requests.command("list")(list_requests)
    requests.command("show")(show)
    requests.command("open")(open_one)
    requests.command("advance")(advance)
    requests.command("extend")(extend)
    app.add_typer(requests, name="requests")


def list_requests(home: Home = HERE, as_json: AsJson = False) -> None:
    """List requests, oldest first, with how much of their time is over.

    Example: `sayso requests list`
    """
    with opened(home) as network:
        found = show_requests(network)
    if as_json:
        show_json([_mapping(each) for each in found])
        return
    show_table(
        "Requests",
        ("id", "kind", "state", "received", "due", "time over"),
        [
            (
                each.request.id,
                each.request.kind,
                each.request.state,
                each.request.received_at,
                each.timing.due_at,
                _time_over(each),
            )
            for each in found
        ],
    )


def show(request_id: _Id, home: Home = HERE, as_json: AsJson = False) -> None:
    """Show a request: its state, its clock, every move, and its names in other protocols.

    Example: `sayso requests show r-4f21`
    """
    with opened(home) as network:
        found = show_request(network, request_id)
    _tell(found, as_json=as_json)


def open_one(
    member: Annotated[str, typer.Argument(help="The member's id, its beginning, or @handle.")],
    kind: Annotated[RequestKind, typer.Argument(help="What they ask for.")],
    home: Home = HERE,
    received: Annotated[str, typer.Option(help="When it came (ISO 8601); else now.")] = "",
    clock: Annotated[
        Regime | None, typer.Option(help="Whose clock runs; else that of the member's region.")
    ] = None,
    note: Annotated[str, typer.Option(help="A sentence about it, without personal data.")] = "",
    as_json: AsJson = False,
) -> None:
    """Record a request that came by letter; one like an open one becomes its duplicate.

    Example: `sayso requests open ana access --received 2026-03-01T12:00:00Z`
    """
    with opened(home) as network:
        found = take_in(
            network,
            member_named(network, member),
            kind,
            received_at=moment("--received", received),
            regime=clock,
            note=note,
        )
    _tell(found, as_json=as_json)


def advance(
    request_id: _Id,
    state: Annotated[RequestState, typer.Argument(help="Where it stands from now on.")],
    home: Home = HERE,
    reason: Annotated[
        str, typer.Option(help="Why it is refused, as in justifications:ProcessExcessive.")
    ] = "",
    of: Annotated[str, typer.Option(help="The open request that it is a duplicate of.")] = "",
    note: Annotated[str, typer.Option(help="A sentence about it, without personal data.")] = "",
    as_json: AsJson = False,
) -> None:
    """Move a request one step on. This copies, erases and stops nothing by itself.

    `sayso copy` and `sayso erase` do, and end the member's open request when they are done.

    Example: `sayso requests advance r-4f21 verified`

    Example: `sayso requests advance r-4f21 denied --reason justifications:ProcessUnfounded`
    """
    if reason and state not in {RequestState.DENIED, RequestState.PARTIALLY_FULFILLED}:
        raise BadInput(
            f"--reason is for a refusal, not for {state}.", hint="Say it with --note instead."
        )
    with opened(home) as network:
        term = _term(reason)
        found = move_on(network, request_id, state, reason=term, of=of, note=note)
    _tell(found, as_json=as_json)


def extend(
    request_id: _Id,
    reason: Annotated[
        str, typer.Option(help="Why: " + " or ".join(Delay) + ".", show_default=False)
    ],
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Lengthen the term for an answer, once, where its law allows it; tell the member why.

    Example: `sayso requests extend r-4f21 --reason justifications:ComplexityOfProcess`
    """
    with opened(home) as network:
        found = lengthen(network, request_id, _term(reason))
    _tell(found, as_json=as_json)


def _term(text: str) -> str:
    """Return the vocabulary's name of a reason, with whatever prefix it was given, or the text."""
    name = text.rpartition(":")[2].rpartition("#")[2]
    return next((each for each in (*Reason, *Delay) if each.endswith(f":{name}")), text)


def _tell(found: Shown, *, as_json: bool) -> None:
    if as_json:
        show_json(_mapping(found))
        return
    request, told = found.request, facts(found.request, found.moves)
    rows = [
        ("member", request.member_id),
        ("kind", request.kind),
        ("state", request.state),
        ("reason", told["reason"]),
        ("note", request.detail),
        ("received", request.received_at),
        *_clock(found),
        ("in OpenDSR", told["opendsr"]),
        ("in the Data Rights Protocol", told["drp"]),
    ]
    show_table(f"Request {request.id}", ("what", "is"), [row for row in rows if row[1]])
    show_table("Moves", ("at", "what", "reason"), [_move(each) for each in found.moves])
    following = ", ".join(sorted(MOVES[request.state]))
    if following:
        say(f"Possible now: {following}.")
        say(_ACTS[request.kind].format(member=request.member_id))


def _clock(found: Shown) -> list[tuple[str, object]]:
    timing = found.timing
    return [
        ("clock", found.request.regime),
        ("paused since", timing.paused_since),
        ("confirm until", timing.deadline.confirm_by if found.request.is_open else None),
        ("due", timing.due_at),
        ("time over", _time_over(found)),
        ("by", "; ".join(timing.deadline.citations)),
        ("finished", found.request.finished_at),
    ]


def _move(move: Move) -> tuple[datetime, str, str]:
    if move.before is not move.after:
        return move.at, move.after, move.reason
    what = "no answer came in time" if move.reason == MISSED else "term extended"
    return move.at, what, move.reason


def _time_over(found: Shown) -> str:
    if found.timing.is_missed:
        return "missed"
    if found.timing.paused_since is not None:
        return "paused"
    return f"{found.timing.reminded} %" if found.timing.reminded else ""


def _mapping(found: Shown) -> dict[str, object]:
    timing, deadline = found.timing, found.timing.deadline
    return {
        **facts(found.request, found.moves),
        "due_at": timing.due_at,
        "confirm_by": deadline.confirm_by and deadline.confirm_by.isoformat(),
        "reminders": [day.isoformat() for day in deadline.reminders],
        "reminded_percent": timing.reminded,
        "is_missed": timing.is_missed,
        "paused_since": timing.paused_since,
        "citations": deadline.citations,
        "possible": sorted(MOVES[found.request.state]),
    }
