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
    """Return the label of each token; of two equal paths the one of the smaller labels.

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
