"""Datasets handed over."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sayso.datasets.export import Format, export
from sayso.datasets.rows import DatasetId
from sayso.errors import BadInput, NotFound
from sealing import PARTITION, built, rows_in
from town import Town


@pytest.fixture
def town() -> Town:
    town = Town()
    ana = town.settle("ana")
    for number in range(5):
        town.writes(ana, f"Größe {number}: ask a{number}@example.org about bridges.")
    return town


def test_an_export_holds_every_row_but_the_removed(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)
    gone = town.documents[2].id
    removed = frozenset({PARTITION.row_id(gone)})
    lines, table = tmp_path / "rows.jsonl", tmp_path / "rows.parquet"

    assert export(tmp_path, sealed.dataset_id, lines, Format.JSONL, removed) == 4
    assert export(tmp_path, sealed.dataset_id, table, Format.PARQUET, removed) == 4

    rows = rows_in(tmp_path, sealed)
    read = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert {record["document_id"] for record in read} == rows.keys() - {gone}
    assert all(record["redactions"] == {"email": 1} for record in read)
    assert pq.read_table(table)["text"].to_pylist() == [record["text"] for record in read]


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path / "store", town)
    target = tmp_path / "rows.jsonl"
    target.write_text("earlier", encoding="utf-8")

    with pytest.raises(BadInput, match="there already"):
        export(tmp_path / "store", sealed.dataset_id, target, Format.JSONL)

    assert target.read_text(encoding="utf-8") == "earlier"


def test_a_failed_export_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        export(tmp_path, DatasetId("0" * 64), tmp_path / "rows.jsonl", Format.JSONL)

    assert list(tmp_path.iterdir()) == []


def test_an_export_is_for_its_owner_alone_to_read(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)

    export(tmp_path, sealed.dataset_id, tmp_path / "rows.jsonl", Format.JSONL)

    assert (tmp_path / "rows.jsonl").stat().st_mode & 0o777 == 0o600


def test_an_unknown_format_or_place_is_one_clear_message(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)

    with pytest.raises(BadInput, match="xlsx"):
        export(tmp_path, sealed.dataset_id, tmp_path / "rows", "xlsx")
    with pytest.raises(BadInput, match="no folder"):
        export(tmp_path, sealed.dataset_id, tmp_path / "nowhere" / "rows", "jsonl")
