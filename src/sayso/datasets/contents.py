"""What a dataset holds, told without its texts, and which of it another dataset holds too."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sayso.community import DocumentId, MemberId
from sayso.datasets.places import Place
from sayso.datasets.rows import HELD_OUT, DatasetId, Manifest, Placed, Refusal, Row
from sayso.datasets.sealed import (
    folder_of,
    places_in,
    read_slice,
    refusals_name,
    table_in,
)
from sayso.datasets.tables import REFUSALS, refusals_of_table

SlicePlace = tuple[int, int]
"""A shard, and a slice in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Rows with all whose words they hold, and refusals: all, or what another has not.

    With `like`, all rows of a recorded dataset lie in this one too but for those in the slices
    `other_slices`, and all refusals but those of the documents `not_refused`.
    """

    rows: Iterable[tuple[Placed, tuple[MemberId, ...]]]
    refusals: Iterable[Refusal]
    like: DatasetId | None = None
    other_slices: Collection[SlicePlace] = ()
    not_refused: Collection[DocumentId] = ()


def contents(store: Place, manifest: Manifest) -> Contents:
    """Tell all that a dataset holds."""
    places = [(shard, slice_) for shard, slice_, _ in places_in(manifest)]
    return Contents(
        rows=_rows(store, manifest, places),
        refusals=_refusals(store, manifest, {shard for shard, _ in places}),
    )


def contents_beyond(store: Place, manifest: Manifest, like: Manifest) -> Contents:
    """Tell what a dataset holds, but of what `like` holds too.

    Slices with the same root hold the same rows; refusals are the same where their files are.
    """
    here, there = _roots(manifest), _roots(like)
    changed = [place for place, root in here.items() if root != there.get(place)]
    shards = {shard for shard, _ in here if not _is_same(store, manifest, like, shard)}
    return Contents(
        rows=_rows(store, manifest, changed),
        refusals=_refusals(store, manifest, shards),
        like=DatasetId(like.digest),
        other_slices=changed,
        not_refused=[each.document_id for each in _refusals(store, like, shards)],
    )


def placed(dataset: DatasetId, row: Row) -> Placed:
    """Return where a row lies, without its text."""
    return Placed(
        dataset_id=dataset,
        row_id=row.id,
        document_id=row.document_id,
        member_id=row.member_id,
        shard=row.shard,
        slice=row.slice,
        rule=row.rule,
    )


def _roots(manifest: Manifest) -> dict[SlicePlace, str]:
    roots = {
        (int(shard), at): root
        for shard, its_own in manifest.shards.items()
        for at, root in enumerate(its_own)
    }
    return roots | {(HELD_OUT, 0): manifest.held_out}


def _rows(
    store: Place, manifest: Manifest, places: Iterable[SlicePlace]
) -> Iterator[tuple[Placed, tuple[MemberId, ...]]]:
    dataset = DatasetId(manifest.digest)
    for shard, slice_ in places:
        for row in read_slice(store, dataset, shard, slice_):
            yield placed(dataset, row), row.members


def _refusals(store: Place, manifest: Manifest, shards: Collection[int]) -> Iterator[Refusal]:
    folder = folder_of(store, DatasetId(manifest.digest))
    for name in map(refusals_name, sorted(shards)):
        if name in manifest.files:
            yield from refusals_of_table(table_in(folder / name, REFUSALS))


def _is_same(store: Place, manifest: Manifest, like: Manifest, shard: int) -> bool:
    name = refusals_name(shard)
    here, there = (folder_of(store, DatasetId(each.digest)) for each in (manifest, like))
    if name not in manifest.files or name not in like.files:
        return (name in manifest.files) == (name in like.files)
    return (here / name).read_bytes() == (there / name).read_bytes()
