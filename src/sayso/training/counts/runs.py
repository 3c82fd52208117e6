"""Runs of tokens as numbers: each token is a digit, so what begins a run is a quotient.

A text is read as its end mark, its tokens, and its end mark again. From each of its places but the
last, the next `order` tokens are one *window*; beyond the text stand more end marks. Every shorter
run is the beginning of a window, so windows alone are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.errors import BadInput

Keys = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How runs are written as numbers: digits up to `vocabulary`, `order` of them in a window."""

    vocabulary: int
    order: int
    end: int

    def power(self, length: int) -> np.uint64:
        """Return what a digit is worth that has `length` digits after it."""
        return np.uint64(self.vocabulary**length)

    def windows(self, texts: Sequence[Sequence[int]]) -> tuple[Keys, Counts]:
        """Return all windows of the texts, and for each the number of its text.

        Raises:
            BadInput: a token is not of this vocabulary.
        """
        pads = [self.end] * self.order
        tokens = [token for text in texts if text for token in (self.end, *text, *pads)]
        digits = np.array(tokens, dtype=np.uint64)
        if len(digits) and int(digits.max()) >= self.vocabulary:
            raise BadInput(
                f"Token {int(digits.max())} is not in a vocabulary of {self.vocabulary}.",
                hint="The base's tokenizer and its network do not belong together.",
            )
        lengths = np.array([len(text) + 1 if text else 0 for text in texts], dtype=np.int64)
        of_text = np.repeat(np.arange(len(texts)), lengths)
        # Between two texts lie as many end marks as no window begins at.
        spaces = np.cumsum(np.where(lengths > 0, self.order, 0)) - np.where(
            lengths > 0, self.order, 0
        )
        starts = np.arange(len(of_text)) + spaces[of_text]
        keys = np.zeros(len(of_text), dtype=np.uint64)
        for place in range(self.order):
            keys = keys * np.uint64(self.vocabulary) + digits[starts + place]
        return keys, of_text

    def beginnings(self, windows: Keys, length: int) -> Keys:
        """Return the first `length` tokens of each window."""
        return windows // self.power(self.order - length)

    def are_within(self, runs: Keys, length: int) -> Flags:
        """Say which runs lie within their text: of the others, more than the last is an end."""
        if length <= 2:
            return np.ones(len(runs), dtype=np.bool_)
        before_last = (runs // np.uint64(self.vocabulary)) % np.uint64(self.vocabulary)
        within: Flags = before_last != np.uint64(self.end)
        return within

    def begin_a_text(self, runs: Keys, length: int) -> Flags:
        """Say which runs stand at the beginning of their text: nothing ever stands before them."""
        if length == 1:
            return np.zeros(len(runs), dtype=np.bool_)
        begin: Flags = runs // self.power(length - 1) == np.uint64(self.end)
        return begin


def groups(keys: Keys | Counts) -> tuple[Counts, Counts]:
    """Return where each stretch of equal keys begins, and which stretch each key is in."""
    first = np.ones(len(keys), dtype=np.bool_)
    first[1:] = keys[1:] != keys[:-1]
    return np.flatnonzero(first), np.cumsum(first) - 1


def places(runs: Keys, wanted: Keys) -> tuple[Counts, Flags]:
    """Say where in sorted `runs` each wanted one is, and which of them are there at all."""
    if not len(runs):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=np.bool_)
    found = np.minimum(np.searchsorted(runs, wanted), len(runs) - 1)
    return found, runs[found] == wanted


def counted_in(runs: Keys, seen: Keys) -> Counts:
    """Count how often each of the sorted `runs` is in `seen`."""
    found, there = places(runs, seen)
    return np.bincount(found[there], minlength=len(runs)).astype(np.int64)
