"""Datasets that lie in a bucket, on a real server that speaks S3."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fakes.seats import SEATS
from object_store import s3
from sayso.consent.choices import Answer
from sayso.datasets.build import build
from sayso.datasets.document_files import DocumentFiles
from sayso.datasets.documents import batch_of
from sayso.datasets.leaving import Leaving, take_back
from sayso.datasets.places import POINTER, place
from sayso.datasets.rows import HELD_OUT
from sayso.datasets.sealed import discard, folder_of, read_manifest, read_rows
from sayso.datasets.verify import verify_dataset
from sayso.errors import BadInput, NotFound
from sealing import PLAN, built, content
from town import Town

pytest.importorskip("s3fs", reason="datasets in a bucket need sayso[s3]")
pytest.importorskip("moto", reason="a server that speaks S3 is not installed")


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty bucket's address."""
    with s3(tmp_path_factory.mktemp("s3"), "sealed") as address:
        yield f"{address}/sets"


@pytest.fixture
def town() -> Town:
    town = Town()
    for number in range(30):
        member = town.settle(f"m{number}", Answer.NO if number % 7 == 0 else Answer.YES)
        for each in range(2):
            town.writes(member, f"Note {each} of {number}: write to a{number}@example.org.")
        town.writes(member, "Good morning to the whole network.")
    return town


@pytest.fixture
def store(tmp_path: Path, bucket: str) -> Path:
    """A store whose datasets lie in the bucket."""
    store = tmp_path / "store"
    store.mkdir()
    (store / POINTER).write_text(f"{bucket}/{tmp_path.name}\n")
    return store


def test_a_bucket_holds_the_bytes_that_a_disk_holds(
    tmp_path: Path, store: Path, town: Town
) -> None:
    here, there = built(tmp_path / "here", town), built(store, town)

    assert there == here
    assert content(store, there.dataset_id) == content(tmp_path / "here", here.dataset_id)
    assert verify_dataset(store, there.dataset_id, SEATS).rows == here.manifest.rows
    assert [path.name for path in store.iterdir()] == [POINTER]


def test_nothing_of_a_build_is_left_in_the_bucket_but_the_dataset(store: Path, town: Town) -> None:
    sealed = built(store, town)

    there = {path.name for path in folder_of(store, sealed.dataset_id).parent.iterdir()}
    assert there == {sealed.dataset_id, "workings"}


def test_what_is_taken_back_leaves_the_bucket(store: Path, town: Town) -> None:
    before = built(store, town)
    gone = next(row for row in read_rows(store, before.dataset_id) if row.shard != HELD_OUT)
    others = {each.id: each for each in town.documents if each.id != gone.document_id}

    after = take_back(
        store,
        Leaving(dataset=before.dataset_id, removed=frozenset({gone.id})),
        lambda ids: [others[each] for each in ids if each in others],
        town,
        PLAN,
    )
    discard(store, before.dataset_id)

    assert gone.id not in {row.id for row in read_rows(store, after.dataset_id)}
    with pytest.raises(NotFound):
        read_manifest(store, before.dataset_id)


def test_documents_are_read_from_a_bucket_too(
    tmp_path: Path, store: Path, bucket: str, town: Town
) -> None:
    folder = place(f"{bucket}/documents-{tmp_path.name}")
    folder.mkdir(parents=True, exist_ok=True)
    for number, part in enumerate((town.documents[:40], town.documents[40:])):
        with (folder / f"part-{number}.parquet").open("wb") as file:
            pq.write_table(pa.Table.from_batches([batch_of(part)]), file)
    here = built(tmp_path / "here", town)

    found = build(store, DocumentFiles(folder).batches(), town, replace(PLAN, total=90))

    assert found.dataset_id == here.dataset_id


def test_an_address_that_nothing_speaks_is_refused() -> None:
    with pytest.raises(BadInput, match="nowhere"):
        place("nowhere://bucket/sets")
