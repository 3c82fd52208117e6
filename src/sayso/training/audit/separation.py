"""How well scores tell rows that were learnt from rows that never were; members are the unit.

Rows of one member are alike, so intervals count members, not rows. The area under the curve gets
DeLong's interval (DeLong, DeLong and Clarke-Pearson 1988) for clustered data (Obuchowski 1997);
rates at few false alarms get a bootstrap of members.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

NORMAL_95 = 1.959963984540054
_STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228)
"""The 97.5 % points of Student's distribution with 1 to 10 degrees of freedom."""
_DRAWS = 400
_SEED = 20251


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One voice's scores, higher for what it seems to know, of rows it learnt and of others.

    `learnt_members` and `never_members` number whose rows they are, from 0 without gaps, alike in
    all trials that belong together.
    """

    learnt: Floats
    learnt_members: Numbers
    never: Floats
    never_members: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The chance that a learnt row scores above a never-learnt one, asked of the same voice.

    `enough_members` is how many members on each side, alike those here, would give an interval
    of 0.02 to either side; None where two members of a side are not even here.
    """

    auc: Estimate
    members: int
    never_members: int
    enough_members: int | None


def area(trials: Sequence[Trial]) -> Area:
    """Compare all rows of all trials, each within its own."""
    asked = [trial for trial in trials if len(trial.learnt)]
    rows = sum(len(trial.learnt) for trial in asked)
    placed = [_share_below(trial.never, trial.learnt) for trial in asked]
    value = float(np.concatenate(placed).mean())
    # What each row adds to the area, as far as it differs from what it would by the mean.
    ours = np.concatenate([each - value for each in placed]) / rows
    others = np.concatenate(
        [
            (1 - _share_below(trial.learnt, trial.never) - each.mean())
            * (len(trial.learnt) / (rows * len(trial.never)))
            for trial, each in zip(asked, placed, strict=True)
        ]
    )
    our_members = np.concatenate([trial.learnt_members for trial in asked])
    other_members = np.concatenate([trial.never_members for trial in asked])
    one, other = _side(ours, our_members), _side(others, other_members)
    both = _side(np.append(ours, others), np.append(our_members, other_members))
    is_known = min(one.members, other.members) > 1
    return Area(
        auc=_interval(value, both.variance if is_known else math.inf, one, other),
        members=one.members,
        never_members=other.members,
        enough_members=_enough(one, other) if is_known else None,
    )


def rate_at(trials: Sequence[Trial], false_alarms: float) -> Estimate:
    """Return the share of learnt rows told, where at most that share of never-learnt ones is too.

    With fewer never-learnt rows than 1 / `false_alarms`, that is: where not one of them is. The
    interval is between the 2.5th and 97.5th percentile of members drawn with replacement.
    """
    members = 1 + max(
        int(max(trial.learnt_members.max(initial=0), trial.never_members.max(initial=0)))
        for trial in trials
    )
    chance = np.random.default_rng(_SEED)
    draws = chance.multinomial(members, np.full(members, 1 / members), size=_DRAWS)
    drawn = _told(trials, false_alarms, draws)
    known = drawn[~np.isnan(drawn)]
    low, high = np.percentile(known, [2.5, 97.5]) if len(known) else (0.0, 1.0)
    (told,) = _told(trials, false_alarms, np.ones((1, members), dtype=np.int64))
    return Estimate(value=float(told), low=float(low), high=float(high))


def curve(trials: Sequence[Trial], false_alarms: Sequence[float]) -> list[float]:
    """Return the share of learnt rows told at each of these shares of false alarms."""
    told = rows = np.zeros(len(false_alarms))
    for trial in trials:
        ordered = np.sort(trial.never)[::-1]
        places = np.array([_allowed(each, len(ordered)) for each in false_alarms])
        limits = np.append(ordered, -math.inf)[places]
        told = told + (trial.learnt[:, None] > limits).sum(axis=0)
        rows = rows + len(trial.learnt)
    return [float(each) for each in told / rows]


