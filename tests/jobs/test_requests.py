"""Requests that come by letter, are worked on, answered, or not answered in time."""

import json
import threading
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sayso.community import MemberId
from sayso.errors import BadInput, Conflict, NotFound, Refused
from sayso.evidence import canonical
from sayso.jobs.bring import import_members
from sayso.jobs.requests import (
    Shown,
    lengthen,
    move_on,
    note_missed,
    show_request,
    show_requests,
    take_in,
)
from sayso.jobs.rights import copy_member, erase_member
from sayso.jobs.worker import work_until_stopped
from sayso.rights.deadlines import Regime
from sayso.rights.requests import MISSED, Delay, Move, Reason, RequestKind, RequestState
from sayso.wiring import Network

State = RequestState
ANA, BEN = MemberId("ana"), MemberId("ben")
ACCESS, ERASURE = RequestKind.ACCESS, RequestKind.ERASURE
MARCH = datetime(2031, 3, 3, 12, tzinfo=UTC)  # a Monday


class Days:
    """A clock that the test sets forward, or back."""

    def __init__(self) -> None:
        self.now = MARCH

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, days: int) -> None:
        self.now += timedelta(days=days)


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def desk(port: Network, days: Days) -> Network:
    """The harbour's home with a clock of its own."""
    port.clock = days
    return port


def steps(shown: Shown) -> list[State]:
    return [move.after for move in shown.moves]


def to(network: Network, shown: Shown, *states: State) -> Shown:
    for state in states:
        shown = move_on(network, shown.request.id, state)
    return shown


def missed_leaves(network: Network) -> list[dict[str, str]]:
    with network.reading() as stores:
        return [json.loads(leaf.entry) for leaf in stores.log.entries_of("deadline")]


def test_every_step_of_a_request_is_kept_with_its_moment(desk: Network, days: Days) -> None:
    shown = take_in(desk, ANA, ACCESS)
    for state in (State.NEED_VERIFICATION, State.VERIFIED, State.IN_PROGRESS, State.FULFILLED):
        days.pass_by(1)
        shown = move_on(desk, shown.request.id, state)

    assert steps(shown) == [
        *(State.RECEIVED, State.NEED_VERIFICATION, State.VERIFIED),
        *(State.IN_PROGRESS, State.FULFILLED),
    ]
    assert [move.at for move in shown.moves] == [MARCH + timedelta(days=n) for n in range(5)]
    assert shown.request.finished_at == days.now
    assert show_requests(desk)[-1] == show_request(desk, shown.request.id[:6]) == shown


def test_a_step_that_was_decided_on_before_another_was_kept_is_not_kept(desk: Network) -> None:
    shown = take_in(desk, ANA, ACCESS)
    stale = Move(request_id=shown.request.id, before=State.RECEIVED, after=State.VERIFIED, at=MARCH)
    to(desk, shown, State.WITHDRAWN)

    with pytest.raises(Conflict, match="withdrawn by now"), desk.writing() as stores:
        stores.requests.save(replace(shown.request, state=State.VERIFIED), [stale])

    assert show_request(desk, shown.request.id).request.state is State.WITHDRAWN


def test_a_last_day_waits_for_proof_of_identity_and_moves_off_a_public_holiday(
    desk: Network, days: Days
) -> None:
    desk.settings = replace(desk.settings, calendar_country="DE", calendar_subdivision="BE")
    days.now = datetime(2031, 3, 13, 12, tzinfo=UTC)

    plain = take_in(desk, ANA, ACCESS, regime=Regime.GDPR)
    waits = take_in(desk, BEN, ACCESS, regime=Regime.GDPR)
    waits = to(desk, waits, State.NEED_VERIFICATION)
    days.pass_by(40)
    paused = show_request(desk, waits.request.id)
    waits = to(desk, waits, State.VERIFIED)

    assert f"{plain.request.due_at:%Y-%m-%d}" == "2031-04-15"  # 13 April is Easter, 14 Monday
    assert (paused.timing.paused_since, paused.timing.is_missed) == (waits.moves[1].at, False)
    assert f"{waits.request.due_at:%Y-%m-%d}" == "2031-05-23"  # forty days on
    assert not waits.timing.is_missed


