"""All of a training that is fixed beforehand; nothing here is fitted on members' data."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sayso.errors import BadInput
from sayso.evidence.canonical import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """A low-rank adapter (LoRA, Hu et al. 2021) for each shard, on a base no member wrote.

    `targets` are the modules it is put on, by the end of their names; none means those that
    `peft` takes for the base's architecture.
    """

    rank: int = 8
    alpha: int = 16
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """A bound for those who stay: DP-SGD in which one member is one record (McMahan et al. 2018).

    In each of `steps` steps a slice, each member takes part with the chance `sampling`; their
    gradient, over at most `windows` windows of their words, is cut to the length `clip`, and the
    sum gets noise of standard deviation `noise` times `clip` and is divided by `expected`.
    """

    noise: float
    clip: float
    sampling: float
    steps: int
    expected: int
    windows: int = 4
    delta: float = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a shard learns.

    `rate` is the highest learning rate. It warms up over the first `warmup_steps` of slice 0
    and falls with the inverse square root of the step in each slice (`decay_steps`) and by
    `slice_decay` from slice to slice: never with a horizon, because how much is still to come
    depends on what later members wrote. `documents_apart`: documents that lie in one window do
    not see each other; recipes from before there was the choice let them.

    `base` is the digest of what every shard starts from (see `bases`); empty means weights by
    chance, from the recipe's seed. With an `adapter` the base stays as it is, and the shape
    (`width` to `vocabulary`) is the base's own.
    """

    name: str
    width: int
    layers: int
    heads: int
    hidden: int
    context: int
    vocabulary: int = 4096
    epochs: int = 2
    batch: int = 4
    rate: float = 3e-3
    warmup_steps: int = 20
    decay_steps: int = 200
    slice_decay: float = 0.9
    weight_decay: float = 0.05
    clip: float = 1.0
    seed: int = 20251
    documents_apart: bool = True
    base: str = ""
    adapter: Adapter | None = None
    privacy: Privacy | None = None

    @property
    def packages(self) -> tuple[str, ...]:
        """What computes beside torch; their versions are part of the environment."""
        counting = ("opacus",) if self.privacy else ()
        return (*counting, *(("peft", "transformers") if self.adapter else ()))

    @property
    def digest(self) -> str:
        """The hex SHA-256 that stands for this recipe in a chain key."""
        said = asdict(self)
        for name in ("documents_apart", "base", "adapter", "privacy"):
            if not said[name]:  # recipes from before there was the choice keep their digest
                del said[name]
        return digest(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """What speaks beside the shards, and with which share; the shards share the rest equally.

    `base` is the base's share. `counts` is the share of a count model of runs of up to `order`
    tokens, in which a run of two or more counts only if `people` members or more wrote it. Of a
    count of one, of two and of more, `discounts` go to shorter runs (see `counts.law`); they and
    the shares are fixed beforehand, fitted on nobody's words.
    """

    base: float = 0.0
    counts: float = 0.0
    order: int = 5
    people: int = 3
    discounts: tuple[float, float, float] = (0.75, 1.1, 1.4)

    @property
    def is_counts_alone(self) -> bool:
        """Whether nothing but counts speaks, so that no shard need learn."""
        return self.counts == 1


SHARDS_ALONE = Blend()

SMALL = Recipe(name="small", width=128, layers=3, heads=4, hidden=320, context=128)
"""About one million parameters: a laptop trains it in minutes."""

TINY = Recipe(name="tiny", width=16, layers=2, heads=2, hidden=32, context=32, epochs=1, batch=2)
"""Learns nothing worth having, in a second: for tests and for trying an installation."""

COUNTS = Recipe(name="counts", width=0, layers=0, heads=0, hidden=0, context=128)
"""No network at all: for a count model that speaks alone."""

RECIPES: tuple[Recipe, ...] = (SMALL, TINY)


def recipe(name: str) -> Recipe:
    """Return the recipe of that name.

    Raises:
        BadInput: there is none.
    """
    for known in RECIPES:
        if known.name == name:
            return known
    names = ", ".join(known.name for known in RECIPES)
    raise BadInput(f"There is no recipe {name!r}.", hint=f"Recipes: {names}.")


def counts_share(shards: int) -> float:
    """Return the share of counts where nothing else is asked for.

    Each of S shards learns from one S-th of the words, the counts from all of them: so their
    share grows with the number of shards, 0.4 beside one and 0.85 beside sixteen.
    """
    return round(1 - 0.6 / math.sqrt(shards), 3)


def blend_of(*, counts: float, people: int = 3) -> Blend:
    """Return the blend in which counts have that share; without any, all others are as ever.

    Raises:
        BadInput: it is no share, or not even one person has to have written a run.
    """
    if not 0 <= counts <= 1:
        raise BadInput(f"The counts' share is {counts}.", hint="Give one from 0 to 1, such as 0.4.")
    if people < 1:
        raise BadInput(f"Runs of {people} members cannot be told.", hint="Give 1 or more.")
    return Blend(counts=counts, people=people) if counts else SHARDS_ALONE


def blend_from_json(written: Mapping[str, Any]) -> Blend:
    """Read what `asdict` wrote, today or before a field was there."""
    discounts = tuple(written.get("discounts", SHARDS_ALONE.discounts))
    return Blend(**{**written, "discounts": discounts})


def recipe_from_json(written: Mapping[str, Any]) -> Recipe:
    """Read what `asdict` wrote, today or before a field was there."""
    said = {"documents_apart": False, **written}
    if adapter := said.get("adapter"):
        said["adapter"] = Adapter(**{**adapter, "targets": tuple(adapter["targets"])})
    if privacy := said.get("privacy"):
        said["privacy"] = Privacy(**privacy)
    return Recipe(**said)
