"""What forgetting will cost, before anybody has left: shares, time and storage.

The closed form counts slices that are seen once each and checkpoints after every so manieth; a
network's members and their words are taken to be spread evenly, which a keyed hash does.
"""

from dataclasses import dataclass

from sayso.errors import BadInput
from sayso.training.recipes import Recipe

_BYTES = 4
"""Of a number in float32."""
_KEPT = 3
"""Numbers kept for each weight: itself, and the two moments of AdamW."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a model is divided: `every` says after how many slices a checkpoint is kept."""

    shards: int
    slices: int
    every: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """One whole training: processor seconds, on so many workers, and a checkpoint's bytes."""

    seconds: float
    workers: int
    checkpoint_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What one forgetting of `together` withdrawals costs, and what a day comes to.

    `share` is of one whole training's compute, `seconds` the processor's, `wall_seconds` those
    that pass: shards learn side by side, the slices of one shard do not.
    """

    together: int
    share: float
    seconds: float
    wall_seconds: float
    trainings_a_day: float


def redo_share(layout: Layout, withdrawals: int) -> float:
    """The expected share of a training to redo for withdrawals that arrive together.

    A slice is learnt again when any of them falls in its shard before it, in it, or after it and
    before the next checkpoint that is kept.

    Raises:
        BadInput: a number is not possible.
    """
    if min(layout.shards, layout.slices, layout.every) < 1 or withdrawals < 0:
        raise BadInput(
            "Shards, slices and kept checkpoints must be at least 1, withdrawals at least 0.",
            hint="For example: --shards 16 --slices 8 --withdrawals-per-day 10.",
        )
    whole, every = layout.shards * layout.slices, layout.every
    ends = (min(layout.slices, (at // every + 1) * every) for at in range(layout.slices))
    return sum(1 - (1 - end / whole) ** withdrawals for end in ends) / layout.slices


def forecast(layout: Layout, training: Training, *, per_day: float, days: float) -> Forecast:
    """Say what forgetting costs where it is done every so many days; 0 is at once, one by one.

    Raises:
        BadInput: a number is not possible.
    """
    if per_day < 0 or days < 0 or training.seconds < 0 or training.workers < 1:
        raise BadInput(
            "Withdrawals a day, days and seconds must be at least 0, workers at least 1.",
            hint="For example: --withdrawals-per-day 10 --deadline-days 7.",
        )
    together = max(1, round(per_day * days))
    share = redo_share(layout, together)
    one_shard = redo_share(Layout(shards=1, slices=layout.slices, every=layout.every), 1)
    seconds = share * training.seconds
    return Forecast(
        together=together,
        share=share,
        seconds=seconds,
        wall_seconds=max(
            seconds / min(training.workers, layout.shards),
            one_shard * training.seconds / layout.shards,
        ),
        trainings_a_day=share / days if days else share * per_day,
    )


def storage_bytes(layout: Layout, training: Training) -> int:
    """Return how much the kept checkpoints take: weights and optimizer, for each kept slice."""
    return layout.shards * -(-layout.slices // layout.every) * training.checkpoint_bytes


def checkpoint_bytes(recipe: Recipe) -> int:
    """Return a checkpoint's bytes for a decoder of that shape: weights and both moments."""
    width = recipe.width
    block = 4 * width * width + 3 * width * recipe.hidden + 2 * width
    return _BYTES * _KEPT * (recipe.vocabulary * width + recipe.layers * block + width)
