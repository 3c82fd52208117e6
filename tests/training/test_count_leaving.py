import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive_counts import SPELLING, Text, added, naive, runs_of, said
from sayso.training.counts.law import Law
from sayso.training.counts.leaving import without
from sayso.training.counts.tables import count_tokens
from sayso.training.recipes import Blend

_TOKENS = st.lists(st.integers(1, 5), min_size=1, max_size=6).map(tuple)
_AUTHORS = st.sets(st.integers(1, 6), min_size=1, max_size=2).map(lambda who: tuple(sorted(who)))
_TEXTS = st.lists(st.builds(Text, tokens=_TOKENS, authors=_AUTHORS), min_size=1, max_size=12)
_PEOPLE = st.integers(1, 3)


@settings(max_examples=60, deadline=None)
@given(texts=_TEXTS, chance=st.randoms(), people=_PEOPLE)
def test_without_rows_it_says_no_more_than_having_counted_again(
    texts: list[Text], chance: object, people: int
) -> None:
    gone = [text for text in texts if chance.random() < 0.3]  # type: ignore[attr-defined]
    stay = list(texts)
    for text in gone:
        stay.remove(text)
    removed = count_tokens([t.tokens for t in gone], [t.authors for t in gone], SPELLING)

    thinned = without(added(texts, people), removed)

    found, again = said(thinned), naive(stay, people)
    for run, times in found.times.items():
        exact = len(run) == SPELLING.order or (run[0] == 0 and len(run) > 1)
        assert 0 <= times <= again.times[run]
        assert times == again.times[run] or not exact
    assert all(0 <= after <= again.after[run] for run, after in found.after.items())
    told = Law(thinned, Blend().discounts).following(np.array([[0, 1, 2], [0, 3, 1], [2, 2, 2]]))
    assert np.exp(told).sum(1) == pytest.approx(1)


def test_what_only_a_removed_row_held_is_gone_and_what_many_wrote_stays() -> None:
    many = [Text(tokens=(1, 2, 3), authors=(person,)) for person in range(1, 6)]
    leaver = Text(tokens=(1, 2, 4), authors=(7,))
    few = [Text(tokens=(5, 4), authors=(person,)) for person in (1, 2)]
    everything = [*many, leaver, Text(tokens=(5, 4), authors=(7,)), *few]
    theirs = [text for text in everything if text.authors == (7,)]
    removed = count_tokens([t.tokens for t in theirs], [t.authors for t in theirs], SPELLING)

    found = said(without(added(everything, 3), removed))

    assert found.times[0, 1, 2, 3] == 5
    assert (5, 4) in said(added(everything, 3)).times
    assert (5, 4) not in found.times
    assert not any(len(run) > 1 and 4 in run for run in found.times)
    assert set(runs_of(many[0])) <= set(found.times)
