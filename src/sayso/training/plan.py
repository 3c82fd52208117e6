"""What a training will do, before it does anything: recipes, seeds, rates, names, costs."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sayso.errors import BadInput
from sayso.evidence.canonical import digest

SEED_BITS = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything of a training that an operator fixes beforehand; nothing is fitted on data.

    `rate` is the highest learning rate. It warms up over the first `warmup_steps` of slice 0
    and falls with the inverse square root of the step in each slice (`decay_steps`) and by
    `slice_decay` from slice to slice: never with a horizon, because how much is still to come
    depends on what later members wrote. `documents_apart`: documents that lie in one window do
    not see each other; recipes from before there was the choice let them.
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

    @property
    def digest(self) -> str:
        """The hex SHA-256 that stands for this recipe in a chain key."""
        said = asdict(self)
        if not self.documents_apart:
            del said["documents_apart"]
        return digest(said)


SMALL = Recipe(name="small", width=128, layers=3, heads=4, hidden=320, context=128)
"""About one million parameters: a laptop trains it in minutes."""

TINY = Recipe(name="tiny", width=16, layers=2, heads=2, hidden=32, context=32, epochs=1, batch=2)
"""Learns nothing worth having, in a second: for tests and for trying an installation."""

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


def recipe_from_json(written: Mapping[str, Any]) -> Recipe:
    """Read what `asdict` wrote, today or before a field was there."""
    return Recipe(**{"documents_apart": False, **written})


def rate_at(recipe: Recipe, *, slice_: int, step: int) -> float:
    """The learning rate of one step: a function of the slice and the step in it, of no more."""
    warm = min(1.0, (step + 1) / recipe.warmup_steps) if slice_ == 0 else 1.0
    falling = float((1 + step / recipe.decay_steps) ** -0.5)
    return recipe.rate * warm * falling * float(recipe.slice_decay**slice_)


def seed_for(recipe: Recipe, *parts: int) -> int:
    """A generator's seed from the recipe's and a place such as (shard, slice, epoch)."""
    text = "sayso seed\0" + "\0".join(str(part) for part in (recipe.seed, *parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> (64 - SEED_BITS)


def chain(
    *, recipe: str, tokenizer: str, environment: str, shard: int, roots: Sequence[str]
) -> tuple[str, ...]:
    """Name a shard's states by what went in: before any slice, then after each.

    The first three arguments are digests; `roots` are the slices' roots in order. Two shards
    whose first n slices are the same share their first n + 1 names, in whatever dataset they
    stand: that is why resuming, re-using and forgetting are one mechanism.
    """
    names = [
        digest(
            {
                "chain": 1,
                "recipe": recipe,
                "tokenizer": tokenizer,
                "environment": environment,
                "shard": shard,
            }
        )
    ]
    for root in roots:
        names.append(digest({"after": names[-1], "slice": root}))
    return tuple(names)
