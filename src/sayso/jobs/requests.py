"""Members' requests: taken in, moved on, answered; each step kept with what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sayso.community import UNKNOWN_REGION, MemberId
from sayso.consent.regions import region_named
from sayso.errors import BadInput, NotFound
from sayso.rights.clocks import (
    Timing,
    calendar_of,
    extended,
    missed,
    missed_entry,
    timed,
    timing,
)
from sayso.rights.deadlines import Regime, regime_for
from sayso.rights.requests import (
    MOVES,
    Move,
    Reason,
    Request,
    RequestKind,
    RequestState,
    advance,
    open_request,
    settle,
)
from sayso.rights.working_days import Calendar
from sayso.storage.stores import Stores
from sayso.wiring import Network

_WAY = (RequestState.VERIFIED, RequestState.IN_PROGRESS, RequestState.FULFILLED)
_UNPROVEN = frozenset({RequestState.RECEIVED, RequestState.NEED_VERIFICATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A request, every step of it, and its clock."""

    request: Request
    moves: tuple[Move, ...]
    timing: Timing


def show_requests(network: Network) -> tuple[Shown, ...]:
    """Return every request, oldest first."""
    calendar, now = calendar_of(network.settings), network.clock()
    with network.reading() as stores:
        moves = stores.requests.all_moves()
        return tuple(
            _shown(each, moves.get(each.id, ()), calendar, now) for each in stores.requests.list()
        )


def show_request(network: Network, request_id: str) -> Shown:
    """Return one request; its id may be shortened.

    Raises:
        NotFound: there is none.
    """
    with network.reading() as stores:
        return _look(network, stores, stores.requests.get(request_id))


def take_in(  # noqa: PLR0913 - what a letter says beside who wrote it
    network: Network,
    member_id: MemberId,
    kind: RequestKind,
    *,
    received_at: datetime | None = None,
    regime: Regime | None = None,
    note: str = "",
) -> Shown:
    """Keep a request that came by letter; while one like it is open, it is that one's duplicate.

    Raises:
        NotFound: no such member.
        BadInput: it would have come in the future.
    """
    now = network.clock()
    if received_at is not None and received_at > now:
        raise BadInput(
            f"A request cannot have been received at {received_at.isoformat()}: that is to come.",
            hint="Give the day on which it came.",
        )
    with network.writing() as stores:
        known_as = stores.accounts.now_known_as(member_id)
        if stores.community.member(known_as) is None:
            raise NotFound(
                f"There is no member {member_id!r}.",
                hint="`sayso members list` shows who there is.",
            )
        request = _open(network, stores, known_as, kind, received_at or now, regime, note)
        return _look(network, stores, request)


def move_on(  # noqa: PLR0913 - what may be said of a step
    network: Network,
    request_id: str,
    to: RequestState,
    *,
    reason: str = "",
    of: str = "",
    note: str = "",
) -> Shown:
    """Move a request one step on.

    Raises:
        NotFound: no such request.
        Refused: there is no way from where it stands to there.
        BadInput: a refusal without its reason, or a duplicate of nothing like it.
    """
    with network.writing() as stores:
        request = stores.requests.get(request_id)
        at = _moment(network, stores, request)
        enter_missed(network, stores, request)
        other = stores.requests.get(of) if of else None
        moved, move = advance(request, to, at, reason=reason, of=other)
        _keep(network, stores, replace(moved, detail=note or moved.detail), [move])
        return _look(network, stores, moved)


def lengthen(network: Network, request_id: str, reason: str) -> Shown:
    """Lengthen a request's term, once, for a reason that its member is told.

    Raises:
        NotFound: no such request.
        Refused: its term cannot be lengthened, or not any more.
        BadInput: that is no reason for it.
    """
    with network.writing() as stores:
        request = stores.requests.get(request_id)
        at, moves = _moment(network, stores, request), stores.requests.moves(request.id)
        longer, move = extended(request, moves, at, reason, calendar_of(network.settings))
        stores.requests.save(longer, [move])
        return _look(network, stores, longer)


def note_missed(network: Network) -> int:
    """Enter, once for each, the requests that were not answered in time; return how many."""
    now = network.clock()
    with network.reading() as stores:
        if not stores.requests.overdue(now):
            return 0
    with network.writing() as stores:
        return sum(enter_missed(network, stores, each) for each in stores.requests.overdue(now))


