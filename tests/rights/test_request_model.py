"""Every way that members' requests can go, walked through to its end on the real code.

No draw of lots: from nothing, every act is tried in every state that can be reached, as a model
checker does, until no new state is found. `PAIR` has all there is to two requests: every end told
apart, extensions, and each two steps of people who both read the same state. `TRIO` asks what three
can do to each other, through who asks, for what, in which order, and what is still open; there
ends are alike, for nothing leads out of them in `PAIR`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from sayso.community import MemberId
from sayso.errors import BadInput, Conflict, Refused
from sayso.rights.clocks import clock_events
from sayso.rights.deadlines import Regime, due
from sayso.rights.requests import (
    FINAL,
    MOVES,
    NEEDS_REASON,
    Delay,
    Move,
    Reason,
    Request,
    RequestKind,
    RequestState,
    advance,
    extend,
    open_request,
    require_next,
    settle,
)
from sayso.rights.working_days import Calendar

Advanced = tuple[Request, Move]
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
State = RequestState
ANA, BEN = MemberId("ana"), MemberId("ben")


@dataclass(frozen=True)
class Bounds:
    """How much is walked through."""

    requests: int
    ends_differ: bool
    steps_race: bool
    extensions: bool


PAIR = Bounds(requests=2, ends_differ=True, steps_race=True, extensions=True)
TRIO = Bounds(requests=3, ends_differ=False, steps_race=False, extensions=False)


@dataclass(frozen=True)
class Rules:
    """What is checked: the real functions, or the same with a fault put in."""

    advance: Callable[..., tuple[Request, Move]] = advance
    extend: Callable[..., Move] = extend
    open_request: Callable[..., tuple[Request, tuple[Move, ...]]] = open_request
    require_next: Callable[..., None] = require_next
    settle: Callable[..., tuple[tuple[Request, Move], ...]] = settle


@dataclass(frozen=True)
class World:
    """Every request in the order in which it was recorded, each with its log; who is whom."""

    requests: tuple[Request, ...] = ()
    logs: tuple[tuple[Move, ...], ...] = ()
    are_one: bool = False
    now: datetime = START

    def key(self, bounds: Bounds) -> tuple[object, ...]:
        """All that later acts can depend on: which request is which member's, and how it stands."""
        return (
            self.are_one,
            tuple(
                sorted(
                    (number for number, each in enumerate(self.requests) if each.is_open),
                    key=lambda number: self.requests[number].received_at,
                )
            ),
            tuple(
                (
                    each.member_id,
                    each.kind,
                    each.state if each.is_open or bounds.ends_differ else "ended",
                    each.is_open and any(move.is_extension for move in log),
                )
                for each, log in zip(self.requests, self.logs, strict=True)
            ),
        )

    def kept(self, request: Request, moves: Sequence[Move], rules: Rules) -> "World":
        """The world after a request and its new steps were saved, as the store saves them."""
        number = int(request.id.removeprefix("r-"))
        if number == len(self.requests):
            rules.require_next(request.id, (), moves)
            return replace(
                self, requests=(*self.requests, request), logs=(*self.logs, tuple(moves))
            )
        rules.require_next(request.id, self.logs[number], moves)
        requests, logs = list(self.requests), list(self.logs)
        requests[number], logs[number] = request, (*logs[number], *moves)
        return replace(self, requests=tuple(requests), logs=tuple(logs))


class Fault(Exception):
    """A state that must not be, and the acts that lead there."""

    def __init__(self, what: str, trace: tuple[str, ...]) -> None:
        super().__init__(f"{what}: {'; '.join(trace)}")
        self.what = what


@dataclass
class Walk:
    """What was seen: how many states, and how many acts were tried in them."""

    states: int = 0
    acts: int = 0
    stood: set[State] = field(default_factory=set)


def settled(world: World, rules: Rules) -> World:
    for ended, move in rules.settle(world.requests, world.now):
        world = world.kept(ended, [move], rules)
    return world


