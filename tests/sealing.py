"""Building datasets in tests: one partition, one redactor, and what lies in the outcome."""

from pathlib import Path

from fakes.seats import SEATS
from sayso.community import DocumentId, MemberId
from sayso.datasets.build import BuildPlan, build
from sayso.datasets.documents import batch_of
from sayso.datasets.rows import DatasetId, Refusal, Row
from sayso.datasets.sealed import folder_of, read_refusals, read_rows
from sayso.datasets.sealing.seal import Sealed
from sayso.datasets.shards import Partition
from sayso.redact.redactor import Redactor
from town import NOW, TRAINING, Town

PARTITION = Partition(key=b"k" * 32, shards=3, slices=3)
PLAN = BuildPlan(purpose=TRAINING, at=NOW, redactor=Redactor(), partition=PARTITION, seats=SEATS)


def built(store: Path, town: Town) -> Sealed:
    return build(store, [batch_of(town.documents)], town, PLAN)


def rows_in(store: Path, sealed: Sealed) -> dict[DocumentId, Row]:
    return {row.document_id: row for row in read_rows(store, sealed.dataset_id)}


def refusals_in(store: Path, sealed: Sealed) -> dict[DocumentId, Refusal]:
    return {each.document_id: each for each in read_refusals(store, sealed.dataset_id)}


def neighbours(town: Town, count: int) -> list[MemberId]:
    """Settle members who all lie in shard 0, the first slices before the last."""
    found: list[MemberId] = []
    number = 0
    while len(found) < count:
        name = MemberId(f"n{number}")
        if PARTITION.place(name, is_default=False)[0] == 0:
            found.append(town.settle(name))
        number += 1
    return found


def roots(sealed: Sealed) -> dict[str, tuple[str, ...]]:
    return {**sealed.manifest.shards, "held out": (sealed.manifest.held_out,)}


def content(store: Path, dataset: DatasetId) -> dict[str, bytes]:
    """Return every file of a dataset, wherever it lies."""
    return {path.name: path.read_bytes() for path in folder_of(store, dataset).iterdir()}
