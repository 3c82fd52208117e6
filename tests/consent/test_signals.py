"""Signals are read as their standards say, and emitted so that they read back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.consent.choices import Answer
from sayso.consent.signals import SIGNALS, aipref, answer_of, gpc
from sayso.errors import BadInput

YES, NO = Answer.YES, Answer.NO


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ((), False),
        (("1",), True),
        ((" 1 ",), True),
        (("0",), False),
        (("true",), False),
        (("1.0",), False),
        (("11",), False),
        (("0", "1"), True),
    ],
)
def test_gpc_is_exactly_one(values: tuple[str, ...], seen: bool) -> None:  # noqa: FBT001
    assert gpc.seen(values) is seen


def test_a_site_says_since_when_it_heeds_gpc() -> None:
    assert gpc.support(date(2026, 5, 3)) == {"gpc": True, "lastUpdate": "2026-05-03"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", {}),
        ("train-ai=n", {"train-ai": NO}),
        ("train-ai=y, search=n", {"train-ai": YES, "search": NO}),
        # draft-ietf-aipref-vocab-07: anything but a token y or n, and a later such value, unknown
        ('train-ai=y, train-ai, search=n, search="n"', {}),
        ("train-ai;allow=n, train-ai=y", {"train-ai": YES}),
        ('train-ai=y;until=@1900000000;why="x"', {"train-ai": YES}),
        ("train-ai=n, train-ai=y", {"train-ai": YES}),
        ("train-ai=Y", {}),
        ("Train-AI=n", {}),
        ("other=(a b;c=1), train-ai=n", {"train-ai": NO}),
        ("a=1, b=-2.5, c=?1, d=:aGk=:, train-ai=n", {"train-ai": NO}),
        ("train-ai=n,", {}),
        ("train-ai=n search=y", {}),
        ("train-ai=", {}),
        ("train-ai=n, other=(a", {}),
    ],
)
def test_aipref_says_what_its_draft_says(text: str, said: dict[str, Answer]) -> None:
    assert {k: v for k, v in aipref.parse(text).items() if k in ("train-ai", "search")} == said


@given(st.dictionaries(st.sampled_from([aipref.TRAIN_AI, aipref.SEARCH]), st.sampled_from(Answer)))
def test_what_is_emitted_reads_back(answers: dict[str, Answer]) -> None:
    assert aipref.parse(aipref.emit(answers)) == answers


@given(st.text(max_size=40))
def test_no_text_breaks_the_parser(text: str) -> None:
    assert set(aipref.parse(text).values()) <= set(Answer)


@pytest.mark.parametrize(
    ("statements", "sum_"),
    [((), None), ((None,), None), ((YES, None), YES), ((YES, NO, None), NO), ((NO,), NO)],
)
def test_any_no_wins(statements: tuple[Answer | None, ...], sum_: Answer | None) -> None:
    assert aipref.combine(statements) is sum_


@pytest.mark.parametrize(("name", "value"), [("gpc", "1"), ("aipref", "train-ai=n")])
def test_each_signal_can_say_no_and_says_nothing_when_absent(name: str, value: str) -> None:
    entry = next(entry for entry in SIGNALS if entry.name == name)

    assert entry.read((value,)) is NO
    assert entry.read(()) is None
    assert entry.citation


def test_every_signal_is_in_this_file() -> None:
    assert [entry.name for entry in SIGNALS] == ["gpc", "aipref"]


def test_an_unknown_standard_is_no_silence() -> None:
    assert answer_of("aipref-07", "train-ai=n") is NO
    assert answer_of("gpc", "0") is None
    with pytest.raises(BadInput, match="no signal standard 'smoke'"):
        answer_of("smoke", "train-ai=y")
