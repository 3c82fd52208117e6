"""Examples made into arrays: the features that the tagger sees, and the label of each token."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.redact.tagger import windows
from sayso.redact.tagger.characters import Characters
from sayso.redact.tagger.features import (
    BUCKETS,
    Features,
    features,
    listed,
)
from sayso.redact.tagger.paths import Label
from sayso.redact.tagger.shapes import Shape
from sayso.redact.tagger.tokens import Group, tokenize
from sayso.redact.tagger.words import Commonness, Lexicon
from tagger.sets import BODY, PERSON, PLACE, UNSURE, Example, label_of

Bits = npt.NDArray[np.int64]
ANY = (1 << len(Label)) - 1
NOT_PERSON = 1 << Label.OUTSIDE | 1 << Label.PLACE | 1 << Label.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Many examples as one long row of tokens, cut into windows."""

    rows: npt.NDArray[np.int64]
    """For each different word its rows: hashed ones, then flags counted on from BUCKETS."""
    words: npt.NDArray[np.int64]
    token_rows: npt.NDArray[np.int64]
    """For each token its own rows, 0 for none: flags, then those of Han characters."""
    unlisted: npt.NDArray[np.int64]
    """For each different word the rows in place of FROM_LISTS if no list had it."""
    allowed: Bits
    """For each token the labels it may have, as bits."""
    wordless: npt.NDArray[np.bool_]
    """For each token whether its word itself is not to be seen."""
    cuts: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]
    """For each window how much it counts."""


def prepare(
    examples: Sequence[Example], *, characters: Characters, lexicon: Lexicon, common: Commonness
) -> Prepared:
    """Return the arrays for `examples`."""
    tokens = tokenize([example.text for example in examples], characters)
    cuts = windows.cut(tokens)
    seen = features(tokens, cuts, characters=characters, lexicon=lexicon, common=common)
    allowed = np.zeros(len(tokens.starts), dtype=np.int64)
    wordless = np.zeros(len(tokens.starts), dtype=np.bool_)
    weights = np.zeros(len(tokens.starts), dtype=np.float32)
    firsts = np.searchsorted(tokens.starts, tokens.firsts)
    for at, example in enumerate(examples):
        part = slice(int(firsts[at]), int(firsts[at + 1]))
        starts = tokens.starts[part] - tokens.firsts[at]
        ends = tokens.ends[part] - tokens.firsts[at]
        weights[part] = example.weight
        wordless[part] = example.without_words & (tokens.groups[part] <= Group.HAN)
        allowed[part] = _labels(example, starts, ends, tokens.groups[part])
    _close_at_cuts(allowed, cuts)
    return Prepared(
        rows=np.concatenate((seen.hashed, seen.flags + BUCKETS), axis=1),
        words=seen.words,
        token_rows=_token_rows(seen),
        unlisted=_unlisted(seen),
        allowed=allowed,
        wordless=wordless,
        cuts=cuts,
        weights=weights[cuts[:-1]],
    )


def _labels(
    example: Example,
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    groups: npt.NDArray[np.uint8],
) -> Bits:
    whole = example.whole
    labels = np.full(len(starts), 1 << Label.OUTSIDE if whole else NOT_PERSON, dtype=np.int64)
    for span in example.spans:
        label = label_of(span)
        first = int(np.searchsorted(ends, span.start, side="right"))
        past = int(np.searchsorted(starts, span.end, side="left"))
        if first >= past or not label:
            continue
        if label == PERSON:
            while past - 1 > first and groups[past - 1] not in {Group.WORD, Group.HAN}:
                past -= 1
            labels[first:past] = 1 << Label.INSIDE
            labels[first] = 1 << Label.FIRST
            labels[past - 1] = 1 << (Label.SINGLE if past - first == 1 else Label.LAST)
        elif label == UNSURE:
            labels[first:past] = ANY
        else:
            labels[first:past] = 1 << {PLACE: Label.PLACE, BODY: Label.BODY}[label]
    return labels


def _close_at_cuts(allowed: Bits, cuts: npt.NDArray[np.int64]) -> None:
    """Where a window's end cuts a name in two, each half is a whole name."""
    for cut in cuts[1:-1].tolist():
        if allowed[cut] in {1 << Label.INSIDE, 1 << Label.LAST}:
            before, after = int(allowed[cut - 1]), int(allowed[cut])
            allowed[cut - 1] = 1 << (Label.SINGLE if before == 1 << Label.FIRST else Label.LAST)
            allowed[cut] = 1 << (Label.SINGLE if after == 1 << Label.LAST else Label.FIRST)


def _token_rows(seen: Features) -> npt.NDArray[np.int64]:
    count = len(seen.words)
    rows = np.zeros((count, seen.token_flags.shape[1] + 5), dtype=np.int64)
    rows[:, :3] = seen.token_flags + BUCKETS
    rows[seen.han, 3:6] = seen.han_hashed
    rows[seen.han, 6:8] = seen.han_flags + BUCKETS
    return rows


def _unlisted(seen: Features) -> npt.NDArray[np.int64]:
    shapes, steps, english = (np.zeros(len(seen.hashed), dtype=np.int64) for _ in range(3))
    shapes[seen.words] = seen.shapes
    steps[seen.words] = seen.steps
    english[seen.words] = seen.english
    rows = listed(np.zeros_like(shapes), shapes, steps, english)
    rows[(shapes >= Shape.LINK)] = 0
    return rows
