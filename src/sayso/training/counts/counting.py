"""Counting a sealed dataset: slices that are counted already are found, not counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.datasets.rows import HELD_OUT, DatasetId, Row
from sayso.datasets.sealed import read_manifest, read_slice
from sayso.errors import NotFound
from sayso.training.counts import kept, tables
from sayso.training.counts.files import find
from sayso.training.counts.leaving import without
from sayso.training.counts.naming import order_of, sum_name, table_names
from sayso.training.counts.runs import Spelling
from sayso.training.counts.sums import Sum, add_up
from sayso.training.models import Counted, Summed, TrainedModel
from sayso.training.recipes import Blend, Recipe
from sayso.training.shard import Sample, text_of
from sayso.training.takeback import RemovedRow
from sayso.training.tokenizer import Tokenizer, load_tokenizer

Tell = Callable[[int, int], None]
"""Hears which shard's which slice is counted next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What counts: the same rows give the same table, on every machine."""

    tokenizer: Tokenizer
    recipe: Recipe
    blend: Blend

    @property
    def spelling(self) -> Spelling:
        """How runs are written.

        Raises:
            BadInput: such a count model cannot be made.
        """
        order = order_of(self.recipe, self.blend)
        return Spelling(vocabulary=self.recipe.vocabulary, order=order, end=self.tokenizer.end)

    def names(self, roots: Sequence[str]) -> tuple[str, ...]:
        """Return what the tables of slices with these roots are called."""
        return table_names(
            recipe=self.recipe, blend=self.blend, tokenizer=self.tokenizer.digest, roots=roots
        )

    def count(self, rows: Sequence[Row]) -> tables.Table:
        """Count rows, in whatever order they come."""
        samples = [Sample(members=row.members, text=text_of(row)) for row in rows]
        return tables.count(samples, self.tokenizer, self.spelling)

    def add_up(self, store: Path, counted: Mapping[int, Sequence[Counted]]) -> Sum:
        """Add up the tables of all shards' slices.

        Raises:
            NotFound: a table is gone.
            Tampered: a table is not what was counted.
        """
        loaded = [
            tables.load(store, each.name, each.digest)
            for slices in counted.values()
            for each in slices
        ]
        return add_up(loaded, self.spelling, self.blend.people)


def counter_of(store: Path, model: TrainedModel) -> Counter:
    """Return what a model's counts were made with.

    Raises:
        NotFound: its tokenizer is gone.
    """
    return Counter(
        tokenizer=load_tokenizer(store, model.tokenizer_digest),
        recipe=model.recipe,
        blend=model.blend,
    )


def count_dataset(
    store: Path, dataset_id: DatasetId, counter: Counter, tell: Tell = lambda *_: None
) -> dict[int, tuple[Counted, ...]]:
    """Count every slice that is not counted yet; return each shard's counts.

    Stopped at any moment, the same call goes on. One slice is in memory at a time.

    Raises:
        NotFound: there is no such dataset.
        Tampered: a slice, or a table of that name, is not what was written.
        BadInput: such a count model cannot be made.
        SaysoError: the disk is full.
    """
    found: dict[int, tuple[Counted, ...]] = {}
    known = {int(shard): roots for shard, roots in read_manifest(store, dataset_id).shards.items()}
    for shard, roots in sorted(known.items()):
        counted = []
        for slice_, name in enumerate(counter.names(roots)):
            digest = find(store, name)
            if digest is None:
                tell(shard, slice_)
                table = counter.count(read_slice(store, dataset_id, shard, slice_))
                digest = tables.save(store, name, table)
            counted.append(Counted(name=name, slice=slice_, digest=digest))
        found[shard] = tuple(counted)
    return found


def sum_up(store: Path, counted: Mapping[int, Sequence[Counted]], counter: Counter) -> Summed:
    """Add up the tables of all slices and keep the sum; one that is there already stays.

    Raises:
        NotFound: a table is gone.
        Tampered: a table, or the kept sum, is not what was written.
        SaysoError: the disk is full.
    """
    digests = [each.digest for slices in counted.values() for each in slices]
    name = sum_name(digests, counter.blend)
    digest = find(store, name)
    if digest is None:
        digest = kept.save(store, name, counter.add_up(store, counted))
    return Summed(name=name, digest=digest)


def sum_of(store: Path, model: TrainedModel, removed: Sequence[RemovedRow] = ()) -> Sum | None:
    """Return a model's counts without these rows; None where the model has none.

    Raises:
        NotFound: the sum is gone, and so is a table it was made of.
        Tampered: the sum, or a slice with such a row, is not what was written.
    """
    if model.summed is None:
        return None
    counter = counter_of(store, model)
    try:
        added = kept.load(store, model.summed, counter.spelling, model.blend.people)
    except NotFound:
        added = counter.add_up(store, {chain.shard: chain.counts for chain in model.shards})
    ids = {row.row_id for row in removed}
    slices = {(row.shard, row.slice) for row in removed if row.shard != HELD_OUT}
    rows = [
        row
        for shard, slice_ in sorted(slices)
        for row in read_slice(store, model.dataset_id, shard, slice_)
        if row.id in ids
    ]
    return without(added, counter.count(rows)) if rows else added
