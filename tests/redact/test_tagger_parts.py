"""What the tagger is made of: tokens, windows, paths, sums that no machine rounds."""

from functools import cache
from itertools import pairwise, product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.redact.tagger import paths, windows
from sayso.redact.tagger.characters import Characters
from sayso.redact.tagger.features import features
from sayso.redact.tagger.hashing import of_words
from sayso.redact.tagger.network import REACH, Layer, Network
from sayso.redact.tagger.paths import Label, allowed, best_labels
from sayso.redact.tagger.tokens import tokenize
from sayso.redact.tagger.weights import WEIGHTS, Weights, load, of_arrays, to_arrays
from sayso.redact.tagger.words import FIRSTS, KEPT, KINDS, LASTS, Lexicon

Whole = npt.NDArray[np.int64]


@cache
def _weights() -> Weights:
    return load(WEIGHTS)


def _characters() -> Characters:
    return _weights().characters


def _tokens(text: str) -> list[str]:
    found = tokenize([text], _characters())
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("O'Hara's dog", ["O'Hara", "'s", "dog"]),
        ("l'Anna, dell'Anna", ["l'", "Anna", ",", "dell'", "Anna"]),
        ("Jean-Luc", ["Jean", "-", "Luc"]),
        ("mail ana@example.org!", ["mail", "ana@example.org!"]),
        ("see https://example.org/a_b)", ["see", "https://example.org/a_b)"]),
        ("hi @ana_l, ok", ["hi", "@ana_l", ",", "ok"]),
        ("<PERSON_1><EMAIL_22> <b>", ["<PERSON_1><EMAIL_22>", "<", "b", ">"]),
        ("王小明。", ["王", "小", "明", "。"]),
        ("wait....what", ["wait", "....", "what"]),
        ("e\u0301a \u00ad", ["e\u0301a", "\u00ad"]),
    ],
)
def test_a_text_is_cut_into_tokens(text: str, tokens: list[str]) -> None:
    assert _tokens(text) == tokens


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_tokens_hold_every_sign_but_white_space_and_no_two_texts(texts: list[str]) -> None:
    tokens = tokenize(texts, _characters())
    joined = "\n".join(texts) + "\n"

    held = np.zeros(len(joined), dtype=np.bool_)
    for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True):
        assert not held[start:end].any()
        held[start:end] = True
        assert np.searchsorted(tokens.firsts, start, "right") == np.searchsorted(
            tokens.firsts, end - 1, "right"
        )
    assert all(held[at] or not sign.isalnum() for at, sign in enumerate(joined))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["word", "End.", "\n", "\n\n", "Mr."]), max_size=600))
def test_no_window_is_longer_than_its_bound(words: list[str]) -> None:
    tokens = tokenize([" ".join(words)], _characters())

    cuts = windows.cut(tokens)

    assert np.diff(cuts).max(initial=0) <= windows.LONGEST
    assert (np.diff(cuts) > 0).all()
    assert cuts[-1] == len(tokens.starts)


def test_weights_are_read_as_they_were_written() -> None:
    arrays = to_arrays(_weights())
    again = of_arrays(arrays)

    assert (again.lexicon.hashes == _weights().lexicon.hashes).all()
    assert (again.lexicon.classes == _weights().lexicon.classes).all()
    assert all((arrays[name] == held).all() for name, held in to_arrays(again).items())


@given(st.sets(st.integers(min_value=0, max_value=2**64 - 1), min_size=1, max_size=20))
def test_a_listed_word_is_known_by_its_hash_and_another_is_not(hashes: set[int]) -> None:
    words = np.array(sorted(hashes), dtype=np.uint64)
    kept, at = np.unique(words >> KEPT, return_index=True)
    lexicon = Lexicon(hashes=kept, classes=at.astype(np.uint64) + 1)

    assert (lexicon.classes_of(words) > 0).all()
    assert lexicon.classes_of(~words[:1])[0] == 0 or (~words[0] >> KEPT) in kept


def test_a_common_name_is_listed_as_borne_by_more_people_than_a_seldom_one() -> None:
    names = ("Maria", "Siegfried", "Smith", "Zoltan")
    tokens = tokenize([" ".join(names)], _characters())
    folded = of_words(tokens.folds, tokens.starts, tokens.ends)

    classes = _weights().lexicon.classes_of(folded).astype(np.int64)

    maria, siegfried, smith, zoltan = classes.tolist()
    assert maria >> FIRSTS & 7 > siegfried >> FIRSTS & 7 > 0
    assert smith >> LASTS & 7 > zoltan >> LASTS & 7 > 0


def test_makers_of_cars_are_of_one_kind_and_fish_of_another() -> None:
    words = ("Toyota", "Honda", "BMW", "perch", "lobster", "Qzxvw")
    tokens = tokenize([" ".join(words)], _characters())
    folded = of_words(tokens.folds, tokens.starts, tokens.ends)

    kinds = _weights().lexicon.classes_of(folded).astype(np.int64) >> KINDS & 511

    toyota, honda, bmw, perch, lobster, unknown = kinds.tolist()
    assert toyota == honda == bmw > unknown == 0
    assert perch == lobster
    assert perch not in {unknown, toyota}


