"""A sealed dataset on the disk: where it lies, and its rows read back with proof."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sayso.community import DocumentId, MemberId
from sayso.datasets.disk import remove_tree, remove_whole, replace_durably
from sayso.datasets.manifests import manifest_bytes, manifest_of
from sayso.datasets.places import Place, shelf
from sayso.datasets.rows import HELD_OUT, DatasetId, Manifest, Refusal, Row, RowId
from sayso.datasets.tables import (
    REFUSALS,
    ROWS,
    from_parquet,
    parquet,
    refusal_table,
    refusals_of_table,
    rows_of_table,
    with_digests,
)
from sayso.errors import BadInput, NotFound, Tampered
from sayso.evidence import merkle

MANIFEST = "manifest.json"
HELD_OUT_FILE = "held-out.parquet"
WORKINGS = "workings"
_REFUSALS = "refusals-"
ERASED = "Left out; whose it was has been erased."


def read_manifest(store: Place, dataset: DatasetId) -> Manifest:
    """Return the manifest of a sealed dataset.

    Raises:
        NotFound: no dataset with that id lies in the store.
        Tampered: the manifest is not the one the id names.
    """
    path = folder_of(store, dataset) / MANIFEST
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(
            f"There is no dataset {dataset} in {store}.",
            hint="`sayso datasets list` shows the ones there are.",
        ) from error
    try:
        manifest = manifest_of(content, str(path))
    except (BadInput, TypeError, ValueError) as error:
        raise Tampered(f"{path} is not the manifest of a dataset.") from error
    if manifest.digest != dataset or manifest_bytes(manifest) != content:
        raise Tampered(f"{path} was changed: it hashes to {manifest.digest}, not to its id.")
    return manifest


def read_slice(
    store: Place,
    dataset: DatasetId,
    shard: int,
    slice: int,  # noqa: A002 - the house's word
) -> tuple[Row, ...]:
    """Return the rows of one slice in training order, checked against the manifest's root.

    Raises:
        as `read_slice_table`.
    """
    table = read_slice_table(store, dataset, shard, slice)
    return tuple(rows_of_table(table, shard=shard, slice=slice))


def read_slice_table(
    store: Place,
    dataset: DatasetId,
    shard: int,
    slice: int,  # noqa: A002 - the house's word
) -> pa.Table:
    """Return what `read_slice` returns, as a table.

    Raises:
        NotFound: the dataset has no such slice.
        Tampered: a row is not the one that was sealed.
    """
    manifest = read_manifest(store, dataset)
    roots = (manifest.held_out,) if shard == HELD_OUT else manifest.shards.get(str(shard), ())
    if not 0 <= slice < len(roots):
        raise NotFound(f"Dataset {dataset} has no shard {shard}, slice {slice}.")
    name = file_name(shard, slice)
    count = manifest.files.get(name, 0)
    path = folder_of(store, dataset) / name
    table = table_in(path, ROWS) if count else ROWS.empty_table()
    found = with_digests(table)["digest"]
    changed = table["id"].filter(pc.not_equal(table["digest"], found))
    if len(changed):
        raise Tampered(f"Row {changed[0]} in {name} of dataset {dataset} was changed.")
    if len(table) != count or root_over([found]) != roots[slice]:
        raise Tampered(f"{name} of dataset {dataset} does not hold the rows that were sealed.")
    return table


def read_held_out(store: Place, dataset: DatasetId) -> tuple[Row, ...]:
    """Return the rows that measure models and train none, checked as `read_slice` does."""
    return read_slice(store, dataset, HELD_OUT, 0)


def read_rows(store: Place, dataset: DatasetId, *, held_out: bool = True) -> Iterator[Row]:
    """Yield every row by shard and slice, in training order, then those held out."""
    for shard, slice_, _ in places_in(read_manifest(store, dataset)):
        if held_out or shard != HELD_OUT:
            yield from read_slice(store, dataset, shard, slice_)


def read_some(store: Place, dataset: DatasetId, ids: AbstractSet[RowId]) -> Iterator[Row]:
    """Yield the rows that have these ids, held out or not; no other slices are read whole."""
    manifest, folder = read_manifest(store, dataset), folder_of(store, dataset)
    wanted = pa.array(sorted(ids), pa.string())
    for shard, slice_, name in places_in(manifest):
        if name in manifest.files and pc.any(_in(folder / name, wanted)).as_py():
            table = read_slice_table(store, dataset, shard, slice_)
            some = table.filter(pc.is_in(table["id"], wanted))
            yield from rows_of_table(some, shard=shard, slice=slice_)


def places_in(manifest: Manifest) -> Iterator[tuple[int, int, str]]:
    """Yield the shard, the slice and the file's name of each slice, those held out last."""
    for shard in sorted(map(int, manifest.shards)):
        for slice_ in range(len(manifest.shards[str(shard)])):
            yield shard, slice_, file_name(shard, slice_)
    yield HELD_OUT, 0, HELD_OUT_FILE


def _in(path: Place, wanted: pa.Array) -> pa.ChunkedArray:
    with path.open("rb") as file:
        return pc.is_in(pq.read_table(file, columns=["id"])["id"], wanted)


def read_ids(store: Place, dataset: DatasetId) -> set[RowId]:
    """Return the ids of all rows, those held out too; the rows themselves are not checked."""
    folder = folder_of(store, dataset)
    manifest = read_manifest(store, dataset)
    names = manifest.files.keys() - set(refusal_files(manifest))
    found: set[RowId] = set()
    for name in names:
        with (folder / name).open("rb") as file:
            found.update(pq.read_table(file, columns=["id"])["id"].to_pylist())
    return found


