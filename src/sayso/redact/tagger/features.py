"""What the weights look at: each word's own features, and each token's place in its window."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.redact.tagger.characters import Characters, Script
from sayso.redact.tagger.hashing import Hashes, mixed, of_ends, of_words
from sayso.redact.tagger.shapes import Shape, shapes_of
from sayso.redact.tagger.tokens import Group, Places, Tokens
from sayso.redact.tagger.words import (
    CAPITALS,
    FAMILIES,
    FIRSTS,
    KINDS,
    LANGUAGES,
    LASTS,
    TOWNS,
    Commonness,
    Lexicon,
)

Rows = npt.NDArray[np.int64]
Small = npt.NDArray[np.int64]

PLACE = 0b11_0000
"""Bits of a word's classes that say it names a place."""

BUCKETS = 1 << 17
"""Rows for hashed features; bucket 0 is kept for "nothing here"."""


_SHAPES = len(Shape)
_UNKNOWN_LANGUAGE = len(LANGUAGES)
_VOICES = len(LANGUAGES) + 1
_STEPS = 8
_STYLES = 5

_SIZES = (
    _SHAPES * _STEPS * _STEPS,  # how common: in any language, in English
    _SHAPES * 8 * len(Script),  # how long, in which script
    _SHAPES * _STYLES * 3,  # the window's capitals, what stands before
    _SHAPES * _STEPS * _VOICES,  # how common in the window's language
    _SHAPES * 8,  # spaces and line ends around
    _STEPS * _STEPS,  # Han: how common the words are that end here and begin here
    4 * 8,  # Han: places that end and begin here, words of three around it
)
FLAGS = 1 + sum(_SIZES)
"""Rows for features with few values, row 0 for "nothing here"."""
_OFFSETS = np.cumsum((1, *_SIZES))[:-1].tolist()

HASHED = 19
"""Hashed features of a word: see `_hashed`."""
FROM_LISTS = (10, 11, 12, 13, 14, 15, 16, 17, 18)
"""Those of them that come from lists of names and places, from counts and kinds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """Rows of the tables that are summed up for every word, and for every token."""

    words: Places
    """For each token which of the different words it is."""
    hashed: Rows
    """For each different word, rows of the hashed table."""
    flags: Rows
    """For each different word, rows of the table of flags."""
    token_flags: Rows
    """For each token, rows of the table of flags."""
    han: Places
    """Tokens that are Han characters."""
    han_hashed: Rows
    """For each of those, rows of the hashed table: with its neighbours."""
    han_flags: Rows
    """For each of those, rows of the table of flags: the words it may be part of."""
    shapes: Small
    steps: Small
    english: Small
    """For each token its shape, and how common it is in any language and in English."""
    folded: Hashes
    """For each token the hash of its folded letters."""


def features(
    tokens: Tokens, cuts: Places, *, characters: Characters, lexicon: Lexicon, common: Commonness
) -> Features:
    """Return the features of all tokens; what is outside a token's window plays no part."""
    shapes_of_tokens = shapes_of(tokens)
    written = of_words(tokens.codes, tokens.starts, tokens.ends)
    _, first, words = np.unique(written, return_index=True, return_inverse=True)
    folded = of_words(tokens.folds, tokens.starts[first], tokens.ends[first])
    shapes = shapes_of_tokens[first]
    kept = shapes <= Shape.UNCASED
    classes = np.where(kept, lexicon.classes_of(folded), 0).astype(np.int64)
    steps, tells = common.of(folded)
    highest = steps.max(axis=1).astype(np.int64)
    hashed = np.concatenate(
        (
            _hashed(tokens, first, folded=folded, shapes=shapes),
            listed(classes, shapes, highest, steps[:, 0].astype(np.int64)),
        ),
        axis=1,
    )
    hashed[~kept & (shapes >= Shape.LINK)] = 0
    sizes = np.minimum(tokens.ends[first] - tokens.starts[first], 8) - 1
    scripts = characters.scripts[np.minimum(tokens.codes[tokens.starts[first]], 0xFFFF)]
    accented = _accented(tokens, first)
    scripts = np.where((scripts == Script.LATIN) & accented, Script.ACCENTED, scripts)
    flags = np.stack(
        (
            _OFFSETS[0] + (shapes * _STEPS + highest) * _STEPS + steps[:, 0],
            _OFFSETS[1] + (shapes * 8 + sizes) * len(Script) + scripts,
        ),
        axis=1,
    ).astype(np.int64)
    voices = _voices(tells[words], cuts)
    han = _han(tokens, cuts, lexicon=lexicon, common=common)
    return Features(
        words=words,
        hashed=hashed,
        flags=flags,
        token_flags=_token_flags(
            tokens, cuts, shapes=shapes_of_tokens, steps=steps[words], voices=voices
        ),
        han=han[0],
        han_hashed=han[1],
        han_flags=han[2],
        shapes=shapes_of_tokens,
        steps=highest[words],
        english=steps[words, 0].astype(np.int64),
        folded=folded[words],
    )