def share_of(count: int, rows: int) -> Estimate:
    """Return a share with Wilson's interval (1927); without rows nothing is known of it."""
    if not rows:
        return Estimate(value=0.0, low=0.0, high=1.0)
    share, square = count / rows, NORMAL_95**2
    middle = (share + square / (2 * rows)) / (1 + square / rows)
    half = NORMAL_95 * math.sqrt(share * (1 - share) / rows + square / (4 * rows**2))
    half /= 1 + square / rows
    return Estimate(value=share, low=max(0.0, middle - half), high=min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class _Side:
    members: int
    variance: float


def _side(parts: Floats, members: Numbers) -> _Side:
    """Return the variance of a sum over rows, of which those of one member go together."""
    _, at = np.unique(members, return_inverse=True)
    sums = np.bincount(at, weights=parts)
    count = len(sums)
    return _Side(count, float(count / max(1, count - 1) * np.square(sums).sum()))


def _interval(value: float, variance: float, one: _Side, other: _Side) -> Estimate:
    """Return Student's interval on the scale of log odds, which stays between 0 and 1."""
    if math.isinf(variance):
        return Estimate(value=value, low=0.0, high=1.0)
    if not 0 < value < 1:  # nothing varies at the edge: as a share of so many members
        members = min(one.members, other.members)
        return share_of(round(value * members), members)
    odds = math.log(value / (1 - value))
    half = _quantile(one, other) * math.sqrt(variance) / (value * (1 - value))
    low, high = (1 / (1 + math.exp(min(700.0, -odds - way * half))) for way in (-1, 1))
    return Estimate(value=value, low=low, high=high)


def _quantile(one: _Side, other: _Side) -> float:
    """Return the 97.5 % point of Student's distribution, by Welch's degrees of freedom (1947)."""
    parts = [(side.variance, side.members - 1) for side in (one, other)]
    below = sum(variance**2 / freedom for variance, freedom in parts)
    whole = sum(variance for variance, _ in parts)
    freedom = whole**2 / below if below else min(freedom for _, freedom in parts)
    if freedom < len(_STUDENT) + 1:
        return _STUDENT[max(0, math.floor(freedom) - 1)]
    z = NORMAL_95  # from here on, two terms of Fisher's expansion are right to three digits
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)


def _enough(one: _Side, other: _Side) -> int:
    whole = one.members * one.variance + other.members * other.variance
    return math.ceil((NORMAL_95 / 0.02) ** 2 * whole)


def _share_below(scores: Floats, asked: Floats) -> Floats:
    """Return for each asked score which share of `scores` lies below it, ties counting half."""
    ordered = np.sort(scores)
    below = np.searchsorted(ordered, asked, side="left")
    up_to = np.searchsorted(ordered, asked, side="right")
    return (below + up_to) / (2 * len(scores))


def _told(trials: Sequence[Trial], false_alarms: float, draws: Numbers) -> Floats:
    """Return the share told for each draw, which says how often each member was drawn."""
    told = rows = np.zeros(len(draws))
    for trial in trials:
        order = np.argsort(-trial.never, kind="stable")
        passed = np.cumsum(draws[:, trial.never_members[order]], axis=1)
        allowed = _allowed(false_alarms, passed[:, -1])
        # The limit is the score of the first never-learnt row that may not be told any more.
        place = (passed <= allowed[:, None]).sum(axis=1)
        limits = np.append(trial.never[order], -math.inf)[place]
        times = draws[:, trial.learnt_members]
        is_asked = passed[:, -1] > 0
        told = told + (times * (trial.learnt > limits[:, None])).sum(axis=1) * is_asked
        rows = rows + times.sum(axis=1) * is_asked
    shares: Floats = np.where(rows > 0, told / np.maximum(rows, 1), math.nan)
    return shares


def _allowed(false_alarms: float, rows: int | Numbers) -> Numbers:
    """Return how many of so many rows may be told by mistake."""
    return np.floor(false_alarms * np.asarray(rows) + 1e-9).astype(np.int64)
