"""A second look: a part of a full name that stands alone elsewhere in the same text."""

import numpy as np
import numpy.typing as npt

from sayso.redact.tagger.features import Features
from sayso.redact.tagger.hashing import mixed
from sayso.redact.tagger.paths import PERSON, Label
from sayso.redact.tagger.shapes import Shape
from sayso.redact.tagger.tokens import Tokens

_ORDINARY = 4
"""A word this common, in any language, is not taken for a name wherever it stands again."""
_SHORTEST = 3


def repeated(
    labels: npt.NDArray[np.int64], tokens: Tokens, seen: Features
) -> npt.NDArray[np.int64]:
    """Return `labels` with parts of full names marked wherever else their text has them.

    Only words written with a capital in both places, and no common ones, so that somebody
    called Grace Long does not take every grace and every long road with her.
    """
    parts = np.isin(labels, (Label.FIRST, Label.INSIDE, Label.LAST))
    if not parts.any():
        return labels
    named = (seen.shapes == Shape.TITLE) | (seen.shapes == Shape.MIXED_UPPER)
    named &= (tokens.ends - tokens.starts >= _SHORTEST) & (seen.steps < _ORDINARY)
    text = np.searchsorted(tokens.firsts, tokens.starts, side="right").astype(np.uint64)
    keys = mixed(text) ^ seen.folded
    known = np.unique(keys[parts & named])
    free = named & (labels == Label.OUTSIDE) & ~np.isin(labels, PERSON)
    free[free] = np.isin(keys[free], known)
    return np.where(free, Label.SINGLE, labels)
