"""What a training will do, before it does anything: seeds, rates, names."""

import hashlib
from collections.abc import Sequence

from sayso.evidence.canonical import digest
from sayso.training.recipes import Recipe

SEED_BITS = 63


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
