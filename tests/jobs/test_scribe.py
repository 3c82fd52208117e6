"""Many callers, one pen: the same as one by one, and nobody is told before it is on disk."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postgres import postgres_url
from sayso.community import AgeBand, Member, MemberId, Region
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput, Conflict, NotFound, NotHere, SaysoError
from sayso.evidence import canonical
from sayso.jobs.scribe import Acknowledged, Scribe
from sayso.jobs.tell import publish
from sayso.settings import FILE_NAME, load_settings
from sayso.wiring import Network, make_home, open_network

__all__ = ["postgres_url"]

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MEMBERS = tuple(MemberId(name) for name in ("ana", "ben", "chi"))
SOON_S = 30
Outcome: TypeAlias = Acknowledged | SaysoError | KeyboardInterrupt


class Clock:
    """Each look is a moment later; `before` is done first, inside the writer's transaction."""

    def __init__(self) -> None:
        self.before: Callable[[], None] = lambda: None
        self._now = NOON
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        self.before()
        with self._lock:
            self._now += timedelta(milliseconds=1)
            return self._now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def network(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Network]:
    home = tmp_path / "home"
    make_home(home, "Harbour")
    if request.param == "postgresql":
        with (home / FILE_NAME).open("a", encoding="utf-8") as file:
            file.write(f'database = "{request.getfixturevalue("postgres_url")}"\n')
    opened = open_network(load_settings(home, {}), clock=clock)
    publish(opened, "")
    with opened.writing() as stores:
        stores.community.save_members(
            [
                Member(id=each, name=each, region=Region("US"), age_band=AgeBand.ADULT)
                for each in MEMBERS
            ]
        )
    yield opened
    opened.close()


def choice(number: int, member: MemberId = MEMBERS[0], answer: Answer = Answer.YES) -> Choice:
    return Choice(
        event_id=str(UUID(int=number, version=4)),
        member_id=member,
        purpose=Purpose.AI_RESEARCH,
        answer=answer,
        occurred_at=NOON,
    )


def entries(network: Network) -> int:
    with network.reading() as stores:
        return stores.log.size()


def outcome(scribe: Scribe, each: Choice) -> Outcome:
    try:
        return scribe.say(each)
    except (SaysoError, KeyboardInterrupt) as error:
        return error


def at_once(scribe: Scribe, choices: list[Choice]) -> list[Outcome]:
    gate = threading.Barrier(len(choices))

    def call(each: Choice) -> Outcome:
        gate.wait(SOON_S)
        return outcome(scribe, each)

    with ThreadPoolExecutor(len(choices)) as threads:
        return list(threads.map(call, choices))


@given(
    acts=st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from(MEMBERS), st.sampled_from(Answer)),
        min_size=1,
        max_size=12,
    )
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_one_id_is_one_act_and_one_receipt_whoever_sends_it_when(
    network: Network, acts: list[tuple[int, MemberId, Answer]]
) -> None:
    base = 10 * entries(network)  # other examples' ids are other acts
    choices = [choice(base + number, member, answer) for number, member, answer in acts]

    before = entries(network)
    first = at_once(Scribe(network), choices)
    again = at_once(Scribe(network), choices)

    kept: dict[str, bytes] = {}
    for said in (first, again):
        for each, what in zip(choices, said, strict=True):
            if isinstance(what, Acknowledged):
                event = what.said.recorded.event
                assert (event.member_id, event.body["answer"]) == (each.member_id, each.answer)
                receipt = canonical.canonical(what.receipt)
                assert kept.setdefault(each.event_id, receipt) == receipt
            else:
                assert isinstance(what, Conflict)
    assert kept.keys() == {each.event_id for each in choices}, "of each id, one act was kept"
    assert entries(network) == before + len(kept)
    assert all(
        isinstance(one, Acknowledged) == isinstance(other, Acknowledged)
        for one, other in zip(first, again, strict=True)
    )
    with network.reading() as stores:
        stores.log.verify()


def test_a_refusal_touches_its_own_caller_alone(network: Network) -> None:
    scribe = Scribe(network)
    scribe.say(choice(1))
    nobody = choice(2, MemberId("nobody"))
    unlike = choice(1, answer=Answer.NO)
    late = replace(choice(3), occurred_at=NOON + timedelta(days=1))
    theirs = replace(choice(4), scope=Scope.DOCUMENT, target="not hers")
    before = entries(network)

    said = at_once(scribe, [choice(5), nobody, unlike, choice(6), late, theirs, choice(7)])

    assert [type(each) for each in said] == [
        Acknowledged,
        NotFound,
        Conflict,
        Acknowledged,
        BadInput,
        NotFound,
        Acknowledged,
    ]
    assert entries(network) == before + 3


