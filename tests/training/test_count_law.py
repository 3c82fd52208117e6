import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive_counts import Naive, Run, Text, added, naive
from sayso.training.counts.law import Law
from sayso.training.recipes import Blend

_TAKEN = (0.0, *Blend().discounts)
_TOKENS = st.lists(st.integers(1, 5), min_size=1, max_size=7).map(tuple)
_ONE = st.builds(
    Text,
    tokens=_TOKENS,
    authors=st.integers(1, 4).map(lambda person: (person,)),
    slice=st.integers(0, 2),
)
_TEXTS = st.lists(_ONE, max_size=12)


def _law(texts: list[Text], people: int) -> Law:
    return Law(added(texts, people), Blend().discounts)


@settings(max_examples=60, deadline=None)
@given(texts=_TEXTS, before=_TOKENS, people=st.integers(1, 3))
def test_the_chances_of_all_that_may_follow_add_up_to_one(
    texts: list[Text], before: Run, people: int
) -> None:
    told = _law(texts, people).following(np.array([[0, *before]]))

    assert np.exp(told).sum() == pytest.approx(1)
    assert np.isfinite(told).all()


@settings(max_examples=60, deadline=None)
@given(texts=_TEXTS, tokens=_TOKENS, people=st.integers(1, 3))
def test_it_says_of_known_tokens_what_it_says_of_following_ones(
    texts: list[Text], tokens: Run, people: int
) -> None:
    law, row = _law(texts, people), (0, *tokens, 0)

    known = law.known(np.array([row]))[0]

    for place in range(1, len(row)):
        following = law.following(np.array([row[:place]]))[0]
        assert known[place - 1] == pytest.approx(following[row[place]])


@settings(max_examples=60, deadline=None)
@given(texts=_TEXTS, tokens=_TOKENS, people=st.integers(1, 3))
def test_each_chance_is_that_of_the_formula(texts: list[Text], tokens: Run, people: int) -> None:
    row = (0, *tokens)

    told = _law(texts, people).following(np.array([row]))[0]

    counts = naive(texts, people)
    for token in range(6):
        assert np.exp(told[token]) == pytest.approx(_chance(counts, row[-3:], token))


def _chance(counts: Naive, context: Run, token: int) -> float:
    times = {run: n for run, n in counts.times.items() if run[:-1] == context}
    if context:
        shorter, whole = _chance(counts, context[1:], token), counts.after.get(context, 0)
    else:
        shorter, whole = 1 / 6, sum(times.values())
    if not whole:
        return shorter
    kept = {run: max(0.0, n - _TAKEN[min(n, 3)]) for run, n in times.items()}
    return (kept.get((*context, token), 0.0) + (whole - sum(kept.values())) * shorter) / whole


def test_it_has_learnt_what_many_wrote_and_not_what_one_did() -> None:
    many = [Text(tokens=(1, 2, 3), authors=(person,)) for person in range(1, 9)]
    one = [Text(tokens=(4, 5, 5, 5), authors=(9,))] * 8

    told = np.exp(_law([*many, *one], 3).following(np.array([[0, 1, 2], [0, 4, 5]])))

    assert told[0, 3] > 0.7
    assert told[1, 5] < 0.3
