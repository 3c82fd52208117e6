"""How a token looks, whatever its letters: small, with a capital, in capitals, a sign."""

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from sayso.redact.tagger.characters import Sort
from sayso.redact.tagger.tokens import Group, Tokens

Small = npt.NDArray[np.int64]


class Shape(IntEnum):
    """How a token looks, whatever its letters."""

    LOWER = 0
    TITLE = 1
    LETTER = 2
    SHORT_CAPITALS = 3
    CAPITALS = 4
    MIXED_UPPER = 5
    MIXED_LOWER = 6
    NUMBER = 7
    WORD_AND_NUMBER = 8
    HAN = 9
    UNCASED = 10
    SIGN = 11
    LINE_END = 12
    LINK = 13
    HANDLE = 14
    PLACEHOLDER = 15


def shapes_of(tokens: Tokens) -> Small:
    """Return the shape of each token."""
    first = tokens.sorts[tokens.starts]
    sizes = tokens.ends - tokens.starts
    upper = _count(tokens, Sort.UPPER)
    lower = _count(tokens, Sort.LOWER)
    digit = _count(tokens, Sort.DIGIT)
    shapes = np.full(len(sizes), Shape.MIXED_LOWER, dtype=np.int64)
    starts_upper = first == Sort.UPPER
    shapes[starts_upper] = Shape.MIXED_UPPER
    shapes[starts_upper & (upper == 1) & (lower > 0)] = Shape.TITLE
    shapes[(lower > 0) & (upper == 0)] = Shape.LOWER
    shapes[(upper > 1) & (lower == 0)] = Shape.CAPITALS
    shapes[(upper > 1) & (lower == 0) & (sizes <= 3)] = Shape.SHORT_CAPITALS
    shapes[(upper == 1) & (sizes == 1)] = Shape.LETTER
    shapes[(upper == 0) & (lower == 0)] = Shape.UNCASED
    shapes[digit > 0] = Shape.WORD_AND_NUMBER
    shapes[digit == sizes] = Shape.NUMBER
    for group, shape in (
        (Group.HAN, Shape.HAN),
        (Group.SIGN, Shape.SIGN),
        (Group.LINE_END, Shape.LINE_END),
        (Group.LINK, Shape.LINK),
        (Group.HANDLE, Shape.HANDLE),
        (Group.PLACEHOLDER, Shape.PLACEHOLDER),
    ):
        shapes[tokens.groups == group] = shape
    return shapes


def _count(tokens: Tokens, sort: Sort) -> Small:
    """Return how many characters of `sort` each token has."""
    summed = np.append(0, np.cumsum(tokens.sorts == sort))
    counts: Small = summed[tokens.ends] - summed[tokens.starts]
    return counts
