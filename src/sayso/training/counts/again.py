"""Counting again from the sealed rows alone, and comparing."""

from collections.abc import Collection
from pathlib import Path

from sayso.datasets.sealed import read_slice
from sayso.errors import Tampered
from sayso.training.counts import tables
from sayso.training.counts.counting import counter_of
from sayso.training.counts.sums import add_up
from sayso.training.models import TrainedModel


def count_and_compare(
    store: Path, model: TrainedModel, places: Collection[tuple[int, int]] | None = None
) -> tuple[tuple[int, int, str], ...]:
    """Count these slices (shard, slice) again, or all and their sum, and return their digests.

    Whole numbers are the same on every machine, so this compares anywhere. Nothing that was
    counted before is used where all are, and nothing is kept.

    Raises:
        NotFound: the dataset is gone.
        Tampered: counts differ; the first ones are named.
    """
    if not model.blend.counts:
        return ()
    counter = counter_of(store, model)
    same: list[tuple[int, int, str]] = []
    counted: list[tables.Table] = []
    for chain in model.shards:
        for told in chain.counts:
            if places is not None and (chain.shard, told.slice) not in places:
                continue
            rows = read_slice(store, model.dataset_id, chain.shard, told.slice)
            table = counter.count(rows)
            if table.digest != told.digest:
                raise Tampered(
                    f"The counts of shard {chain.shard}, slice {told.slice} differ: recorded "
                    f"{told.digest[:16]}, counted again {table.digest[:16]}.",
                    hint="The recorded model did not come from these rows alone.",
                )
            same.append((chain.shard, told.slice, told.digest))
            counted.append(table)
    if places is None and model.summed is not None:
        found = add_up(counted, counter.spelling, model.blend.people).digest
        if found != model.summed.digest:
            raise Tampered(
                f"The sum of all counts differs: recorded {model.summed.digest[:16]}, added up "
                f"again {found[:16]}.",
                hint="The recorded model did not come from these rows alone.",
            )
    return tuple(same)