def read_refusals(store: Place, dataset: DatasetId) -> tuple[Refusal, ...]:
    """Return what was left out, and why, by document id."""
    folder = folder_of(store, dataset)
    found = [
        refusal
        for name in refusal_files(read_manifest(store, dataset))
        for refusal in refusals_of_table(table_in(folder / name, REFUSALS))
    ]
    return tuple(sorted(found, key=lambda each: (each.document_id, each.rule)))


def refused_of(
    store: Place, dataset: DatasetId, members: AbstractSet[MemberId], *, copies: bool = False
) -> dict[DocumentId, MemberId]:
    """Return what these members wrote and was left out, and who wrote it; with `copies` as a copy.

    A copy is what has prints.
    """
    found: dict[DocumentId, MemberId] = {}
    folder, wanted = folder_of(store, dataset), pa.array(sorted(members), pa.string())
    for name in refusal_files(read_manifest(store, dataset)) if members else ():
        table = table_in(folder / name, REFUSALS)
        some = table.filter(pc.is_in(table["member_id"], wanted))
        if copies:
            some = some.filter(pc.greater(pc.binary_length(some["prints"]), 0))
        columns = (some[each].to_pylist() for each in ("document_id", "member_id"))
        found.update(zip(*columns, strict=True))
    return found


def refusal_files(manifest: Manifest) -> list[str]:
    """Return the names of the files that hold a dataset's refusals."""
    return list(filter(is_of_refusals, manifest.files))


def is_of_refusals(name: str) -> bool:
    """Whether a file of that name holds refusals."""
    return name.startswith(_REFUSALS)


def blank_refusals(store: Place, dataset: DatasetId, member_id: MemberId) -> int:
    """Erase a member from the refusals; the rules and their counts stay. Return how many."""
    folder, count = folder_of(store, dataset), 0
    for name in refusal_files(read_manifest(store, dataset)):
        refusals = refusals_of_table(table_in(folder / name, REFUSALS))
        theirs = sum(refusal.member_id == member_id for refusal in refusals)
        if theirs:
            blanked = [
                Refusal(
                    document_id=DocumentId(""),
                    member_id=MemberId(""),
                    rule=refusal.rule,
                    reason=ERASED,
                )
                if refusal.member_id == member_id
                else refusal
                for refusal in refusals
            ]
            replace_durably(folder / name, parquet(refusal_table(blanked)))
        count += theirs
    return count


def folder_of(store: Place, dataset: DatasetId) -> Place:
    """Return where a dataset lies.

    Raises:
        NotFound: this is not the id of any dataset.
    """
    if not _is_id(dataset):
        raise NotFound(
            f"{dataset!r} is not the id of a dataset.",
            hint="`sayso datasets list` shows the ones there are.",
        )
    return shelf(store) / dataset


def workings_of(store: Place, dataset: DatasetId) -> Place:
    """Return where what was kept for the next build lies (`sealing.workings`), if it does."""
    return shelf(store) / WORKINGS / dataset


def lying_in(store: Place) -> list[DatasetId]:
    """Return the ids of all sealed datasets that lie in a store, recorded or not."""
    folder = shelf(store)
    names = [path.name for path in folder.iterdir()] if folder.exists() else []
    return [DatasetId(name) for name in names if _is_id(name)]


def _is_id(name: str) -> bool:
    return len(name) == 64 and set(name) <= set("0123456789abcdef")


def file_name(shard: int, slice: int) -> str:  # noqa: A002 - the house's word
    """Return the name of the file that holds a slice."""
    if shard == HELD_OUT:
        return HELD_OUT_FILE
    return f"shard-{shard:04d}-slice-{slice:04d}.parquet"


def refusals_name(shard: int) -> str:
    """Return the name of the file that holds what was left out of a shard."""
    return f"{_REFUSALS}{'held-out' if shard == HELD_OUT else format(shard, '04d')}.parquet"


def root_of(rows: Iterable[Row]) -> str:
    """Return the RFC 6962 root over the rows' digests, in the order given."""
    return root_over([pa.array([row.digest for row in rows], pa.string())])


def root_over(digests: Iterable[pa.ChunkedArray | pa.Array]) -> str:
    """Return the RFC 6962 root over rows' digests, which come in parts, in the order given."""
    return merkle.root(leaf for part in digests for leaf in _leaves(part)).hex()


def _leaves(digests: pa.ChunkedArray | pa.Array) -> Iterator[bytes]:
    entries = bytes.fromhex("".join(digests.to_pylist()))
    for start in range(0, len(entries), merkle.HASH_BYTES):
        yield merkle.leaf_hash(entries[start : start + merkle.HASH_BYTES])


def table_in(path: Place, schema: pa.Schema) -> pa.Table:
    """Return the table in a file of a dataset.

    Raises:
        Tampered: the file is gone or is not what was sealed.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Tampered(f"{path} is gone from its dataset.") from error
    return from_parquet(content, schema, str(path))


def discard(store: Place, dataset: DatasetId) -> bool:
    """Delete a dataset's folder with all its texts; return False where it was gone already."""
    folder = folder_of(store, dataset)
    remove_tree(workings_of(store, dataset))
    return remove_whole(folder, MANIFEST)