def test_a_term_is_lengthened_once_with_its_reason_where_its_law_allows_it(
    desk: Network, days: Days
) -> None:
    european = take_in(desk, ANA, ACCESS, regime=Regime.GDPR)
    ours = take_in(desk, BEN, ACCESS)

    with pytest.raises(BadInput, match="for the reason 'busy'"):
        lengthen(desk, european.request.id, "busy")
    longer = lengthen(desk, european.request.id, Delay.COMPLEX)
    with pytest.raises(Refused, match="extended before"):
        lengthen(desk, european.request.id, Delay.MANY)
    with pytest.raises(Refused, match="cannot be extended"):
        lengthen(desk, ours.request.id, Delay.MANY)

    assert f"{european.request.due_at:%Y-%m-%d}" == "2031-04-03"
    assert f"{longer.request.due_at:%Y-%m-%d}" == "2031-06-03"
    assert longer.moves[-1].reason == "justifications:ComplexityOfProcess"
    days.pass_by(100)
    late = take_in(desk, MemberId("chi"), ACCESS, received_at=MARCH, regime=Regime.GDPR)
    with pytest.raises(Refused, match="cannot be extended"):
        lengthen(desk, late.request.id, Delay.MANY)


def test_reminders_are_told_at_half_at_four_fifths_and_at_the_end(
    desk: Network, days: Days
) -> None:
    shown = take_in(desk, ANA, ACCESS)  # 28 days
    told = []
    for _ in range(30):
        timing = show_request(desk, shown.request.id).timing
        told.append((timing.reminded, timing.is_missed))
        days.pass_by(1)

    assert told == [
        *[(0, False)] * 14,
        *[(50, False)] * 8,
        *[(80, False)] * 6,
        (100, False),
        (100, True),
    ]


def test_a_missed_deadline_is_entered_in_the_log_once_and_without_personal_data(
    desk: Network, days: Days
) -> None:
    late, in_time = take_in(desk, ANA, ACCESS), take_in(desk, BEN, ACCESS)
    to(desk, in_time, State.WITHDRAWN)
    assert note_missed(desk) == 0
    days.pass_by(29)

    assert [note_missed(desk), note_missed(desk)] == [1, 0]

    shown = show_request(desk, late.request.id)
    assert [move.reason for move in shown.moves] == ["", MISSED]
    (leaf,) = missed_leaves(desk)
    told = {"due_at": shown.request.due_at.isoformat(), "request": shown.request.id}
    assert leaf == {"kind": "deadline", "missed": canonical.digest(told)}
    assert to(desk, late, State.VERIFIED).timing.is_missed


def test_an_answer_that_comes_too_late_is_entered_as_that(desk: Network, days: Days) -> None:
    shown = take_in(desk, ANA, ACCESS)
    days.pass_by(29)

    shown = to(desk, shown, State.WITHDRAWN)

    assert [move.reason for move in shown.moves] == ["", MISSED, ""]
    assert len(missed_leaves(desk)) == 1


def test_while_somebody_proves_who_they_are_nothing_is_missed(desk: Network, days: Days) -> None:
    shown = take_in(desk, ANA, ACCESS, regime=Regime.GDPR)
    to(desk, shown, State.NEED_VERIFICATION)
    days.pass_by(90)

    assert note_missed(desk) == 0


def test_the_worker_enters_what_was_missed(desk: Network, days: Days) -> None:
    take_in(desk, ANA, ACCESS)
    days.pass_by(29)
    stop = threading.Event()
    thread = threading.Thread(target=work_until_stopped, args=(desk, stop))
    thread.start()
    waited = threading.Event()
    for _ in range(200):
        if missed_leaves(desk):
            break
        waited.wait(0.05)
    stop.set()
    thread.join()

    assert len(missed_leaves(desk)) == 1


def test_a_second_letter_is_a_duplicate_and_one_that_came_earlier_takes_its_place(
    desk: Network, days: Days
) -> None:
    days.pass_by(3)
    first = take_in(desk, ANA, ACCESS)
    second = take_in(desk, ANA, ACCESS)
    found_late = take_in(desk, ANA, ACCESS, received_at=MARCH)

    states = {each.request.id: each for each in show_requests(desk)}
    assert second.moves[-1].reason == first.request.id
    assert found_late.request.state is State.RECEIVED
    assert states[first.request.id].moves[-1].reason == found_late.request.id
    assert found_late.request.due_at < first.request.due_at