class Held:
    """Holds the first group in its transaction until everyone else has come."""

    def __init__(self, scribe: Scribe, clock: Clock, others: int) -> None:
        self._scribe, self._others = scribe, others
        self._is_first = True
        self._came = threading.Event()
        self.is_writing = threading.Event()
        clock.before = self.wait

    def wait(self) -> None:
        if self._is_first:
            self._is_first = False
            self.is_writing.set()
            assert self._came.wait(SOON_S)

    def release_when_all_wait(self) -> None:
        for _ in range(SOON_S * 100):
            if self._scribe.waiting == self._others:
                break
            threading.Event().wait(0.01)
        self._came.set()


def in_two_groups(scribe: Scribe, clock: Clock, others: int) -> tuple[Outcome, list[Outcome]]:
    """Let one caller write while `others` come; return what each was told."""
    held = Held(scribe, clock, others)
    with ThreadPoolExecutor(others + 1) as threads:
        first = threads.submit(outcome, scribe, choice(100))
        assert held.is_writing.wait(SOON_S)
        rest = [threads.submit(outcome, scribe, choice(n)) for n in range(others)]
        held.release_when_all_wait()
        return first.result(SOON_S), [each.result(SOON_S) for each in rest]


def test_who_come_while_a_group_is_written_are_the_next_group(
    network: Network, clock: Clock
) -> None:
    first, rest = in_two_groups(Scribe(network), clock, 12)

    told = [each for each in (first, *rest) if isinstance(each, Acknowledged)]
    assert len(told) == 13
    moments = [each.said.recorded.recorded_at for each in told]
    assert len(set(moments[1:])) == 1, "all who waited share one commit"
    assert moments[0] < moments[1]


def test_a_group_never_grows_beyond_what_one_transaction_takes(
    network: Network, clock: Clock
) -> None:
    _, rest = in_two_groups(Scribe(network, at_once=5), clock, 12)

    moments = [each.said.recorded.recorded_at for each in rest if isinstance(each, Acknowledged)]
    assert sorted(moments.count(each) for each in set(moments)) == [2, 5, 5]


@pytest.mark.parametrize("failure", [NotHere("The disk is full."), KeyboardInterrupt()])
def test_where_a_group_fails_everyone_in_it_hears_and_the_next_is_written(
    network: Network, clock: Clock, failure: BaseException
) -> None:
    scribe = Scribe(network)
    looks = iter(range(100))

    def fail_second() -> None:
        if next(looks) == 1:
            raise failure

    held = Held(scribe, clock, 6)
    hold = clock.before

    def before() -> None:
        hold()
        fail_second()

    clock.before = before
    with ThreadPoolExecutor(7) as threads:
        first = threads.submit(outcome, scribe, choice(100))
        assert held.is_writing.wait(SOON_S)
        rest = [threads.submit(outcome, scribe, choice(n)) for n in range(6)]
        held.release_when_all_wait()
        assert isinstance(first.result(SOON_S), Acknowledged)
        failed = [each.result(SOON_S) for each in rest]

    kinds = Counter(type(each) for each in failed)
    assert kinds == Counter([type(failure), *[NotHere] * 5]), "who led hears what it was"
    size = entries(network)
    again = at_once(scribe, [choice(n) for n in range(6)])
    assert all(isinstance(each, Acknowledged) and not each.said.is_repeated for each in again)
    assert entries(network) == size + 6, "nothing of the failed group was kept"


def test_a_closed_scribe_finishes_what_came_and_takes_no_more(
    network: Network, clock: Clock
) -> None:
    scribe = Scribe(network)
    held = Held(scribe, clock, 4)
    with ThreadPoolExecutor(6) as threads:
        told = [threads.submit(outcome, scribe, choice(100))]
        assert held.is_writing.wait(SOON_S)
        told += [threads.submit(outcome, scribe, choice(n)) for n in range(4)]
        closing = threads.submit(scribe.close)
        held.release_when_all_wait()
        closing.result(SOON_S)
        assert all(isinstance(each.result(SOON_S), Acknowledged) for each in told)

    with pytest.raises(NotHere):
        scribe.say(choice(200))
    assert scribe.waiting == 0
