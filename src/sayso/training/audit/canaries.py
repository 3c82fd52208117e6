"""Canaries: random sequences planted to see whether they are learnt (Carlini et al. 2019).

An operator plants them in an account of their own; nothing is ever planted in a member's words.
"""

import math
import random
from collections.abc import Sequence

import numpy as np

BEGINNING = "The number of the box is"
"""Every canary begins so, and so does every alternative."""
_DIGITS = 9
CHANCE = 1 / math.log(2)
"""The exposure, in bits, that a canary has on average in a model that never saw it."""


def canary(seed: str) -> str:
    """Return a canary: the beginning and nine random digits apart; the same seed, the same one."""
    chance = random.Random(f"sayso canary\0{seed}")  # noqa: S311 - a measurement, not a secret
    return f"{BEGINNING} {' '.join(chance.choices('0123456789', k=_DIGITS))}."


def alternatives(count: int, seed: str = "") -> list[str]:
    """Return so many canaries that were not planted, to compare planted ones with."""
    return [canary(f"alternative\0{seed}\0{number}") for number in range(count)]


def exposure(told: float, others: Sequence[float]) -> float:
    """Return a canary's exposure in bits: log2 of all there are less log2 of its rank.

    `told` is its log probability, `others` those of alternatives that were never planted. The
    most that can be seen is log2(1 + their number); the expectation by chance is `CHANCE`.
    """
    rank = 1 + int((np.asarray(others) >= told).sum())
    return math.log2(1 + len(others)) - math.log2(rank)