def enter_missed(network: Network, stores: Stores, request: Request) -> bool:
    """Enter that a request was not answered in time, in its moves and by digest in the log.

    What is not true, or was entered before, is not entered.
    """
    moves = stores.requests.moves(request.id)
    calendar = calendar_of(network.settings)
    move = missed(request, moves, calendar, _moment(network, stores, request))
    if move is None:
        return False
    late = timed(request, moves, calendar)
    stores.requests.save(late, [move])
    stores.log.append("deadline", missed_entry(late))
    return True


def answered(
    network: Network, stores: Stores, member_id: MemberId, kind: RequestKind, detail: str
) -> None:
    """Keep that a request was answered: the open one, or else one that is answered at once.

    One that waits for proof of who asks goes on waiting: only they may have the answer.
    """
    found = [each for each in stores.requests.of(member_id) if each.is_open and each.kind is kind]
    request = found[0] if found else None
    if request is None or request.state in _UNPROVEN:
        request = _open(network, stores, member_id, kind, network.clock(), None, detail)
    _to_the_end(network, stores, request, detail)


def answered_by_erasing(network: Network, stores: Stores, member_id: MemberId) -> None:
    """Keep that an erasure answered all the member had open: nothing is left to give or to use."""
    open_ones = [each for each in stores.requests.of(member_id) if each.is_open]
    if not any(each.kind is RequestKind.ERASURE for each in open_ones):
        now = network.clock()
        open_ones.append(_open(network, stores, member_id, RequestKind.ERASURE, now, None, ""))
    for each in open_ones:
        if each.kind is not RequestKind.ACCESS:
            _to_the_end(network, stores, each, "Erased.")
            continue
        at = _moment(network, stores, each)
        enter_missed(network, stores, each)
        denied, move = advance(each, RequestState.DENIED, at, reason=Reason.IMPOSSIBLE)
        _keep(network, stores, denied, [move])


def of_one_person(network: Network, stores: Stores, old: MemberId, into: MemberId) -> None:
    """Give the account that lives on what the old one had open; of two alike the earlier stays."""
    for each in stores.requests.of(old):
        if each.is_open:
            stores.requests.save(replace(each, member_id=into))
    _settle(network, stores, into)


def _open(  # noqa: PLR0913, PLR0917 - what a request begins with
    network: Network,
    stores: Stores,
    member_id: MemberId,
    kind: RequestKind,
    received_at: datetime,
    regime: Regime | None,
    detail: str,
) -> Request:
    member = stores.community.member(member_id)
    home = regime_for(region_named(member.region if member else UNKNOWN_REGION))
    asked = Request(
        id=f"r-{network.entropy(8).hex()}",
        member_id=member_id,
        kind=kind,
        state=RequestState.RECEIVED,
        received_at=received_at,
        due_at=received_at,
        regime=regime or home,
        detail=detail,
    )
    request, moves = open_request(asked, stores.requests.of(member_id))
    kept = _keep(network, stores, request, moves)
    _settle(network, stores, member_id)
    return kept


def _settle(network: Network, stores: Stores, member_id: MemberId) -> None:
    theirs = stores.requests.of(member_id)
    at = max(_moment(network, stores, each) for each in theirs) if theirs else network.clock()
    for ended, move in settle(theirs, at):
        enter_missed(network, stores, stores.requests.get(ended.id))
        _keep(network, stores, ended, [move])


def _to_the_end(network: Network, stores: Stores, request: Request, detail: str) -> None:
    at = _moment(network, stores, request)
    enter_missed(network, stores, request)
    for to in _WAY:
        if to in MOVES[request.state]:
            moved, move = advance(request, to, at)
            request = _keep(network, stores, replace(moved, detail=detail), [move])


def _keep(network: Network, stores: Stores, request: Request, moves: Sequence[Move]) -> Request:
    """Keep a request and its new steps, with the last day that follows from all of them."""
    every = (*stores.requests.moves(request.id), *moves)
    kept = timed(request, every, calendar_of(network.settings))
    stores.requests.save(kept, moves)
    return kept


def _moment(network: Network, stores: Stores, request: Request) -> datetime:
    """Return the time, never before a step that was taken: a clock may have been set back."""
    return max([network.clock(), *(move.at for move in stores.requests.moves(request.id))])


def _look(network: Network, stores: Stores, request: Request) -> Shown:
    kept, moves = stores.requests.get(request.id), stores.requests.moves(request.id)
    return _shown(kept, moves, calendar_of(network.settings), network.clock())


def _shown(request: Request, moves: tuple[Move, ...], calendar: Calendar, now: datetime) -> Shown:
    return Shown(request=request, moves=moves, timing=timing(request, moves, calendar, now))
