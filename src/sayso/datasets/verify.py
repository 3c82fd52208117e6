"""A sealed dataset recomputed from its rows: what differs first is named."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.datasets.manifests import Counts
from sayso.datasets.membership import Members, Seats, entries
from sayso.datasets.rows import DatasetId, Manifest
from sayso.datasets.sealed import (
    MANIFEST,
    REFUSALS_FILE,
    folder_of,
    read_manifest,
    read_refusals,
    read_rows,
)
from sayso.errors import NotHere, Tampered


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was recomputed and found equal."""

    dataset_id: DatasetId
    rows: int
    held_out_rows: int
    slices: int
    refusals: int


def verify_dataset(store: Path, dataset: DatasetId, seats: Seats) -> Checked:
    """Recompute every digest, root and count of a dataset, and who is in it.

    Raises:
        NotFound: there is no such dataset.
        NotHere: its members' seats were given by another key than that of `seats`.
        Tampered: something is not what was sealed; the message names the first difference.
    """
    manifest = read_manifest(store, dataset)
    _require_files(folder_of(store, dataset), manifest)
    if manifest.members_key != seats.key:
        raise NotHere(
            f"Who is in dataset {dataset} was sealed with another key: {manifest.members_key}.",
            hint="Put keys/seats.key back from your backup.",
        )
    counts = Counts()
    with TemporaryDirectory(prefix="sayso-") as aside:
        members = Members(seats, Path(aside) / "seats")
        for row in read_rows(store, dataset):
            counts.add(row)
            members.add(entries(row))
        members_root = members.root().hex()
    refusals = read_refusals(store, dataset)
    for refusal in refusals:
        counts.refuse(refusal)
    for name, stored, found in (
        ("rows", manifest.rows, counts.rows),
        ("held_out_rows", manifest.held_out_rows, counts.held_out_rows),
        ("members", manifest.members, len(counts.members)),
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
        (REFUSALS_FILE, manifest.files.get(REFUSALS_FILE), len(refusals)),
    ):
        if stored != found:
            raise Tampered(f"Dataset {dataset}: {name} is {found}, but {stored} was sealed.")
    return Checked(
        dataset_id=dataset,
        rows=counts.rows,
        held_out_rows=counts.held_out_rows,
        slices=sum(len(roots) for roots in manifest.shards.values()),
        refusals=len(refusals),
    )


def _require_files(folder: Path, manifest: Manifest) -> None:
    sealed = {MANIFEST, *manifest.files}
    there = {path.name for path in folder.iterdir()}
    for name in sorted(sealed - there):
        raise Tampered(f"{folder / name} is gone from its dataset.")
    for name in sorted(there - sealed):
        raise Tampered(f"{folder / name} was never part of its dataset.")
