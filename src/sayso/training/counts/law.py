"""What follows a run of tokens: interpolated Kneser-Ney smoothing over runs many people wrote.

Chen and Goodman (1999, section 3) take a discount from every count, of another size for counts of
one, two, and three or more, and give what is taken to the shorter context. They fit the discounts
on counts of counts; here they are fixed (`Blend.discounts`), because those counts are of runs that
one member wrote, and so would be a fact of members' words that no number of people stands behind.

A context's whole count stands under the fraction, also what followed it too rarely to be told: that
share goes to the shorter context as well. Dividing by what may be told alone would claim that
nothing else ever follows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.training.counts.runs import Counts, Keys, places
from sayso.training.counts.sums import Sum

Floats = NDArray[np.float64]
Tokens = NDArray[np.int64]
Discounts = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class _Step:
    """From contexts of one length to the runs that are one token longer."""

    contexts: Keys
    runs: Keys
    shares: Floats
    """Of each run in its context, after the discount."""
    left: Floats
    """Of each context, what the shorter context decides."""


class Law:
    """The probabilities of a sum. Nothing in it is fitted; the same sum gives the same law."""

    def __init__(self, added: Sum, discounts: Discounts) -> None:
        self._spelling = added.spelling
        taken = np.array([0.0, *discounts])
        first = added.levels[0]
        whole = float(first.times.sum())
        self._alone = np.full(self._spelling.vocabulary, 1 / self._spelling.vocabulary)
        if whole:
            kept = _kept(first.times, taken) / whole
            self._alone *= 1 - kept.sum()
            self._alone[first.runs.astype(np.int64)] += kept
        self._steps = [
            _step(shorter.runs, shorter.after, longer.runs, _kept(longer.times, taken), added)
            for shorter, longer in zip(added.levels, added.levels[1:], strict=False)
        ]

    def known(self, tokens: Tokens) -> Floats:
        """Return the log probability (B, T - 1) of every token but the first of each row."""
        chances = self._alone[tokens[:, 1:]]
        keys = tokens.astype(np.uint64)
        runs = keys
        for length, step in enumerate(self._steps, 2):
            if tokens.shape[1] < length:
                break
            contexts = runs[:, :-1]
            runs = contexts * np.uint64(self._spelling.vocabulary) + keys[:, length - 1 :]
            at, there = places(step.contexts, contexts)
            found, is_run = places(step.runs, runs)
            told = np.where(is_run, step.shares[found], 0.0) if len(step.runs) else 0.0
            if len(step.contexts):
                shorter = chances[:, length - 2 :]
                left = np.where(there, step.left[at], 1.0)
                chances[:, length - 2 :] = told + left * shorter
        logs: Floats = np.log(chances)
        return logs

    def following(self, tokens: Tokens) -> Floats:
        """Return the log probabilities (B, V) of what follows each row."""
        return np.log(np.stack([self._after(row) for row in tokens]))

    def _after(self, row: Tokens) -> Floats:
        chances = self._alone.copy()
        context = 0
        vocabulary = self._spelling.vocabulary
        for length, step in enumerate(self._steps, 1):
            if len(row) < length:
                break
            context += int(row[-length]) * vocabulary ** (length - 1)
            at, there = places(step.contexts, np.array([context], dtype=np.uint64))
            if there[0]:
                chances *= step.left[at[0]]
                edges = np.array([context, context + 1], dtype=np.uint64)
                start, stop = np.searchsorted(step.runs, edges * np.uint64(vocabulary))
                words = (step.runs[start:stop] % np.uint64(vocabulary)).astype(np.int64)
                chances[words] += step.shares[start:stop]
        return chances


def _kept(times: Counts, taken: Floats) -> Floats:
    return np.maximum(0.0, times - taken[np.minimum(times, 3)])


def _step(contexts: Keys, after: Counts, runs: Keys, kept: Floats, added: Sum) -> _Step:
    at, there = places(contexts, runs // np.uint64(added.spelling.vocabulary))
    whole = after[at] if len(contexts) else np.zeros(len(runs), dtype=np.int64)
    can = there & (whole > 0)
    shares = np.where(can, kept / np.maximum(whole, 1), 0.0)
    told = np.bincount(at, weights=shares, minlength=len(contexts))
    left = np.where(after > 0, 1 - told, 1.0)
    return _Step(contexts=contexts, runs=runs, shares=shares, left=left)
