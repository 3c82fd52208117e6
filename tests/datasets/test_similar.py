"""Keys, bands and sketches of many texts: the same everywhere, and close where texts are."""

import hashlib
import sys

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.datasets.similarity import shingles, similar
from sayso.datasets.similarity.duplicates import RARE_SPACES, folded_case, text_key
from sayso.datasets.similarity.keepers import AGREEING

WORDS = [f"word{number}" for number in range(4000)]
LONG = " ".join(WORDS[:120])
MIXED = st.text(
    st.characters(codec="utf-8") | st.sampled_from(" \t\n\u00a0\u2028\u1680\x1f\x85\u2029Aßﬁ½…̈")
)


def pairs(*, of_words: int, apart: int, count: int, seed: int) -> tuple[list[str], list[str]]:
    """Return texts, and the same with `apart` words replaced at random places."""
    chance = np.random.default_rng(seed)
    some, others = [], []
    for _ in range(count):
        words = [WORDS[at] for at in chance.integers(0, len(WORDS), of_words)]
        some.append(" ".join(words))
        for at in chance.choice(of_words, apart, replace=False):
            words[at] = "other"
        others.append(" ".join(words))
    return some, others


def runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def jaccard(some: str, other: str) -> float:
    return len(runs(some) & runs(other)) / len(runs(some) | runs(other))


def found(some: list[str], others: list[str]) -> npt.NDArray[np.bool_]:
    left, right = similar.prints(pa.array(some)), similar.prints(pa.array(others))
    shared = ((left.bands == right.bands) & (left.bands != 0)).any(axis=1)
    near = similar.agreeing(left.sketches, right.sketches) >= AGREEING
    both: npt.NDArray[np.bool_] = shared & near
    return both


@settings(deadline=None)
@given(st.lists(MIXED))
def test_a_key_is_the_one_that_a_single_text_has(texts: list[str]) -> None:
    keys = similar.prints(pa.array(texts, pa.string())).keys

    assert [bytes(key) for key in keys] == [text_key(text) for text in texts]


def test_of_white_space_beyond_ascii_only_the_rare_is_left_by_folding() -> None:
    signs = (chr(code) for code in range(sys.maxunicode) if not 0xD800 <= code < 0xE000)
    left = {space for sign in signs if sign.isspace() for space in folded_case(sign)}

    assert {space for space in left if not space.isascii()} == set(RARE_SPACES)


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("ab \n<é日本"), max_size=80)), st.integers(1, 50))
def test_a_text_has_the_same_prints_whatever_comes_with_it(texts: list[str], block: int) -> None:
    whole = similar.signatures(pa.array(texts, pa.string()))
    keys = similar.prints(pa.array(texts, pa.string())).keys

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shingles, "_BLOCK", block)
        parted = similar.signatures(pa.array(["before", *texts], pa.large_string()).slice(1))
        parted_keys = similar.prints(pa.array(["é", *texts], pa.string()).slice(1)).keys

    assert np.array_equal(whole, parted)
    assert np.array_equal(keys, parted_keys)


def test_prints_are_the_same_bytes_on_every_machine() -> None:
    texts = [LONG, LONG.replace("word7 ", "<PERSON_1> "), "日本語の文章です。" * 10, "short", ""]

    made = similar.prints(pa.array(texts))

    assert hashlib.sha256(made.keys.tobytes()).hexdigest()[:16] == "2e13ecbba534f468"
    assert hashlib.sha256(made.bands.astype("<u8").tobytes()).hexdigest()[:16] == "70de09732010d654"
    assert (
        hashlib.sha256(made.sketches.astype("<u8").tobytes()).hexdigest()[:16] == "624e7ef4f1fe27eb"
    )
    assert [hex(value) for value in made.bands[0, :2]] == [
        "0x5ef2c5308634bfbb",
        "0x4ab088c8b81c0796",
    ]


def test_case_and_white_space_do_not_count() -> None:
    left = similar.prints(pa.array([LONG]))
    right = similar.prints(pa.array([f"\n {LONG.upper().replace(' ', '  ')}\t"]))

    assert np.array_equal(left.bands, right.bands)
    assert np.array_equal(left.keys, right.keys)


@pytest.mark.parametrize("apart", [1, 2])
def test_nearly_all_pairs_at_four_fifths_are_found(apart: int) -> None:
    some, others = pairs(of_words=120, apart=apart, count=800, seed=apart)
    alike = [jaccard(*pair) >= 0.8 for pair in zip(some, others, strict=True)]

    assert sum(alike) > 700
    assert found(some, others)[alike].mean() >= 0.98


def test_hardly_any_pair_below_a_half_is_found() -> None:
    some, others = pairs(of_words=120, apart=13, count=1500, seed=3)
    below = [jaccard(*pair) < 0.5 for pair in zip(some, others, strict=True)]

    assert sum(below) > 1000
    assert found(some, others)[below].mean() < 0.002


def test_the_share_of_equal_hashes_estimates_the_similarity() -> None:
    some, others = pairs(of_words=300, apart=12, count=200, seed=4)
    true = np.array([jaccard(*pair) for pair in zip(some, others, strict=True)])

    left, right = similar.signatures(pa.array(some)), similar.signatures(pa.array(others))

    assert abs((left == right).mean(axis=1) - true).mean() < 0.035


def test_too_short_a_text_has_no_near_copies() -> None:
    needed = similar.MINIMUM_SHINGLES + shingles.SHINGLE - 1

    made = similar.prints(pa.array([" ".join(WORDS[: needed - 1]), " ".join(WORDS[:needed])]))

    assert (made.bands[0] == 0).all()
    assert (made.sketches[0] == 0).all()
    assert (made.bands[1] != 0).all()


@pytest.mark.parametrize("last", ["yes", "no", "thursday", "friday", "7", "12"])
def test_an_answer_at_the_end_of_a_short_text_tells_it_from_another(last: str) -> None:
    question = "shall we take the offer that they made us in the meeting on monday morning then "

    assert not found([question + last], [question + "perhaps"])[0]


def test_scripts_without_spaces_are_read_sign_by_sign() -> None:
    text = "".join(chr(0x4E00 + 37 * at) for at in range(120))
    other = text[:60] + "龍" + text[61:]

    assert found([text], [other])[0]
    assert not found([text], [text[::-1]])[0]


def test_placeholders_are_words() -> None:
    text = LONG.replace("word50 ", "<PERSON_1> ")

    assert len(runs(text)) == len(runs(LONG))
    assert not np.array_equal(
        similar.signatures(pa.array([text])), similar.signatures(pa.array([LONG]))
    )


def test_of_a_very_long_text_the_beginning_makes_the_bands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shingles, "LONGEST", 401)
    text = "日" + "本語の" * 200

    some, other, next_one = similar.signatures(pa.array([text, text + "終", LONG]))

    assert np.array_equal(some, other)
    assert np.array_equal(next_one, similar.signatures(pa.array([LONG]))[0])
    assert len(set(map(bytes, similar.prints(pa.array([text, text + "終"])).keys))) == 2


def test_no_texts_have_no_prints() -> None:
    made = similar.prints(pa.array([], pa.string()))

    assert made.keys.shape == (0, 32)
    assert made.bands.shape == (0, 16)
    assert similar.signatures(pa.array([""])).min() == np.iinfo(np.uint32).max
