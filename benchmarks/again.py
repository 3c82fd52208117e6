"""The next dataset: what a build takes on the last one, beside a build from nothing.

Documents are those of `benchmarks.datasets`, with all that a home redacts. One document in a
thousand is edited: by a few members, who edit all of theirs, or anywhere; or nobody edits and one
member's name comes anew, so that every text is looked through once more. Each outcome is compared
with the build from nothing, byte for byte; seconds are the processor's.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.datasets_cost import corpus
from benchmarks.datasets_world import NOW, TRAIN, HashedSeats, Table
from sayso.community import Document, DocumentId
from sayso.datasets.build import Base, BuildPlan, build
from sayso.datasets.document_files import DocumentFiles
from sayso.datasets.rows import DatasetId
from sayso.datasets.sealed import folder_of
from sayso.datasets.sealing.seal import Sealed
from sayso.datasets.shards import Partition
from sayso.redact.members.directory import Directory
from sayso.redact.redactor import Redactor
from sayso.redact.strangers import strangers

SIZES = (10_000, 40_000)
SHARDS, SLICES = 64, 8
ONE_IN = 1_000
NEW_NAME = "Zora Quimbleton"
_ROW = "{:<36} {:>9} {:>8} {:>8} {:>11}\n"

Edits = Mapping[DocumentId, str]


class Corpus:
    """Documents in Parquet files, some of them edited since."""

    def __init__(self, folder: Path, edits: Edits) -> None:
        self._files, self._edits = DocumentFiles(folder), edits

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield all of them, as they are now."""
        for batch in self._files.batches():
            ids, at = batch["id"].to_pylist(), batch.schema.get_field_index("text")
            if self._edits.keys().isdisjoint(ids):
                yield batch
                continue
            told = zip(ids, batch["text"].to_pylist(), strict=True)
            texts = pa.array([self._edits.get(each, text) for each, text in told])
            yield batch.set_column(at, batch.schema.field(at), texts)

    def found(self, ids: frozenset[DocumentId]) -> list[Document]:
        """Look some up."""
        found = self._files.by_id(ids)
        return [replace(each, text=self._edits.get(each.id, each.text)) for each in found]


def main(sizes: tuple[int, ...]) -> None:
    """Print, for each size, what the next dataset takes."""
    for size in sizes:
        with TemporaryDirectory(prefix="sayso-bench-") as folder:
            _tell(Path(folder), size)


def _tell(folder: Path, size: int) -> None:
    facts = corpus(folder / "corpus", size)
    documents, world = folder / "corpus" / "documents", Table(folder / "corpus" / "consent.parquet")
    texts = pq.read_table(documents, columns=["id", "member_id", "text"])
    chance = random.Random(1)  # noqa: S311 - the same edits in every run
    few, anywhere = _by_few(texts, chance), _anywhere(texts, chance)
    built = partial(_built, documents, world)
    before, full = _timed(partial(built, folder / "store", {}, world.names))
    sys.stdout.write(
        f"{facts['documents']:,} documents by {facts['members']:,} members, "
        f"{facts['bytes'] / 1e6:.1f} MB of text, {SHARDS} shards of {SLICES} slices\n"
    )
    sys.stdout.write(_ROW.format("", "documents", "CPU s", "ratio", "same bytes"))
    sys.stdout.write(_ROW.format("from nothing", "", f"{full:.1f}", "", ""))
    for label, edits, names in (
        ("nothing changed", {}, world.names),
        ("edited by a few members", few, world.names),
        ("edited anywhere", anywhere, world.names),
        ("one member's name came", {}, [*world.names, NEW_NAME]),
    ):
        again = partial(built, folder / "store", edits, names, base=before.dataset_id)
        sealed, seconds = _timed(again)
        fresh = built(folder / "fresh", edits, names)
        same = _content(folder / "store", sealed) == _content(folder / "fresh", fresh)
        sys.stdout.write(
            _ROW.format(label, len(edits), f"{seconds:.2f}", f"{full / seconds:.0f}", str(same))
        )
        sys.stdout.flush()


def _built(  # noqa: PLR0913 - one build has this many parts
    documents: Path,
    world: Table,
    store: Path,
    edits: Edits,
    names: list[str],
    *,
    base: DatasetId | None = None,
) -> Sealed:
    now = Corpus(documents, edits)
    plan = BuildPlan(
        purpose=TRAIN,
        at=NOW,
        redactor=Redactor(directory=Directory(names), tagger=strangers("balanced")),
        partition=Partition(key=b"k" * 32, shards=SHARDS, slices=SLICES),
        seats=HashedSeats(),
        base=Base(dataset=base, documents=now.found) if base else None,
    )
    return build(store, now.batches(), world, plan)


def _timed(act: Callable[[], Sealed]) -> tuple[Sealed, float]:
    begun = time.process_time()
    return act(), time.process_time() - begun


def _by_few(texts: pa.Table, chance: random.Random) -> Edits:
    """Let members edit all they wrote, until it is one document in a thousand."""
    by_member: dict[str, dict[DocumentId, str]] = {}
    for row in texts.to_pylist():
        by_member.setdefault(row["member_id"], {})[row["id"]] = row["text"]
    edits: dict[DocumentId, str] = {}
    members = sorted(by_member)
    while len(edits) < len(texts) // ONE_IN:
        own = by_member[chance.choice(members)]
        edits |= {each: f"{text} And more." for each, text in own.items()}
    return edits


def _anywhere(texts: pa.Table, chance: random.Random) -> Edits:
    rows = texts.take(chance.sample(range(len(texts)), len(texts) // ONE_IN)).to_pylist()
    return {row["id"]: f"{row['text']} And more." for row in rows}


def _content(store: Path, sealed: Sealed) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in folder_of(store, sealed.dataset_id).iterdir()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", help="documents; the usual ones if none")
    main(tuple(parser.parse_args().sizes) or SIZES)