def _slow(scores: paths.Scores, steps: paths.Scores) -> int:
    """Return the best sum over every allowed path, each tried."""
    rules = allowed()
    best = -(1 << 40)
    for path in product(Label, repeat=len(scores)):
        begins = path[0] in {Label.INSIDE, Label.LAST}
        ends = path[-1] in {Label.FIRST, Label.INSIDE}
        if begins or ends or not all(rules[a, b] for a, b in pairwise(path)):
            continue
        total = sum(int(scores[at, label]) for at, label in enumerate(path))
        total += sum(int(steps[a, b]) for a, b in pairwise(path))
        best = max(best, total)
    return best


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_the_path_found_is_the_best_of_all(seed: int) -> None:
    chance = np.random.default_rng(seed)
    sizes = chance.integers(1, 5, size=4)
    cuts = np.append(0, np.cumsum(sizes)).astype(np.int64)
    scores = chance.integers(-50, 50, (int(cuts[-1]), len(Label))).astype(np.int32)
    steps = chance.integers(-20, 20, (len(Label), len(Label))).astype(np.int32)

    labels = best_labels(scores, steps, cuts)

    for start, end in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        path, own = labels[start:end], scores[start:end]
        total = int(own[np.arange(end - start), path].sum() + steps[path[:-1], path[1:]].sum())
        assert total == _slow(own, steps)


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_words_far_from_any_name_change_no_path(seed: int) -> None:
    chance = np.random.default_rng(seed)
    cuts = np.append(0, np.cumsum(chance.integers(1, 40, size=5))).astype(np.int64)
    scores = chance.integers(-30, 30, (int(cuts[-1]), len(Label))).astype(np.int32)
    scores[:, 0] += chance.choice([0, 40, 100], len(scores)).astype(np.int32)
    steps = chance.integers(-9, 9, (len(Label), len(Label))).astype(np.int32)

    assert np.array_equal(best_labels(scores, steps, cuts), paths.every_label(scores, steps, cuts))


def test_no_sum_can_grow_beyond_what_float32_holds_exactly() -> None:
    network = _weights().network

    for layer, most in ((network.first, 127), (network.second, 127)):
        assert _largest(layer.weights.reshape(-1, layer.weights.shape[2]), layer.bias, most) < 2**24
    outer = np.concatenate((network.from_first, network.from_second))
    assert _largest(outer, network.bias, 127) < 2**24


def _largest(weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32], most: int) -> float:
    assert (weights == np.rint(weights)).all()
    assert (bias == np.rint(bias)).all()
    return float((np.abs(weights).sum(axis=0) * most + np.abs(bias)).max())


def _in_whole_numbers(network: Network, rows: Whole, start: int, end: int) -> Whole:
    """Return the scores of one window, every sum in 64-bit whole numbers, token by token."""
    window = rows[start:end]
    near = _layer(network.first, window)
    far = _layer(network.second, near)
    outer = near @ network.from_first.astype(np.int64) + far @ network.from_second.astype(np.int64)
    return outer + network.bias.astype(np.int64)


def _layer(layer: Layer, rows: Whole) -> Whole:
    weights, size = layer.weights.astype(np.int64), len(rows)
    made = np.zeros((size, weights.shape[2]), dtype=np.int64)
    for at in range(size):
        total = layer.bias.astype(np.int64)
        for place in range(2 * REACH + 1):
            other = at + place - REACH
            if 0 <= other < size:
                total = total + rows[other] @ weights[place]
        made[at] = np.clip(total >> layer.shift, 0, 127)
    return made


def test_scores_are_what_whole_numbers_give() -> None:
    weights = _weights()
    text = "Dear Ms Lindqvist,\n\nJürgen O'Hara met 王小明 in Paris; see <URL_1>. " * 4
    tokens = tokenize([text], weights.characters)
    cuts = windows.cut(tokens)
    seen = features(
        tokens,
        cuts,
        characters=weights.characters,
        lexicon=weights.lexicon,
        common=weights.common,
    )
    network = weights.network
    hashed, flags = network.hashed.astype(np.int64), network.flags.astype(np.int64)
    rows = (hashed[seen.hashed].sum(axis=1) + flags[seen.flags].sum(axis=1))[seen.words]
    rows += flags[seen.token_flags].sum(axis=1)
    rows[seen.han] += hashed[seen.han_hashed].sum(axis=1) + flags[seen.han_flags].sum(axis=1)
    rows = np.clip(rows >> network.table_shift, -127, 127)

    scores = network.scores(seen, cuts)

    for start, end in pairwise(cuts.tolist()):
        slow = _in_whole_numbers(network, rows, start, end)
        assert (scores[start:end] == slow).all()
