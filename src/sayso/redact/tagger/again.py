"""A second look: a part of a full name that stands alone elsewhere in the same text."""

import numpy as np
import numpy.typing as npt

from sayso.redact.tagger.features import Features
from sayso.redact.tagger.hashing import mixed
from sayso.redact.tagger.paths import Label
from sayso.redact.tagger.seen import Reading
from sayso.redact.tagger.shapes import Shape
from sayso.redact.tagger.tokens import Flags, Tokens

_ORDINARY = 4
"""A word this common, in any language, is not taken for a name wherever it stands again."""
_SHORTEST = 3
_PARTS = np.zeros(len(Label), dtype=np.bool_)
_PARTS[[Label.FIRST, Label.INSIDE, Label.LAST]] = True


def may_repeat(tokens: Tokens, seen: Features) -> Flags:
    """Return which words may be told from a full name: with a capital, and no common ones.

    So somebody called Grace Long does not take every grace and every long road with her.
    """
    named: Flags = (seen.shapes == Shape.TITLE) | (seen.shapes == Shape.MIXED_UPPER)
    named &= (tokens.ends - tokens.starts >= _SHORTEST) & (seen.steps < _ORDINARY)
    return named


def repeated(reading: Reading, tokens: Tokens) -> npt.NDArray[np.int64]:
    """Return the labels with parts of full names marked wherever else their text has them."""
    labels = reading.labels.astype(np.int64)
    parts = _PARTS[labels]
    if not parts.any():
        return labels
    at = np.flatnonzero(reading.may_repeat)
    text = np.searchsorted(tokens.firsts, tokens.starts[at], side="right").astype(np.uint64)
    keys = mixed(text) ^ reading.folded[at]
    known = np.unique(keys[parts[at]])
    free = labels[at] == Label.OUTSIDE
    free[free] = np.isin(keys[free], known)
    labels[at[free]] = Label.SINGLE
    return labels
