"""The best sequence of labels for every window: Viterbi (1967), all windows a step at a time."""

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from sayso.redact.tagger.tokens import Places

Scores = npt.NDArray[np.int32]


class Label(IntEnum):
    """What a token is: outside, part of a person's name, or part of what is not to be taken."""

    OUTSIDE = 0
    FIRST = 1
    INSIDE = 2
    LAST = 3
    SINGLE = 4
    PLACE = 5
    BODY = 6  # a firm, an office, a band


PERSON = (Label.FIRST, Label.INSIDE, Label.LAST, Label.SINGLE)
_IMPOSSIBLE = -(1 << 28)


def allowed() -> npt.NDArray[np.bool_]:
    """Return which label may follow which: a name that began goes on until its last word."""
    open_before = np.isin(np.arange(len(Label)), (Label.FIRST, Label.INSIDE))
    goes_on = np.isin(np.arange(len(Label)), (Label.INSIDE, Label.LAST))
    rules: npt.NDArray[np.bool_] = open_before[:, None] == goes_on[None, :]
    return rules


def best_labels(scores: Scores, steps: Scores, cuts: Places) -> npt.NDArray[np.int64]:
    """Return the label of each token; of two equal paths the one of the smaller labels."""
    labels = np.zeros(len(scores), dtype=np.int64)
    may_be = _may_be_inside(scores, steps, cuts)
    first = np.zeros(len(scores) + 1, dtype=np.bool_)
    first[cuts] = True
    beside = np.zeros(len(scores), dtype=np.bool_)
    beside[:-1] |= may_be[1:] & ~first[1:-1]
    beside[1:] |= may_be[:-1] & ~first[1:-1]
    kept = np.flatnonzero(may_be | beside)
    some = scores[kept]
    some[~may_be[kept], 1:] = _IMPOSSIBLE
    begins = first[kept] | (np.diff(kept, prepend=-2) > 1)
    labels[kept] = every_label(some, steps, np.append(np.flatnonzero(begins), len(kept)))
    return labels


def _may_be_inside(scores: Scores, steps: Scores, cuts: Places) -> npt.NDArray[np.bool_]:
    """Say which tokens any label but OUTSIDE may suit best; a no is certain.

    Tokens side by side with other labels change one step more than they are. Where no stretch
    around a token could make good for so many of the best steps, all of it is outside.
    """
    if not len(scores):
        return np.zeros(0, dtype=np.bool_)
    outside = int(steps[Label.OUTSIDE, Label.OUTSIDE])
    step = max(0, int(np.where(allowed(), steps, _IMPOSSIBLE).max()) - outside)
    lead = scores[:, 1:].max(axis=1).astype(np.int64) - scores[:, 0] + step
    # No stretch reaches from one window into the next: there the sum falls by more than any gain.
    fall = np.abs(lead).sum() + 1
    until = np.cumsum(lead) - fall * np.repeat(np.arange(len(cuts) - 1), np.diff(cuts))
    before = until - lead
    lowest = np.minimum.accumulate(before)
    highest = np.maximum.accumulate(until[::-1])[::-1]
    may_be: npt.NDArray[np.bool_] = until - lowest + highest - before - lead + step >= 0
    return may_be


def every_label(scores: Scores, steps: Scores, cuts: Places) -> npt.NDArray[np.int64]:
    """Return what `best_labels` returns, every token asked.

    Windows go together by their place, the longest first, so that those still running are
    always the first rows.
    """
    sizes = np.diff(cuts)
    order = np.argsort(-sizes, kind="stable")
    sizes, firsts = sizes[order], cuts[:-1][order]
    labels = np.zeros(len(scores), dtype=np.int64)
    if not len(sizes):
        return labels
    follows = np.where(allowed(), steps, _IMPOSSIBLE).astype(np.int32)
    may_end = ~np.isin(np.arange(len(Label)), (Label.FIRST, Label.INSIDE))
    may_begin = ~np.isin(np.arange(len(Label)), (Label.INSIDE, Label.LAST))
    best = scores[firsts] + np.where(may_begin, 0, _IMPOSSIBLE).astype(np.int32)
    longest = int(sizes[0])
    came = np.zeros((longest, len(sizes), len(Label)), dtype=np.int8)
    running = np.searchsorted(-sizes, -np.arange(longest), side="left")  # windows past each place
    for place in range(1, longest):
        count = int(running[place])
        now, before = _step(best[:count], follows)
        came[place, :count] = before
        best[:count] = np.maximum(now + scores[firsts[:count] + place], _IMPOSSIBLE)
    last = (best + np.where(may_end, 0, _IMPOSSIBLE)).argmax(axis=1)
    every = np.arange(len(sizes))
    for place in range(longest - 1, -1, -1):
        count = int(running[place]) if place else len(sizes)
        labels[firsts[:count] + place] = last[:count]
        last[:count] = came[place, every[:count], last[:count]]
    return labels


def _step(best: Scores, follows: Scores) -> tuple[Scores, npt.NDArray[np.int8]]:
    now = best[:, :1] + follows[0]
    before = np.zeros(now.shape, dtype=np.int8)
    for label in range(1, len(Label)):
        other = best[:, label : label + 1] + follows[label]
        better = other > now
        np.maximum(now, other, out=now)
        before[better] = label
    return now, before