def test_accounts_that_become_one_have_one_open_request_the_earlier(
    desk: Network, days: Days, tmp_path: Path
) -> None:
    bens = take_in(desk, BEN, ACCESS)
    days.pass_by(1)
    anas = to(desk, take_in(desk, ANA, ACCESS), State.VERIFIED)
    path = tmp_path / "members.jsonl"
    path.write_text('{"id": "ben", "merged_into": "ana"}\n', encoding="utf-8")

    import_members(desk, path)

    kept, ended = show_request(desk, bens.request.id), show_request(desk, anas.request.id)
    assert (kept.request.member_id, kept.request.state) == (ANA, State.RECEIVED)
    assert ended.request.state is State.DUPLICATE
    assert take_in(desk, BEN, ACCESS).request.state is State.DUPLICATE


def test_a_copy_answers_what_is_asked_once_it_is_known_who_asks(
    desk: Network, tmp_path: Path
) -> None:
    shown = take_in(desk, ANA, ACCESS)

    copy_member(desk, ANA, tmp_path / "one.zip")
    assert show_request(desk, shown.request.id).request.is_open
    to(desk, shown, State.VERIFIED)
    copy_member(desk, ANA, tmp_path / "two.zip")

    answered = show_request(desk, shown.request.id)
    assert steps(answered)[-2:] == [State.IN_PROGRESS, State.FULFILLED]
    assert answered.request.detail == "A copy was made."


def test_a_members_copy_holds_each_step_and_why_they_were_refused(
    desk: Network, tmp_path: Path
) -> None:
    shown = take_in(desk, ANA, ERASURE, note="By letter.")
    move_on(desk, shown.request.id, State.DENIED, reason=Reason.IDENTITY_FAILED)

    copy_member(desk, ANA, tmp_path / "ana.zip")

    with zipfile.ZipFile(tmp_path / "ana.zip") as archive:
        (held,) = json.loads(archive.read("requests.json"))
    assert held["reason"] == "justifications:IdentityVerificationFailure"
    assert held["reason_iri"] == "https://w3id.org/dpv/justifications#IdentityVerificationFailure"
    assert (held["opendsr"], held["drp"]) == ("cancelled", "denied(insuf_verification)")
    assert [move["after"] for move in held["moves"]] == ["received", "denied"]
    assert held["detail"] == "By letter."


def test_an_erasure_answers_all_that_is_open_and_keeps_the_steps_without_a_name(
    desk: Network,
) -> None:
    asked = {kind: take_in(desk, ANA, kind, note="By letter.").request.id for kind in RequestKind}

    erase_member(desk, ANA)

    left = {kind: show_request(desk, asked[kind]) for kind in RequestKind}
    assert {kind: each.request.state for kind, each in left.items()} == {
        RequestKind.ACCESS: State.DENIED,
        RequestKind.ERASURE: State.FULFILLED,
        RequestKind.OBJECTION: State.FULFILLED,
    }
    assert left[ACCESS].moves[-1].reason == Reason.IMPOSSIBLE
    assert all(ANA not in repr(each) and "letter" not in repr(each) for each in left.values())


def test_what_cannot_be_taken_in_is_said(desk: Network) -> None:
    with pytest.raises(NotFound, match="no member 'zoe'"):
        take_in(desk, MemberId("zoe"), ACCESS)
    with pytest.raises(BadInput, match="to come"):
        take_in(desk, ANA, ACCESS, received_at=MARCH + timedelta(days=1))
    with pytest.raises(NotFound, match="no request 'r-zz'"):
        show_request(desk, "r-zz")
    with pytest.raises(NotFound):
        show_request(desk, "")


def test_a_clock_that_was_set_back_brings_no_step_before_another(desk: Network, days: Days) -> None:
    shown = take_in(desk, ANA, ACCESS)
    days.pass_by(-5)

    shown = to(desk, shown, State.VERIFIED)

    assert shown.moves[-1].at == shown.moves[0].at


def test_a_calendar_that_is_not_known_is_said_before_anything_is_done(
    desk: Network, tmp_path: Path
) -> None:
    desk.settings = replace(desk.settings, calendar_country="XX")

    with pytest.raises(BadInput, match=r"sayso.toml: No public holidays are known"):
        copy_member(desk, ANA, tmp_path / "ana.zip")
    with pytest.raises(BadInput, match=r"sayso.toml: No public holidays are known"):
        erase_member(desk, ANA)

    assert not (tmp_path / "ana.zip").exists()
