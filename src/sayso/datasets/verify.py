"""A sealed dataset recomputed from its rows: what differs first is named."""

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.datasets.places import Place
from sayso.datasets.rows import DatasetId, Manifest
from sayso.datasets.sealed import (
    MANIFEST,
    folder_of,
    places_in,
    read_manifest,
    read_slice_table,
    refusal_files,
    table_in,
)
from sayso.datasets.sealing.counts import Counts
from sayso.datasets.sealing.membership import Entry, Seats, entries, seated, sitting
from sayso.datasets.tables import REFUSALS
from sayso.errors import NotHere, Tampered


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was recomputed and found equal."""

    dataset_id: DatasetId
    rows: int
    held_out_rows: int
    slices: int
    refusals: int


def verify_dataset(store: Place, dataset: DatasetId, seats: Seats) -> Checked:
    """Recompute every digest, root and count of a dataset, and who is in it.

    Raises:
        NotFound: there is no such dataset.
        NotHere: its members' seats were given by another key than that of `seats`.
        Tampered: something is not what was sealed; the message names the first difference.
    """
    manifest, folder = read_manifest(store, dataset), folder_of(store, dataset)
    _require_files(folder, manifest)
    if manifest.members_key != seats.key:
        raise NotHere(
            f"Who is in dataset {dataset} was sealed with another key: {manifest.members_key}.",
            hint="Put keys/seats.key back from your backup.",
        )
    counts = Counts()

    def present() -> Iterator[Entry]:
        for shard, slice_, _ in places_in(manifest):
            table = read_slice_table(store, dataset, shard, slice_)
            counts.add(table, shard)
            yield from entries(table)

    members_root, members = seated(sitting(present(), seats), seats)
    for name in refusal_files(manifest):
        refusals = table_in(folder / name, REFUSALS)
        counts.refuse(refusals)
        _require_count(manifest, name, len(refusals), dataset)
    for name, stored, found in (
        ("rows", manifest.rows, counts.rows),
        ("held_out_rows", manifest.held_out_rows, counts.held_out_rows),
        ("members", manifest.members, members),
        ("members_root", manifest.members_root, members_root),
        ("redactions", manifest.redactions, dict(counts.redactions)),
        ("languages", manifest.languages, dict(counts.languages)),
        ("licences", manifest.licences, dict(counts.licences)),
        ("sources", manifest.sources, dict(counts.sources)),
        ("kinds", manifest.kinds, dict(counts.kinds)),
        ("years", manifest.years, dict(counts.years)),
        ("bases", manifest.bases, dict(counts.bases)),
        ("marks", manifest.marks, dict(counts.marks)),
        ("rules", manifest.rules, dict(counts.rules)),
        ("text_bytes", manifest.text_bytes, counts.text_bytes),
        ("refusals", manifest.refusals, dict(counts.refusals)),
    ):
        if stored != found:
            raise Tampered(f"Dataset {dataset}: {name} is {found}, but {stored} was sealed.")
    return Checked(
        dataset_id=dataset,
        rows=counts.rows,
        held_out_rows=counts.held_out_rows,
        slices=sum(len(roots) for roots in manifest.shards.values()),
        refusals=counts.refusals.total(),
    )


def _require_count(manifest: Manifest, name: str, count: int, dataset: DatasetId) -> None:
    if manifest.files[name] != count:
        raise Tampered(
            f"Dataset {dataset}: {name} holds {count}, but {manifest.files[name]} were sealed."
        )


def _require_files(folder: Place, manifest: Manifest) -> None:
    sealed = {MANIFEST, *manifest.files}
    there = {path.name for path in folder.iterdir()}
    for name in sorted(sealed - there):
        raise Tampered(f"{folder / name} is gone from its dataset.")
    for name in sorted(there - sealed):
        raise Tampered(f"{folder / name} was never part of its dataset.")