def bucket(numbers: Hashes, salt: int) -> Rows:
    """Return the hashed table's row for each number, never row 0."""
    spread = mixed(numbers, salt=salt) >> np.uint64(32)
    return (spread % np.uint64(BUCKETS - 1)).astype(np.int64) + 1


def _accented(tokens: Tokens, at: Places) -> npt.NDArray[np.bool_]:
    summed = np.append(0, np.cumsum(tokens.codes > 0x7F))
    return summed[tokens.ends[at]] > summed[tokens.starts[at]]


def _hashed(tokens: Tokens, at: Places, *, folded: Hashes, shapes: Small) -> Rows:
    starts, sizes = tokens.starts[at], tokens.ends[at] - tokens.starts[at]
    ends = tokens.ends[at] - 1
    shaped = shapes.astype(np.uint64)
    columns = [bucket(folded, 1), bucket(folded ^ mixed(shaped), 2)]
    for length in (1, 2, 3, 4):
        head = of_ends(tokens.folds, starts, sizes, length=length, backwards=False)
        tail = of_ends(tokens.folds, ends, sizes, length=length, backwards=True)
        columns += [bucket(head, 3), bucket(tail ^ mixed(shaped // np.uint64(2)), 4)]
    return np.stack(columns, axis=1)


def listed(classes: Small, shapes: Small, steps: Small, english: Small) -> Rows:
    """Return the rows FROM_LISTS of words of these classes, shapes and commonness."""
    lists = classes & 0xFFFF
    firsts, lasts = classes >> FIRSTS & 7, classes >> LASTS & 7
    capitals, towns = classes >> CAPITALS & 7, classes >> TOWNS & 7
    kinds, families = classes >> KINDS & 511, classes >> FAMILIES & 63
    names = firsts * 8 + lasts
    either = np.maximum(firsts, lasts)
    numbers = (
        lists * _SHAPES + shapes,
        (lists & 0xF) * _SHAPES + shapes,
        lists >> 4,
        names * _SHAPES + shapes,
        (names * _STEPS + english) * _SHAPES + shapes,
        (capitals * _STEPS + steps) * _SHAPES + shapes,
        ((towns * 8 + either) * _STEPS + steps) * _SHAPES + shapes,
        kinds * _SHAPES + shapes,
        (families * 8 + either) * _SHAPES + shapes,
    )
    salts = (5, 6, 7, 11, 12, 13, 14, 15, 16)
    columns = [
        bucket(number.astype(np.uint64), salt) for number, salt in zip(numbers, salts, strict=True)
    ]
    return np.stack(columns, axis=1)


def _voices(tells: npt.NDArray[np.uint16], cuts: Places) -> Small:
    """Return for each token which language its window's commonest words are of."""
    bits = (tells[:, None] >> np.arange(len(LANGUAGES), dtype=np.uint16)) & np.uint16(1)
    many = bits.sum(axis=1, dtype=np.int64)
    votes = bits * (24 // np.maximum(many, 1))[:, None]
    summed = np.add.reduceat(votes, cuts[:-1], axis=0)
    voices = np.where(summed.max(axis=1) >= 12, summed.argmax(axis=1), _UNKNOWN_LANGUAGE)
    return np.repeat(voices, np.diff(cuts))


def _token_flags(
    tokens: Tokens, cuts: Places, *, shapes: Small, steps: npt.NDArray[np.uint8], voices: Small
) -> Rows:
    count = len(shapes)
    styles = np.repeat(_styles(shapes, cuts), np.diff(cuts))
    first = np.zeros(count, dtype=np.bool_)
    first[cuts[:-1]] = True
    last = np.zeros(count, dtype=np.bool_)
    last[cuts[1:] - 1] = True
    before = np.append(Shape.LINE_END, shapes[:-1])
    after = np.append(shapes[1:], Shape.LINE_END)
    at_line_start = first | (before == Shape.LINE_END)
    at_line_end = last | (after == Shape.LINE_END)
    signs = tokens.codes[tokens.starts]
    ends_sentence = np.isin(signs, (0x2E, 0x21, 0x3F, 0x3002)) & (shapes == Shape.SIGN)
    placed = np.where(np.append(False, ends_sentence[:-1]), 1, 2)
    placed[at_line_start] = 0
    spaced = np.append(True, tokens.starts[1:] > tokens.ends[:-1]) | first
    spaced_after = np.append(spaced[1:], True) | last
    known = np.minimum(voices, len(LANGUAGES) - 1)
    step = steps[np.arange(count), known].astype(np.int64)
    step[voices == _UNKNOWN_LANGUAGE] = steps.max(axis=1)[voices == _UNKNOWN_LANGUAGE]
    around = at_line_end * 4 + spaced * 2 + spaced_after
    return np.stack(
        (
            _OFFSETS[2] + (shapes * _STYLES + styles) * 3 + placed,
            _OFFSETS[3] + (shapes * _STEPS + step) * _VOICES + voices,
            _OFFSETS[4] + shapes * 8 + around,
        ),
        axis=1,
    )


def _styles(shapes: Small, cuts: Places) -> Small:
    """Return how each window uses capitals: never, a few, many, in titles, throughout."""

    def counted(chosen: npt.NDArray[np.bool_]) -> Small:
        return np.add.reduceat(chosen.astype(np.int64), cuts[:-1])

    capitals = counted((shapes == Shape.CAPITALS) | (shapes == Shape.SHORT_CAPITALS))
    titles = counted((shapes == Shape.TITLE) | (shapes == Shape.MIXED_UPPER))
    small = counted((shapes == Shape.LOWER) | (shapes == Shape.MIXED_LOWER))
    every = np.maximum(capitals + titles + small, 1)
    styles = np.ones(len(every), dtype=np.int64)
    styles[10 * titles > 3 * every] = 2
    styles[10 * titles > 7 * every] = 3
    styles[10 * capitals > 6 * every] = 4
    styles[capitals + titles == 0] = 0
    return styles


def _han(
    tokens: Tokens, cuts: Places, *, lexicon: Lexicon, common: Commonness
) -> tuple[Places, Rows, Rows]:
    """Return the Han characters, and each one's rows together with those next to it."""
    at = np.flatnonzero(tokens.groups == Group.HAN)
    if not len(at):
        return at, np.zeros((0, 3), dtype=np.int64), np.zeros((0, 2), dtype=np.int64)
    window = np.searchsorted(cuts, at, side="right")

    def hashes(first: int, last: int) -> Hashes:
        """Return one hash for the run from `first` to `last` around each character."""
        start, end = at + first, at + last
        start_kept = np.clip(start, 0, len(tokens.starts) - 1)
        end_kept = np.clip(end, 0, len(tokens.starts) - 1)
        inside = (start == start_kept) & (end == end_kept)
        inside &= np.searchsorted(cuts, start_kept, side="right") == window
        inside &= np.searchsorted(cuts, end_kept, side="right") == window
        glued = tokens.ends[end_kept] - tokens.starts[start_kept] == last - first + 1
        whole = inside & glued
        starts = np.where(whole, tokens.starts[start_kept], tokens.starts[at])
        ends = np.where(whole, tokens.ends[end_kept], tokens.ends[at])
        found = of_words(tokens.folds, starts, ends)
        return np.where(whole, found, np.uint64(last - first))

    before, after, both = hashes(-1, 0), hashes(0, 1), hashes(-1, 1)
    rows = np.stack((bucket(before, 8), bucket(after, 9), bucket(both, 10)), axis=1)
    chinese = LANGUAGES.index("zh")
    step_before, step_after = (common.of(pair)[0][:, chinese] for pair in (before, after))
    place_before, place_after = ((lexicon.classes_of(pair) & PLACE) > 0 for pair in (before, after))
    threes = [common.of(three)[0][:, chinese] > 0 for three in (hashes(-2, 0), both, hashes(0, 2))]
    around = place_before * 2 + place_after
    wide = threes[0] * 4 + threes[1] * 2 + threes[2]
    flags = (
        _OFFSETS[5] + step_before.astype(np.int64) * _STEPS + step_after,
        _OFFSETS[6] + around.astype(np.int64) * 8 + wide,
    )
    return at, rows, np.stack(flags, axis=1)
