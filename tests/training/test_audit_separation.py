"""Intervals that hold what they promise, on scores whose truth is known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.training.audit.separation import Trial, area, rate_at, share_of

MEMBERS, EACH = 25, 4
_SCORES = st.lists(st.integers(0, 5), min_size=1, max_size=12)


def trial(learnt: list[float], never: list[float], each: int = 1) -> Trial:
    ours, others = len(learnt) // each, len(never) // each
    return Trial(
        learnt=np.array(learnt, dtype=np.float64),
        learnt_members=np.repeat(np.arange(ours), each),
        never=np.array(never, dtype=np.float64),
        never_members=np.repeat(np.arange(ours, ours + others), each),
    )


def drawn(chance: np.random.Generator, shift: float, alike: float = 1.0) -> list[float]:
    """Scores of members whose rows are alike: what is theirs, and what is each row's."""
    theirs = np.repeat(chance.normal(0, alike, MEMBERS), EACH)
    return list(shift + theirs + chance.normal(0, 1, MEMBERS * EACH))


@given(_SCORES, _SCORES)
def test_the_area_is_the_share_of_pairs_in_order(learnt: list[int], never: list[int]) -> None:
    pairs = [(one > other) + 0.5 * (one == other) for one in learnt for other in never]

    found = area([trial(list(map(float, learnt)), list(map(float, never)))]).auc

    assert found.value == pytest.approx(sum(pairs) / len(pairs))
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1


def test_each_row_is_compared_under_its_own_voice_alone() -> None:
    quiet, loud = trial([1.0, 2.0], [0.0, 3.0]), trial([11.0], [10.0, 12.0])

    assert area([quiet, loud]).auc.value == pytest.approx(0.5)


@pytest.mark.parametrize("shift", [0.0, 1.0])
def test_intervals_by_members_hold_the_truth_and_intervals_by_rows_do_not(shift: float) -> None:
    chance = np.random.default_rng(1)
    truth = 0.5 * (1 + math.erf(shift / math.sqrt(2 * (1 + 1)) / math.sqrt(2)))
    by_members = by_rows = 0
    for _ in range(400):
        learnt, never = drawn(chance, shift), drawn(chance, 0.0)
        found = area([trial(learnt, never, EACH)]).auc
        by_members += found.low <= truth <= found.high
        alone = area([trial(learnt, never)]).auc
        by_rows += alone.low <= truth <= alone.high

    assert 0.92 <= by_members / 400 <= 0.98
    assert by_rows / 400 < 0.85


def test_few_members_make_the_interval_wide_enough() -> None:
    chance, held = np.random.default_rng(6), 0
    for _ in range(400):
        learnt, never = drawn(chance, 0.0)[: 5 * EACH], drawn(chance, 0.0)[: 3 * EACH]
        found = area([trial(learnt, never, EACH)]).auc
        held += found.low <= 0.5 <= found.high

    assert held / 400 >= 0.92


def test_members_who_stand_on_both_sides_in_turn_make_the_interval_as_wide_as_it_is() -> None:
    chance, held = np.random.default_rng(2), 0
    widths = []
    numbers = np.repeat(np.arange(MEMBERS), EACH)
    for _ in range(300):
        parts = [np.array(drawn(chance, 0.0)) for _ in range(3)]
        turns = [
            Trial(
                learnt=parts[at] + chance.normal(0, 0.5, MEMBERS * EACH),
                learnt_members=numbers + at * MEMBERS,
                never=parts[at - 1] + chance.normal(0, 0.5, MEMBERS * EACH),
                never_members=numbers + (at - 1) % 3 * MEMBERS,
            )
            for at in range(3)
        ]
        found = area(turns).auc
        held += found.low <= 0.5 <= found.high
        widths.append(found.high - found.low)

    assert 0.92 <= held / 300 <= 0.99
    once = area([trial(drawn(chance, 0.0), drawn(chance, 0.0), EACH)]).auc
    assert np.mean(widths) < 0.6 * (once.high - once.low)


def test_with_fewer_than_two_members_on_a_side_nothing_is_known() -> None:
    found = area([trial([1.0, 2.0], [0.0, 0.5], each=2)])

    assert (found.auc.value, found.auc.low, found.auc.high) == (1.0, 0.0, 1.0)
    assert found.enough_members is None


def test_where_all_are_told_the_interval_still_says_how_few_they_were() -> None:
    found = area([trial([5.0, 6.0, 7.0, 8.0], [1.0, 2.0, 3.0, 4.0])]).auc

    assert found.value == 1
    assert found.low == pytest.approx(share_of(4, 4).low)


def test_so_many_members_as_are_said_to_be_enough_are_enough() -> None:
    chance = np.random.default_rng(3)
    found = area([trial(drawn(chance, 0.0), drawn(chance, 0.0), EACH)])
    assert found.enough_members is not None

    half = (found.auc.high - found.auc.low) / 2
    by_width = MEMBERS * (half / 0.02) ** 2

    assert found.enough_members == pytest.approx(by_width, rel=0.1)


@given(_SCORES, _SCORES, st.sampled_from([0.0, 0.01, 0.1, 0.5]))
def test_no_more_false_alarms_than_were_allowed(
    learnt: list[int], never: list[int], allowed: float
) -> None:
    made = trial(list(map(float, learnt)), list(map(float, never)))

    told = rate_at([made], allowed).value

    # Some limit above which no more than allowed of the never-learnt lie tells just so many.
    limits = [
        limit
        for limit in {*learnt, *never, -1}
        if sum(score > limit for score in never) <= allowed * len(never)
    ]
    best = max(
        (sum(score > limit for score in learnt) / len(learnt) for limit in limits), default=0
    )
    assert told == pytest.approx(best)


def test_the_interval_of_a_rate_holds_the_truth() -> None:
    chance = np.random.default_rng(4)
    far = 1.0 + 1.2815515655446004 * math.sqrt(2)  # where one in ten never-learnt lies above
    truth = 0.5 * math.erfc((far - 1 - 1.5) / math.sqrt(2) / math.sqrt(2))
    held = 0
    for _ in range(60):
        learnt = [1 + each for each in drawn(chance, 1.5)]
        never = [1 + each for each in drawn(chance, 0.0)]
        found = rate_at([trial(learnt, never, EACH)], 0.1)
        held += found.low <= truth <= found.high

    assert held >= 51  # 95 % would give fewer once in some four hundred such tests


def test_shares_have_wilsons_interval() -> None:
    # Wilson (1927), as computed by hand for 0 and 5 of 10.
    assert share_of(0, 10).high == pytest.approx(0.2775, abs=1e-4)
    assert share_of(5, 10).low == pytest.approx(0.2366, abs=1e-4)
    assert (share_of(0, 0).low, share_of(0, 0).high) == (0.0, 1.0)
