"""What counts are called, and how long the runs are that fit into one number."""

from collections.abc import Sequence

from sayso.errors import BadInput
from sayso.evidence.canonical import JSON, digest
from sayso.training.recipes import Blend, Recipe

FOLDER = "counts"
_BITS = 64
_SHORTEST = 2


def order_of(recipe: Recipe, blend: Blend) -> int:
    """Return how many tokens the longest runs have: as many as asked, and as fit into 64 bits.

    Five of a vocabulary of 4,096, four of 50,000, three of 128,000.

    Raises:
        BadInput: not even two fit, or less than two are asked for.
    """
    order = blend.order
    while order > 1 and recipe.vocabulary**order >= 1 << _BITS:
        order -= 1
    if order < _SHORTEST or blend.people < 1:
        raise BadInput(
            f"A count model of order {blend.order} and {blend.people} people cannot be made with a "
            f"vocabulary of {recipe.vocabulary}.",
            hint="The order is at least 2, and people at least 1.",
        )
    return order


def table_names(
    *, recipe: Recipe, blend: Blend, tokenizer: str, roots: Sequence[str]
) -> tuple[str, ...]:
    """Name the tables of slices with these roots by all that goes into them.

    A slice has the same name in every dataset and for every shard, so it is counted once.

    Raises:
        BadInput: such a count model cannot be made.
    """
    facts: dict[str, JSON] = {
        "counts": 1,
        "tokenizer": tokenizer,
        "vocabulary": recipe.vocabulary,
        "order": order_of(recipe, blend),
    }
    return tuple(digest({**facts, "slice": root}) for root in roots)


def sum_name(tables: Sequence[str], blend: Blend) -> str:
    """Name the sum of tables with these digests; the order they come in changes nothing."""
    told: list[JSON] = [*sorted(tables)]
    return "sum-" + digest({"sum": 1, "people": blend.people, "tables": told})
