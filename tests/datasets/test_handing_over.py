"""A dataset handed over as a folder: tools read it, and no id of ours is in it."""

import json
import logging
import warnings
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from describing import MEMBERS, a_dataset, described, varied_rows
from sayso.datasets import handing_over
from sayso.datasets.cards.croissant import croissant
from sayso.datasets.cards.described import Described, Layout
from sayso.datasets.cards.hugging_face import hugging_face
from sayso.datasets.handing_over import HANDED, hand_over
from sayso.datasets.rows import HELD_OUT, DatasetId, RowId
from sayso.datasets.tables import ROWS
from sayso.errors import BadInput, NotFound


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def dataset(store: Path) -> DatasetId:
    return a_dataset(store)


def handed(
    store: Path,
    dataset: DatasetId,
    folder: Path,
    removed: frozenset[RowId] = frozenset(),
    *,
    with_ids: bool = False,
) -> int:
    about = described(store, dataset)

    def cards(layout: Layout) -> dict[str, str]:
        return {
            "README.md": hugging_face(about, layout),
            "croissant.json": croissant(about, layout),
        }

    return hand_over(store, dataset, folder, cards, removed, with_ids=with_ids)


def test_the_folder_is_read_by_hugging_face_datasets_without_a_network(
    store: Path, dataset: DatasetId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    tool = pytest.importorskip("datasets", reason="datasets is not installed: nothing loads it")
    folder = tmp_path / "folder"
    rows = list(varied_rows())
    gone = next(row for row in rows if row.shard != HELD_OUT)

    assert handed(store, dataset, folder, frozenset({gone.id})) == 47
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tool.disable_progress_bars()
        read = tool.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))

    assert sorted(read) == ["held_out", "train"]
    train = {row.text for row in rows if row.shard != HELD_OUT} - {gone.text}
    assert set(read["train"]["text"]) == train
    assert set(read["held_out"]["text"]) == {row.text for row in rows if row.shard == HELD_OUT}
    assert sorted(read["train"].column_names) == sorted(HANDED.names)


def test_the_hub_reads_the_metadata_in_front_of_the_card(
    store: Path, dataset: DatasetId, tmp_path: Path
) -> None:
    tool = pytest.importorskip("huggingface_hub", reason="huggingface_hub is not installed")
    handed(store, dataset, tmp_path / "folder")

    card = tool.DatasetCard.load(tmp_path / "folder" / "README.md")

    assert card.data.language == ["en", "de"]
    assert card.data.size_categories == ["n<1K"]
    assert card.data.task_categories == ["text-generation"]
    assert card.data.license == "other"
    assert card.data.license_name == "to be attested by Harbour"
    (config,) = card.data.to_dict()["configs"]
    assert config["data_files"] == [
        {"split": "train", "path": "data/train-*.parquet"},
        {"split": "held_out", "path": "data/held_out-*.parquet"},
    ]
    assert "Words of 24 members of Harbour" in card.text
    assert card.data.pretty_name == f"Harbour, dataset {dataset[:12]}"


def test_a_name_with_quotes_and_colons_does_not_break_the_metadata(
    store: Path, dataset: DatasetId, tmp_path: Path
) -> None:
    tool = pytest.importorskip("huggingface_hub", reason="huggingface_hub is not installed")
    about = described(store, dataset)
    name = 'The "Quay": a forum\nfor all # of us'
    spoken = replace(about, controller=replace(about.controller, name=name))
    seen: list[str] = []
    hand_over(store, dataset, tmp_path / "folder", lambda layout: _kept(spoken, layout, seen))

    assert tool.DatasetCard(seen[0]).data.license_name == f"to be attested by {name}"


def _kept(about: Described, layout: Layout, seen: list[str]) -> dict[str, str]:
    seen.append(hugging_face(about, layout))
    return {}


def test_mlcroissant_loads_the_folder_with_its_hashes(
    store: Path, dataset: DatasetId, tmp_path: Path
) -> None:
    logging.disable(logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tool = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")
        handed(store, dataset, tmp_path / "folder")
        read = tool.Dataset(str(tmp_path / "folder" / "croissant.json"))
        texts = {each["train/text"].decode() for each in read.records("train")}
    logging.disable(logging.NOTSET)

    assert texts == {row.text for row in varied_rows() if row.shard != HELD_OUT}
    assert not read.metadata.ctx.issues.errors


def test_no_id_of_a_member_or_a_document_leaves_the_house(
    store: Path, dataset: DatasetId, tmp_path: Path
) -> None:
    handed(store, dataset, tmp_path / "folder")

    for path in sorted((tmp_path / "folder").rglob("*.*")):
        content = pq.read_table(path).drop_columns(["text"]) if path.suffix == ".parquet" else None
        said = json.dumps(content.to_pylist(), default=str) if content else path.read_text()
        assert not [member for member in MEMBERS if member in said]
        for row in varied_rows():
            assert row.document_id not in said
            assert row.digest not in said, "a digest lets anyone try out ids"
    hidden = set(ROWS.names) - set(HANDED.names)
    assert hidden == {
        *("document_id", "member_id", "members", "created_at", "reason", "evidence", "digest"),
    }


def test_ids_are_in_the_folder_where_they_were_asked_for(
    store: Path, dataset: DatasetId, tmp_path: Path
) -> None:
    handed(store, dataset, tmp_path / "folder", with_ids=True)

    table = pq.read_table(tmp_path / "folder" / "data" / "train-00000.parquet")
    assert table.schema.names == ROWS.names
    assert set(table["member_id"].to_pylist()) <= set(MEMBERS)


def test_a_large_split_lies_in_several_files(
    store: Path, dataset: DatasetId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "ROWS_A_FILE", 10)

    assert handed(store, dataset, tmp_path / "folder") == 48
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o700

    names = sorted(path.name for path in (tmp_path / "folder" / "data").iterdir())
    assert names == [
        "held_out-00000.parquet",
        *(f"train-{number:05d}.parquet" for number in range(5)),
    ]
    counts = [pq.read_metadata(tmp_path / "folder" / "data" / name).num_rows for name in names]
    assert counts == [2, 10, 10, 10, 10, 6]


def test_a_dataset_of_which_nothing_is_in_service_is_an_empty_split(
    store: Path, dataset: DatasetId, tmp_path: Path
) -> None:
    everything = frozenset(row.id for row in varied_rows())

    assert handed(store, dataset, tmp_path / "folder", everything) == 0

    (path,) = (tmp_path / "folder" / "data").iterdir()
    assert path.name == "train-00000.parquet"
    assert pq.read_metadata(path).num_rows == 0


def test_a_folder_that_holds_something_is_left_alone(
    store: Path, dataset: DatasetId, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(BadInput, match="there already"):
        handed(store, dataset, folder)
    with pytest.raises(BadInput, match="no folder"):
        handed(store, dataset, tmp_path / "nowhere" / "folder")

    assert [path.name for path in tmp_path.rglob("*")] == ["folder", "mine.txt"]


def test_a_failed_export_leaves_no_folder(store: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        hand_over(store, DatasetId("0" * 64), tmp_path / "folder", lambda _: {})

    assert list(tmp_path.iterdir()) == []
