"""Attacks: what each makes of what a voice said of a row, higher for what seems to be known."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sayso.training.audit.separation import Floats

LOWEST_SHARE = 0.2
"""The share of a row's tokens, those told least, that Min-K%++ looks at."""


class Attack(StrEnum):
    """How a row is judged.

    LOSS: its mean log probability (Yeom et al. 2018).
    MIN_K: Min-K%++ (Zhang et al. 2024): each token's log probability, less its mean over what the
    voice says might follow and divided by its spread; the mean of the lowest fifth.
    UNTAUGHT: its mean log probability less that by the state before any slice, which is the base
    where there is one (a likelihood ratio, Carlini et al. 2021).
    SHARDS: its mean log probability less the mean of that by the other shards, which never saw it
    (LiRA offline, Carlini et al. 2022, with one variance for all rows).
    """

    LOSS = "loss"
    MIN_K = "min-k++"
    UNTAUGHT = "against-untaught"
    SHARDS = "against-shards"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one voice said of a row's tokens, each after all before it.

    `known` are their log probabilities, `standard` those less the mean and divided by the
    standard deviation of the log probability of what the voice expects there, `first` whether
    each is the likeliest.
    """

    known: Floats
    standard: Floats
    first: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What all voices said of the same rows: each shard, all as they are served, the untaught."""

    shards: Mapping[int, Sequence[Heard]]
    served: Sequence[Heard]
    untaught: Sequence[Heard]


SERVED = -2
"""Stands for all that speaks, as it is served, where else a shard is named."""


def scores(hearing: Hearing, attack: Attack, voice: int) -> Floats | None:
    """Return each row's score by that shard, or by `SERVED`; None where it cannot be told."""
    return _ATTACKS[attack](hearing, voice)


def mean_known(heard: Sequence[Heard]) -> Floats:
    """Return the mean log probability of each row's tokens."""
    return np.array([each.known.mean() for each in heard])


def min_k(standard: Floats) -> float:
    """Return the mean of the lowest fifth of a row's standardised log probabilities."""
    count = max(1, math.floor(LOWEST_SHARE * len(standard)))
    return float(np.sort(standard)[:count].mean())


def comes_out(first: NDArray[np.bool_], prefix: int, length: int) -> bool | None:
    """Whether greedy continuation after `prefix` tokens gives the next `length` tokens verbatim.

    It does if each is the likeliest after those before it. None where the row is too short.
    """
    if len(first) < prefix + length:
        return None
    return bool(first[prefix : prefix + length].all())


def verbatim_until(first: NDArray[np.bool_], prefix: int) -> int:
    """Return the number of the first token from `prefix` on that greedy continuation has not."""
    wrong = np.flatnonzero(~first[prefix:])
    return prefix + int(wrong[0]) if len(wrong) else len(first)


def _of(hearing: Hearing, voice: int) -> Sequence[Heard]:
    return hearing.served if voice == SERVED else hearing.shards[voice]


def _by_loss(hearing: Hearing, voice: int) -> Floats | None:
    return mean_known(_of(hearing, voice))


def _by_min_k(hearing: Hearing, voice: int) -> Floats | None:
    return np.array([min_k(each.standard) for each in _of(hearing, voice)])


def _by_untaught(hearing: Hearing, voice: int) -> Floats | None:
    if not hearing.untaught:
        return None
    return mean_known(_of(hearing, voice)) - mean_known(hearing.untaught)


def _by_shards(hearing: Hearing, voice: int) -> Floats | None:
    others = [mean_known(heard) for shard, heard in hearing.shards.items() if shard != voice]
    if voice == SERVED or not others:
        return None
    difference: Floats = mean_known(hearing.shards[voice]) - np.mean(others, axis=0)
    return difference


_ATTACKS: Mapping[Attack, Callable[[Hearing, int], Floats | None]] = {
    Attack.LOSS: _by_loss,
    Attack.MIN_K: _by_min_k,
    Attack.UNTAUGHT: _by_untaught,
    Attack.SHARDS: _by_shards,
}
