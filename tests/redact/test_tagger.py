"""The tagger as the rest of the house sees it, with the weights that are shipped."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import BadInput
from sayso.redact.tagger.tagging import Tagger
from sayso.redact.tagger.weights import WEIGHTS

_WORDS = (
    *("Hi", "Ana", "Anna Lindqvist", "Mr.", "O'Hara", "said", "the", "in", "Paris", "\n", "\n\n"),
    *("<PERSON_1>", "@ana_l", "ana@example.org", "https://example.org/x", "\u738b\u5c0f\u660e"),
    *("\ud800", "\x00", "\U0001f600", "MARIA", "josé's", "l'Anna", "e\u0301", "J.", "K.", "-"),
    *("Grace", "will", ".", "3", "\u5728", "\u1e3c"),
)
texts = st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join) | st.text(max_size=60)


@cache
def _tagger() -> Tagger:
    return Tagger.load()


def _names(text: str, bias: int = 0) -> list[str]:
    (found,) = _tagger().tag_batch([text], bias=bias)
    return [text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dear Katarzyna,\n\nthe contract is attached.", "Katarzyna"),
        ("I spoke with Conor O'Sullivan about the budget.", "Conor O'Sullivan"),
        ("Dr. Elizabeth Warrick's report is late.", "Elizabeth Warrick"),
        ("Best regards,\nJennifer Halloway\nSenior Analyst", "Jennifer Halloway"),
        ("Sehr geehrter Herr Schneider, vielen Dank.", "Schneider"),
        ("O ministro Fernando Carvalho disse que a lei é boa.", "Fernando Carvalho"),
        ("Premijer Ivan Marković posjetio je Zagreb.", "Ivan Marković"),
    ],
)
def test_a_name_is_found_without_title_possessive_or_sign(text: str, name: str) -> None:
    assert name in _names(text)


@pytest.mark.parametrize(
    "text",
    [
        "<PERSON_1> met <PERSON_2> at <ADDRESS_1>.",
        "Dear <PERSON_1>,\n\nthank you.\n\nRegards,\n<PERSON_2>",
        "Write to <EMAIL_1> or call <PHONE_2>.",
        "",
        "\n\n  \n",
    ],
)
def test_a_placeholder_is_nobody(text: str) -> None:
    assert _names(text, bias=300) == []


def test_an_address_is_not_a_name() -> None:
    assert _names("mail maria.lopez@example.org or see https://example.org/maria_lopez") == []


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, max_size=6), st.integers(min_value=-100, max_value=300))
def test_the_company_of_a_text_changes_nothing(many: list[str], bias: int) -> None:
    together = _tagger().tag_batch(many, bias=bias)

    assert together == [_tagger().tag_batch([text], bias=bias)[0] for text in many]
    assert together[::-1] == _tagger().tag_batch(many[::-1], bias=bias)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_names_are_in_order_inside_the_text_and_apart(text: str) -> None:
    (found,) = _tagger().tag_batch([text], bias=300)

    ends = [0, *(one.end for one in found)]
    assert all(end <= one.start < one.end for end, one in zip(ends, found, strict=False))
    assert ends[-1] <= len(text)
    assert all(0 <= one.score <= 1 for one in found)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_windows_cover_every_word_once_and_in_order(text: str) -> None:
    spans = _tagger().windows(text)

    assert all(start < end for start, end in spans)
    assert all(one[1] == other[0] for one, other in pairwise(spans))
    first, last = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    assert not any(map(str.isalnum, text[:first] + text[last:]))


@settings(max_examples=60, deadline=None)
@given(texts)
def test_what_a_window_shows_alone_the_whole_text_shows_there(text: str) -> None:
    (found,) = _tagger().tag_batch([text])
    whole = {(one.start, one.end) for one in found}

    for start, end in _tagger().windows(text):
        (alone,) = _tagger().tag_batch([text[start:end]])
        assert {(start + one.start, start + one.end) for one in alone} <= whole


def test_more_bias_never_takes_fewer_characters_of_a_window() -> None:
    text = "Saw Mark and Will at Rose Hill with Jordan Chase and Dr Long in Paris."

    sizes = [len("".join(_names(text, bias))) for bias in (-200, 0, 100, 300)]

    assert sizes == sorted(sizes)


def test_a_long_text_without_any_end_is_tagged() -> None:
    text = "and then Anna Lindqvist came " * 8000

    (found,) = _tagger().tag_batch([text])

    assert len(found) > 7000


def test_weights_are_small_and_hold_no_words() -> None:
    assert WEIGHTS.stat().st_size < 8_000_000
    with np.load(WEIGHTS, allow_pickle=False) as held:
        assert all(held[name].dtype.kind in "iu" for name in held.files)


def test_a_broken_file_of_weights_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "people.npz"
    broken.write_bytes(WEIGHTS.read_bytes()[:5000])

    with pytest.raises(BadInput, match=r"people\.npz"):
        Tagger.load(broken)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, max_size=5), st.data())
def test_texts_that_come_again_a_little_changed_have_the_same_names(
    many: list[str], data: st.DataObject
) -> None:
    reader = _tagger().reader()
    assert reader.tag_batch(many) == _tagger().tag_batch(many)

    changed = []
    for text in many:
        words = text.split(" ")
        at = data.draw(st.integers(min_value=0, max_value=len(words) - 1))
        words[at] = data.draw(st.sampled_from(("<PERSON_1>", "", "Ana's", "l'", "\n\n", "x")))
        changed.append(" ".join(words))
    assert reader.tag_batch(changed[::-1]) == _tagger().tag_batch(changed[::-1])


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.sampled_from(("and", "Anna", "l'Anna", "O'Hara's", "a.b@c", "@d", "'", "<A_1>")),
        min_size=200,
        max_size=300,
    ).flatmap(lambda words: st.sampled_from((" ", "")).map(lambda sign: sign.join(words)))
)
def test_a_window_that_is_cut_inside_a_word_is_told_from_one_that_is_not(text: str) -> None:
    reader = _tagger().reader()
    for one in (text, text[1:], "x " + text, text[50:], text[51:]):
        assert reader.tag_batch([one]) == _tagger().tag_batch([one])
