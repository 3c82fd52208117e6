"""How long a no takes is told from the log alone, and says nothing of anyone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import Auditor
from harbour import says
from sayso.audit.latency import latency, published
from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.errors import Tampered
from sayso.evidence import tiles
from sayso.evidence.canonical import canonical
from sayso.jobs.forget import forget_pending
from sayso.jobs.rights import erase_member
from sayso.training.takeback import STEP_KIND, Step, Withdrawal, step_entry
from sayso.wiring import Network

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def entry(name: str, step: Step, seconds: float) -> bytes:
    withdrawal = Withdrawal(
        id=name,
        member_id=MemberId("ana"),
        purpose=Purpose.GENAI_TRAINING,
        reason="the member said no",
        epoch=1,
        acknowledged_at=NOON,
    )
    said = step_entry(withdrawal, step, NOON + timedelta(seconds=seconds))
    return canonical({**said, "kind": STEP_KIND})


def entries_of(network: Network) -> Iterator[bytes]:
    with network.reading() as stores:
        yield from (leaf.entry for leaf in stores.log.entries(0, stores.log.size()))


def test_each_step_is_in_the_log_with_what_it_took_and_not_when(port: Network) -> None:
    says(port, "ana", Answer.NO)
    forget_pending(port)

    steps = [said for text in entries_of(port) if (said := json.loads(text))["kind"] == STEP_KIND]

    assert [said["step"] for said in steps] == ["contained", "forgotten", "certified"]
    assert {tuple(sorted(said)) for said in steps} == {("kind", "seconds", "step", "withdrawal")}
    assert steps[0]["seconds"] < 5, "promise P3"
    assert not any("ana" in json.dumps(said) or "202" in json.dumps(said) for said in steps)


def test_the_log_tells_what_the_network_knows(port: Network) -> None:
    says(port, "ana", Answer.NO)
    with port.reading() as stores:
        waiting = published(stores.log)
    forget_pending(port)
    with port.reading() as stores:
        done = published(stores.log)
        (known,) = stores.takebacks.list()

    assert [(each.step, each.count) for each in waiting.steps] == [("contained", 1)]
    assert (waiting.withdrawals, waiting.pending) == (1, 1)
    assert [each.step for each in done.steps] == ["contained", "forgotten", "certified"]
    assert (done.withdrawals, done.pending, done.reinstated) == (1, 0, 0)
    assert known.certified_at is not None
    took = (known.certified_at - known.acknowledged_at).total_seconds()
    assert done.steps[2].longest_s == pytest.approx(took, abs=0.001)


def test_a_yes_before_anything_was_forgotten_ends_a_withdrawal_in_the_log_too(
    port: Network,
) -> None:
    says(port, "ana", Answer.NO)
    says(port, "ana", Answer.YES)

    with port.reading() as stores:
        found = published(stores.log)

    assert (found.withdrawals, found.pending, found.reinstated) == (1, 0, 1)


def test_an_auditor_computes_the_same_figures_from_tiles_alone(port: Network) -> None:
    says(port, "ana", Answer.NO)
    forget_pending(port)
    with port.reading() as stores:
        log = stores.log

        def fetch(path: str) -> bytes:
            if path == "checkpoint":
                return log.checkpoint().encode()
            return tiles.content(log, tiles.parse(path))

        auditor = Auditor(fetch, log.vkey)
        head = auditor.head()
        found = latency(auditor.entries(head.size))

        assert auditor.subtree(0, head.size, head.size).hex() == head.root
        assert found == published(log)
        assert found.withdrawals == 1


def test_an_erased_members_no_still_counts_and_says_nothing_of_them(port: Network) -> None:
    erase_member(port, MemberId("ana"))

    with port.reading() as stores:
        found = published(stores.log)

    assert (found.withdrawals, found.pending) == (1, 0)
    assert not any(b"ana" in text for text in entries_of(port))


def naive(steps: list[tuple[str, Step, float]], wanted: Step) -> list[float]:
    first: dict[str, float] = {}
    for name, step, seconds in steps:
        if step is wanted and name not in first:
            first[name] = seconds
    return sorted(first.values())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from(Step), st.integers(0, 10**6)),
        max_size=30,
    )
)
def test_the_figures_are_those_of_a_slow_reading(steps: list[tuple[str, Step, float]]) -> None:
    found = latency(entry(*each) for each in steps)

    for step in found.steps:
        seconds = naive(steps, Step(step.step))
        assert step.count == len(seconds)
        assert step.longest_s == seconds[-1]
        assert sum(each <= step.p95_s for each in seconds) >= 0.95 * len(seconds)
        assert sum(each < step.p95_s for each in seconds) < 0.95 * len(seconds)
    names = {name for name, _, _ in steps}
    over = {name for name, step, _ in steps if step in {Step.CERTIFIED, Step.REINSTATED}}
    assert (found.withdrawals, found.pending) == (len(names), len(names - over))


def test_other_entries_are_passed_over() -> None:
    found = latency([b'{"kind":"event"}', b'{"kind":"seal","step":"contained"}', b"[]"])

    assert (found.steps, found.withdrawals, found.pending) == ((), 0, 0)


@pytest.mark.parametrize(
    "said",
    [
        {"withdrawal": "w1", "step": "vanished", "seconds": 1},
        {"withdrawal": "w1", "step": "contained", "seconds": -1},
        {"withdrawal": "w1", "step": "contained", "seconds": "1"},
        {"withdrawal": "w1", "step": "contained"},
        {"withdrawal": 1, "step": "contained", "seconds": 1},
        {},
    ],
)
def test_an_entry_that_is_no_step_is_found_out(said: dict[str, str | int]) -> None:
    with pytest.raises(Tampered):
        latency([canonical({**said, "kind": STEP_KIND})])


def test_a_clock_that_stepped_back_makes_no_negative_duration() -> None:
    assert latency([entry("w1", Step.FORGOTTEN, -5)]).steps[0].longest_s == 0
