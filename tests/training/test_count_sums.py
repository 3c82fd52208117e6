from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from naive_counts import SPELLING, Text, added, naive, runs_of, said, written_by
from sayso.training.counts.people import company
from sayso.training.counts.sums import add_up

_TOKENS = st.lists(st.integers(1, 5), min_size=1, max_size=7).map(tuple)
_SINGLE = st.integers(1, 5).map(lambda person: (person,))
_SEVERAL = st.sets(st.integers(1, 5), min_size=1, max_size=3).map(lambda who: tuple(sorted(who)))


def _texts(authors: st.SearchStrategy[tuple[int, ...]]) -> st.SearchStrategy[list[Text]]:
    one = st.builds(Text, tokens=_TOKENS, authors=authors, slice=st.integers(0, 2))
    return st.lists(one, max_size=12)


@settings(max_examples=60, deadline=None)
@given(texts=_texts(_SINGLE), people=st.integers(1, 4))
def test_a_sum_is_what_its_words_say(texts: list[Text], people: int) -> None:
    assert said(added(texts, people)) == naive(texts, people)


@settings(max_examples=60, deadline=None)
@given(texts=_texts(_SEVERAL), people=st.integers(2, 3))
def test_authors_who_share_somebody_are_never_counted_apart(texts: list[Text], people: int) -> None:
    found, allowed = said(added(texts, people)), naive(texts, people)

    assert found.times.items() <= allowed.times.items()
    assert found.after.items() <= allowed.after.items()


@settings(max_examples=60, deadline=None)
@given(texts=_texts(_SEVERAL), gone=st.sets(st.integers(1, 5)), people=st.integers(1, 3))
def test_forgetting_anybody_gives_the_sum_of_never_having_known_them(
    texts: list[Text], gone: set[int], people: int
) -> None:
    stay = [text for text in texts if not gone & set(text.authors)]
    touched = {text.slice for text in texts if gone & set(text.authors)}
    before = [text for text in stay if text.slice not in touched]
    again = [text for text in stay if text.slice in touched]

    assert added([*again, *before], people).digest == added(stay, people).digest


@settings(max_examples=60, deadline=None)
@given(texts=_texts(_SEVERAL), order=st.randoms(), at_once=st.integers(1, 50))
def test_neither_order_nor_size_of_work_changes_a_number(
    texts: list[Text], order: object, at_once: int
) -> None:
    shuffled = list(texts)
    order.shuffle(shuffled)  # type: ignore[attr-defined]

    assert added(shuffled, 2, at_once).digest == added(texts, 2).digest


@settings(max_examples=60, deadline=None)
@given(texts=_texts(_SINGLE), first=_TOKENS, second=_TOKENS, people=st.integers(2, 3))
def test_what_one_member_alone_wrote_changes_nothing_but_single_tokens(
    texts: list[Text], first: tuple[int, ...], second: tuple[int, ...], people: int
) -> None:
    others = written_by(texts)
    mine = [Text(tokens=tokens, authors=(9,)) for tokens in (first, second)]
    private = [
        text for text in mine if not any(len(run) > 1 and run in others for run in runs_of(text))
    ]

    found = {_longer(added([*texts, text], people).levels) for text in private}

    assert len(found | {_longer(added(texts, people).levels)}) == 1


def _longer(levels: Sequence[object]) -> str:
    return repr(levels[1:])


def test_somebody_who_wrote_with_everybody_is_one_contribution() -> None:
    together = [(1, 9), (2, 9), (3, 9)]
    apart = [(1, 9), (2, 8), (3, 7)]
    for authors, number in ((together, 1), (apart, 3)):
        texts = [Text(tokens=(1, 2), authors=who) for who in authors]
        assert ((1, 2) in said(added(texts, number)).times) is True
        assert ((1, 2) in said(added(texts, number + 1)).times) is False


def test_single_authors_count_exactly_beside_those_who_wrote_together() -> None:
    among = company([(1,), (2,), (1, 2), (3, 4)])
    texts = [Text(tokens=(1,), authors=who) for who in among.everyone]

    assert among.single == 2
    assert (0, 1) in said(added(texts, 3)).times
    assert (0, 1) not in said(added(texts, 4)).times


def test_a_sum_of_nothing_knows_nothing() -> None:
    empty = add_up([], SPELLING, 3)

    assert [len(level.runs) for level in empty.levels] == [0, 0, 0, 0]
    assert empty.digest == added([], 3).digest