def merged(world: World, rules: Rules) -> World:
    """Two accounts become one: what ben has open is ana's, and of two alike the earlier stays."""
    told = tuple(replace(each, member_id=ANA) if each.is_open else each for each in world.requests)
    return settled(replace(world, requests=told, are_one=True), rules)


def coming_in(world: World, rules: Rules, bounds: Bounds) -> Iterator[tuple[str, World]]:
    """A new request, received now or, as a letter that was found late, before all others."""
    number = len(world.requests)
    if number == bounds.requests:
        return
    before_all = START - timedelta(days=number + 1)
    members = (ANA,) if world.are_one or not number else (ANA, BEN)
    kinds = (RequestKind.ACCESS,) if not number else (RequestKind.ACCESS, RequestKind.ERASURE)
    for member, kind, received_at in product(members, kinds, (world.now, before_all)):
        asked = Request(
            id=f"r-{number}",
            member_id=member,
            kind=kind,
            state=State.RECEIVED,
            received_at=received_at,
            due_at=received_at,
            regime=Regime.GDPR,
        )
        request, moves = rules.open_request(asked, world.requests)
        after = settled(world.kept(request, moves, rules), rules)
        yield f"{member} asks for {kind}, received {received_at:%m-%d}", after


def stepping(
    world: World, read: Request, rules: Rules, bounds: Bounds
) -> Iterator[tuple[str, Request, Sequence[Move]]]:
    """Every step that somebody who has read `read` may try: refused ones come to nothing."""
    others: tuple[Request | None, ...] = (None, *world.requests)
    number = int(read.id.removeprefix("r-"))
    for to in State:
        reasons = (Reason.UNFOUNDED, "", "because") if to in NEEDS_REASON else ("",)
        for reason, of in product(reasons, others if to is State.DUPLICATE else (None,)):
            try:
                moved, move = rules.advance(read, to, world.now, reason=reason, of=of)
            except (Refused, BadInput):
                continue
            yield f"{read.id} becomes {to} {reason}{of.id if of else ''}", moved, [move]
    for reason in (Delay.COMPLEX, "") if bounds.extensions else ():
        try:
            move = rules.extend(read, world.logs[number], world.now, reason)
        except (Refused, BadInput):
            continue
        yield f"{read.id} is extended {reason}", read, [move]


def acts(world: World, rules: Rules, bounds: Bounds) -> Iterator[tuple[str, World]]:
    """Everything that can happen next, races between two who read the same state included."""
    yield from coming_in(world, rules, bounds)
    one = None if world.are_one else merged(world, rules)
    if one is not None:
        yield "ben turns out to be ana", one
    for read in world.requests:
        steps = list(stepping(world, read, rules, bounds))
        for words, moved, moves in steps:
            first = world.kept(moved, moves, rules)
            yield words, first
            if one is not None and bounds.steps_race:
                number = int(read.id.removeprefix("r-"))
                same = replace(moved, member_id=one.requests[number].member_id)
                with suppress(Conflict):
                    yield f"{words}, while ben turns out to be ana", one.kept(same, moves, rules)
            for others_words, others, others_moves in steps if bounds.steps_race else ():
                try:
                    second = first.kept(others, others_moves, rules)
                except Conflict:
                    continue
                yield f"{words}, and {others_words} at once", second


def wrong_in(before: World, world: World) -> str:
    """What must never be, and is; empty where all is well."""
    active = [(each.member_id, each.kind) for each in world.requests if each.is_open]
    if len(active) != len(set(active)):
        return "AtMostOneActivePerIdentity"
    told = zip(world.requests, world.logs, strict=True)
    was_told = zip(before.requests, before.logs, strict=True)
    for (was, was_log), (request, log) in zip(was_told, told, strict=False):
        if was.state in FINAL and (request, log) != (was, was_log):
            return "NoWayOutOfAFinalState"
        if log[: len(was_log)] != was_log:
            return "EveryMoveIsLogged"
    wrong = (wrong_with(*each, world) for each in zip(world.requests, world.logs, strict=True))
    return next(filter(None, wrong), "")


