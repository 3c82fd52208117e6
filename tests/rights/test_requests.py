"""The life of requests as a state machine, and the tables that describe it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from sayso.community import MemberId
from sayso.errors import BadInput, Refused
from sayso.jobs.rights import copy_member
from sayso.rights.deadlines import ClockEvent, Regime, Tick, due
from sayso.rights.requests import (
    DRP,
    FINAL,
    MOVES,
    NEEDS_REASON,
    OPENDSR,
    Move,
    Reason,
    Request,
    RequestKind,
    RequestState,
    advance,
    open_request,
)
from sayso.rights.working_days import Calendar
from sayso.wiring import Network

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
State = RequestState


def asked(number: int, member: str = "ana", kind: RequestKind = RequestKind.ACCESS) -> Request:
    return Request(
        id=f"r-{number}",
        member_id=MemberId(member),
        kind=kind,
        state=State.RECEIVED,
        received_at=START,
        due_at=START + timedelta(days=28),
    )


class Desk(RuleBasedStateMachine):
    """Requests come in and move at random; the desk holds what `rights.requests` gave back."""

    known = Bundle("known")

    def __init__(self) -> None:
        super().__init__()
        self.requests: dict[str, Request] = {}
        self.log: list[Move] = []
        self.now = START

    @rule(
        target=known,
        member=st.sampled_from(["ana", "ben"]),
        kind=st.sampled_from(list(RequestKind)),
    )
    def comes_in(self, member: str, kind: RequestKind) -> str:
        self.now += timedelta(hours=1)
        new = replace(asked(len(self.requests), member, kind), received_at=self.now)
        request, moves = open_request(new, self.requests.values())
        self.requests[request.id] = request
        self.log.extend(moves)
        return request.id

    @rule(
        request_id=known,
        to=st.sampled_from(list(State)),
        reason=st.sampled_from([*Reason, "", "because"]),
        of=st.none() | known,
    )
    def moves(self, request_id: str, to: State, reason: str, of: str | None) -> None:
        self.now += timedelta(hours=1)
        before = self.requests[request_id]
        try:
            after, move = advance(
                before, to, self.now, reason=reason, of=self.requests[of] if of else None
            )
        except (Refused, BadInput):
            return
        assert before.state not in FINAL, "a final state had a way out"
        self.requests[request_id] = after
        self.log.append(move)

    @rule(request_id=consumes(known))
    def is_worked_off(self, request_id: str) -> None:
        """The plain way to an answer, from wherever it stands."""
        for to in (State.VERIFIED, State.IN_PROGRESS, State.FULFILLED):
            request = self.requests[request_id]
            if to in MOVES[request.state]:
                self.requests[request_id], move = advance(request, to, self.now)
                self.log.append(move)

    @invariant()
    def at_most_one_is_open_per_identity(self) -> None:
        open_ones = [(each.member_id, each.kind) for each in self.requests.values() if each.is_open]
        assert len(open_ones) == len(set(open_ones))

    @invariant()
    def a_duplicate_is_of_a_request_of_the_same_member_and_kind(self) -> None:
        for move in self.log:
            if move.after is State.DUPLICATE:
                one, other = self.requests[move.request_id], self.requests[move.reason]
                assert one.state is State.DUPLICATE
                assert (one.member_id, one.kind) == (other.member_id, other.kind)
                assert one.id != other.id

    @invariant()
    def the_log_alone_tells_where_each_request_stands(self) -> None:
        told: dict[str, State] = {}
        for move in self.log:
            assert told.get(move.request_id) == move.before
            assert move.before is None or move.after in MOVES[move.before]
            assert move.after not in NEEDS_REASON or move.reason in set(Reason)
            told[move.request_id] = move.after
        assert told == {each.id: each.state for each in self.requests.values()}

    @invariant()
    def what_is_final_has_an_end_and_what_is_open_has_none(self) -> None:
        for each in self.requests.values():
            assert (each.finished_at is None) == each.is_open


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


def test_every_state_has_its_moves_and_its_name_in_each_protocol() -> None:
    assert set(MOVES) == set(OPENDSR) == set(DRP) == set(State)
    assert set(OPENDSR.values()) == {"pending", "in_progress", "completed", "cancelled"}
    assert {name.partition("(")[0] for name in DRP.values()} == {
        *("open", "in_progress", "fulfilled", "revoked", "denied", "expired")
    }


def test_every_state_can_be_reached_and_every_open_one_can_end() -> None:
    reached, new = set[State](), {State.RECEIVED}
    while new:
        reached |= new
        new = {to for state in new for to in MOVES[state]} - reached

    assert reached == set(State)
    assert all(MOVES[state] for state in set(State) - FINAL)


def test_the_final_states_are_these_six() -> None:
    ends = {State.FULFILLED, State.PARTIALLY_FULFILLED, State.DENIED}

    assert FINAL - ends == {State.WITHDRAWN, State.EXPIRED, State.DUPLICATE}
    assert ends <= FINAL


def test_nothing_is_worked_on_before_it_is_known_who_asks() -> None:
    for state in (State.RECEIVED, State.NEED_VERIFICATION):
        with pytest.raises(Refused, match="cannot become"):
            advance(replace(asked(1), state=state), State.IN_PROGRESS, START)


def test_a_denial_names_its_reason_in_the_words_of_the_standard() -> None:
    with pytest.raises(BadInput, match="for the reason ''"):
        advance(asked(1), State.DENIED, START)

    denied, move = advance(asked(1), State.DENIED, START, reason=Reason.IDENTITY_FAILED)

    assert denied.finished_at == START
    assert move.reason == "justifications:IdentityVerificationFailure"


def test_a_second_request_like_an_open_one_is_its_duplicate() -> None:
    second, moves = open_request(asked(2), [asked(1)])

    assert second.state is State.DUPLICATE
    assert [move.after for move in moves] == [State.RECEIVED, State.DUPLICATE]
    assert moves[-1].reason == "r-1"
    assert second.detail == "Duplicate of r-1."


def test_nothing_is_a_duplicate_of_itself_of_another_kind_or_of_what_was_answered() -> None:
    for other in (
        asked(1),
        asked(2, "ben"),
        asked(2, kind=RequestKind.ERASURE),
        replace(asked(2), state=State.FULFILLED),
    ):
        with pytest.raises(BadInput, match="no duplicate of r-"):
            advance(asked(1), State.DUPLICATE, START, of=other)
    with pytest.raises(BadInput, match="no duplicate of nothing"):
        advance(asked(1), State.DUPLICATE, START)


def test_a_request_after_an_answered_one_is_a_new_one() -> None:
    answered = replace(asked(1), state=State.FULFILLED)
    others = [answered, asked(3, "ben"), asked(4, kind=RequestKind.ERASURE)]

    second, moves = open_request(asked(2), others)

    assert second.state is State.RECEIVED
    assert len(moves) == 1


def test_what_is_kept_of_a_request_says_when_its_law_wanted_it_answered(
    port: Network, tmp_path: Path
) -> None:
    copy_member(port, MemberId("ana"), tmp_path / "ana.zip")

    with port.reading() as stores:
        (kept,) = stores.requests.of(MemberId("ana"))
    clock = [ClockEvent(tick=Tick.RECEIVED, at=kept.received_at)]
    assert kept.due_at == due(Regime.GENERIC, clock, Calendar()).answer_at
