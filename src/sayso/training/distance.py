"""How far apart weights came out where bytes cannot be compared: a measure, never a verdict."""

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import numpy as np
from safetensors.numpy import load as arrays_of

from sayso.errors import NotFound
from sayso.training.checkpoints import load_weights
from sayso.training.environment import Environment
from sayso.training.models import Checkpoint

_COMPARED = tuple(field.name for field in fields(Environment) if field.name != "mode")


def differences(there: Environment, here: Environment) -> str:
    """Name what differs between two environments."""
    return "; ".join(
        f"{name} {getattr(there, name)} there, {getattr(here, name)} here"
        for name in _COMPARED
        if getattr(there, name) != getattr(here, name)
    )


def distance(recorded: Path, again: Path, pairs: Iterable[tuple[Checkpoint, Checkpoint]]) -> str:
    """Say how far the weights of checkpoints in one folder are from those learnt again in another.

    That is the length of the difference as a share of the recorded weights' length, over all
    pairs together, and the largest difference of any one weight.
    """
    apart, whole, largest = 0.0, 0.0, 0.0
    for told, found in pairs:
        try:
            one = arrays_of(load_weights(recorded, told))
        except NotFound:
            return "The recorded weights are not here, so no distance is known."
        other = arrays_of(load_weights(again, found))
        for name, weights in one.items():
            difference = weights.astype(np.float64) - other[name]
            apart += float(np.square(difference).sum())
            whole += float(np.square(weights, dtype=np.float64).sum())
            largest = max(largest, float(np.abs(difference).max(initial=0.0)))
    return (
        f"Learnt again here, the weights are {(apart / whole) ** 0.5 if whole else 0.0:.1e} of "
        f"their length away, none by more than {largest:.1e}."
    )