def wrong_with(request: Request, log: Sequence[Move], world: World) -> str:
    if sum(move.is_extension for move in log) > 1:
        return "ATermIsLengthenedOnce"
    stands = None
    for move in log:
        stays = move.before is move.after and move.is_extension
        known = move.before is None or stays or move.after in MOVES[move.before]
        if move.before is not stands or not known:
            return "EveryMoveIsLogged"
        if move.after in NEEDS_REASON and not stays and move.reason not in set(Reason):
            return "EveryDenialHasItsReason"
        stands = move.after
    if stands is not request.state or (request.finished_at is None) is not request.is_open:
        return "EveryMoveIsLogged"
    if request.state is State.DUPLICATE:
        other = world.requests[int(log[-1].reason.removeprefix("r-"))]
        same_kind = other.kind is request.kind
        same_member = other.member_id == request.member_id or world.are_one
        is_earlier = (other.received_at, other.id) < (request.received_at, request.id)
        if not (same_kind and same_member and is_earlier):
            return "DuplicateConsistency"
    return ""


def walk(rules: Rules, bounds: Bounds) -> Walk:
    """Try every act in every state that can be reached, the nearest first.

    Raises:
        Fault: one of them leads where nothing may lead, with the shortest way there.
    """
    seen, found = {World().key(bounds)}, Walk(states=1)
    level: list[tuple[World, tuple[str, ...]]] = [(World(), ())]
    while level:
        following = []
        for world, trace in level:
            later = replace(world, now=world.now + timedelta(days=1))
            for words, after in acts(later, rules, bounds):
                found.acts += 1
                if wrong := wrong_in(world, after):
                    raise Fault(wrong, (*trace, words))
                if (key := after.key(bounds)) not in seen:
                    seen.add(key)
                    found.stood |= {each.state for each in after.requests}
                    following.append((after, (*trace, words)))
        level = following
    found.states = len(seen)
    return found


def test_all_that_two_requests_can_do_is_tried_and_none_of_it_is_wrong() -> None:
    found = walk(Rules(), PAIR)

    assert (found.states, found.acts) == (1_272, 14_482)
    assert found.stood == set(State)


def test_all_that_three_requests_can_do_to_each_other_is_tried_and_none_of_it_is_wrong() -> None:
    found = walk(Rules(), TRIO)

    assert (found.states, found.acts) == (3_564, 35_114)


# -- the checker finds faults that others have had, and some that we might


def verification_overwrites(
    request: Request, to: State, at: datetime, *, reason: str = "", of: Request | None = None
) -> Advanced:
    """What a verification finds as a duplicate is verified all the same."""
    if request.state is State.DUPLICATE and to is State.VERIFIED:
        move = Move(request_id=request.id, before=request.state, after=to, at=at)
        return replace(request, state=to, finished_at=None), move
    return advance(request, to, at, reason=reason, of=of)


def withdrawn_ones_go_on(
    request: Request, to: State, at: datetime, *, reason: str = "", of: Request | None = None
) -> Advanced:
    """What was withdrawn is worked on all the same."""
    if request.state is State.WITHDRAWN and to is State.IN_PROGRESS:
        move = Move(request_id=request.id, before=request.state, after=to, at=at)
        return replace(request, state=to, finished_at=None), move
    return advance(request, to, at, reason=reason, of=of)


def nobody_asks_why(
    request: Request, to: State, at: datetime, *, reason: str = "", of: Request | None = None
) -> Advanced:
    """A refusal passes without its reason."""
    if to is State.DENIED and to in MOVES[request.state]:
        move = Move(request_id=request.id, before=request.state, after=to, at=at)
        return replace(request, state=to, finished_at=at), move
    return advance(request, to, at, reason=reason, of=of)


def withdrawn_without_a_line(
    request: Request, to: State, at: datetime, *, reason: str = "", of: Request | None = None
) -> Advanced:
    """A withdrawal is kept, and an older line is entered in its place."""
    moved, move = advance(request, to, at, reason=reason, of=of)
    return moved, replace(move, after=request.state) if to is State.WITHDRAWN else move


def no_tie_break(_requests: object, _at: datetime) -> tuple[()]:
    """Nobody looks whether two that are open are alike."""
    return ()


def each_is_the_others_duplicate(requests: Sequence[Request], at: datetime) -> tuple[Advanced, ...]:
    """Where two are alike, each gives way to the other."""
    first = settle(requests, at)
    others = [each for each in requests if first and each.id == first[0][1].reason]
    ended = [advance(each, State.DUPLICATE, at, of=_asked_by(requests, first)) for each in others]
    return (*first, *ended)


def _asked_by(requests: Sequence[Request], ended: Sequence[tuple[Request, Move]]) -> Request:
    return next(each for each in requests if each.id == ended[0][0].id)


def anybodys_is_a_duplicate(
    asked: Request, others: Sequence[Request]
) -> tuple[Request, tuple[Move, ...]]:
    """Whoever else asks for the same is taken for the same person."""
    return open_request(asked, [replace(each, member_id=asked.member_id) for each in others])


def states_alone(request_id: str, kept: Sequence[Move], moves: Sequence[Move]) -> None:
    """Two who lengthen a term at once do not notice each other: the state stays as it is."""
    last = kept[-1:]
    require_next(request_id, [replace(each, before=None) for each in last], moves)


def saved_over(*_: object) -> None:
    """A step is kept although the request moved on since it was read."""


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (Rules(advance=verification_overwrites), "AtMostOneActivePerIdentity"),
        (Rules(advance=withdrawn_ones_go_on), "NoWayOutOfAFinalState"),
        (Rules(require_next=states_alone), "ATermIsLengthenedOnce"),
        (Rules(advance=nobody_asks_why), "EveryDenialHasItsReason"),
        (Rules(advance=withdrawn_without_a_line), "EveryMoveIsLogged"),
        (Rules(settle=no_tie_break), "AtMostOneActivePerIdentity"),
        (Rules(settle=each_is_the_others_duplicate), "DuplicateConsistency"),
        (Rules(open_request=anybodys_is_a_duplicate), "DuplicateConsistency"),
        (Rules(require_next=saved_over), "EveryMoveIsLogged"),
    ],
    ids=lambda each: "" if isinstance(each, str) else None,
)
def test_a_fault_that_is_put_in_is_found(broken: Rules, what: str) -> None:
    with pytest.raises(Fault) as found:
        walk(broken, PAIR)

    assert found.value.what == what


# -- and the clock, over every life that one request can have

GAPS = (timedelta(0), timedelta(days=20), timedelta(days=50))


def lives(moves: tuple[Move, ...], request: Request) -> Iterator[tuple[Move, ...]]:
    """Every sequence of moves of one request, whole or broken off, a day apart at first."""
    yield moves
    at = moves[-1].at + timedelta(days=1)
    if request.is_open and not any(move.is_extension for move in moves):
        yield from lives((*moves, extend(request, moves, at, Delay.MANY)), request)
    for to in sorted(MOVES[request.state] - {State.DUPLICATE}):
        moved, move = advance(
            request, to, at, reason=Reason.EXCESSIVE if to in NEEDS_REASON else ""
        )
        yield from lives((*moves, move), moved)


def test_no_answer_is_ever_due_before_its_request_came_and_no_move_brings_it_forward() -> None:
    asked = Request(
        id="r-0",
        member_id=ANA,
        kind=RequestKind.ACCESS,
        state=State.RECEIVED,
        received_at=START,
        due_at=START,
    )
    request, first = open_request(asked, [])
    tried, calendar = 0, Calendar()
    for life in lives(first, request):
        for gaps in product(GAPS, repeat=len(life) - 1):
            at, timed = START, [life[0]]
            for move, gap in zip(life[1:], gaps, strict=True):
                at += gap
                timed.append(replace(move, at=at))
            for regime in Regime:
                by = due(regime, clock_events(timed), calendar).answer_by
                before = due(regime, clock_events(timed[:-1] or timed), calendar).answer_by
                tried += 1

                assert by > START.date()
                assert by >= before, timed
    assert tried == 33_740
