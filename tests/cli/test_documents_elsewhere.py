"""`sayso build` of documents that lie in a folder or in a bucket, as a person would run it."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from filed import every_document, forget_rows, lay_down
from object_store import s3
from sayso.cli.verbs import run
from sayso.community import Document
from sayso.datasets.documents import batch_of
from sayso.datasets.places import place
from sayso.datasets.sealed import lying_in
from sayso.settings import FILE_NAME, load_settings
from sayso.wiring import open_network


@pytest.fixture(autouse=True)
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_HOME", str(home))


@pytest.fixture
def whole(home: Path) -> tuple[Document, ...]:
    """What the home's database held, and holds no more."""
    network = open_network(load_settings(home, {}))
    found = every_document(network)
    forget_rows(network)
    network.close()
    return found


def sealed(home: Path) -> list[str]:
    return [*lying_in(home / "store")]


def test_a_folder_that_the_settings_name_is_built_from(
    home: Path, whole: tuple[Document, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    lay_down(home / "posts", whole)
    with (home / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write('documents = "posts"\n')

    assert run(["build"]) == 0
    (dataset,) = sealed(home)
    capsys.readouterr()
    assert run(["datasets", "show", dataset]) == 0
    assert json.loads(capsys.readouterr().out)["documents_read"] == len(whole)
    assert run(["explain", whole[0].id]) == 0
    assert run(["datasets", "verify", dataset]) == 0


def test_a_bucket_is_built_from_and_gives_the_same_dataset(
    home: Path,
    whole: tuple[Document, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("s3fs", reason="documents in a bucket need sayso[s3]")
    pytest.importorskip("moto", reason="a server that speaks S3 is not installed")
    monkeypatch.setenv("SAYSO_DOCUMENTS", str(lay_down(tmp_path / "here", whole)))
    assert run(["build"]) == 0
    (here,) = sealed(home)

    with s3(tmp_path, "written") as address:
        lay_down(place(f"{address}/posts/2025"), whole[:50], "a")
        lay_down(place(f"{address}/posts/2026"), whole[50:], "b")
        monkeypatch.setenv("SAYSO_DOCUMENTS", f"{address}/posts")
        assert run(["build"]) == 0
        assert sealed(home) == [here]
        assert run(["explain", whole[70].id]) == 0
        place(f"{address}/posts/2026/b.parquet").unlink()
        assert run(["explain", whole[70].id]) == 1


def test_a_bucket_that_does_not_answer_is_said_in_one_message(
    whole: tuple[Document, ...],
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    s3fs = pytest.importorskip("s3fs", reason="documents in a bucket need sayso[s3]")
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 1)  # to be told soon
    assert whole
    monkeypatch.setenv("SAYSO_DOCUMENTS", "s3://nowhere/posts")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")

    assert run(["build"]) == 1

    assert "s3://nowhere/posts cannot be read" in capsys.readouterr().err.replace("\n", " ")
    assert sealed(home) == []


def test_an_address_that_nothing_speaks_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAYSO_DOCUMENTS", "nowhere://posts")

    assert run(["build"]) == 1

    assert "nowhere://" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["no file", "no Parquet", "a column", "a value", "both", "twice"])
def test_files_that_cannot_be_taken_are_named_and_nothing_is_sealed(
    kind: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = open_network(load_settings(home, {}))
    held = every_document(network)
    network.close()
    (tmp_path / "posts").mkdir()
    path = tmp_path / "posts" / "z.parquet"
    table = pa.Table.from_batches([batch_of(held[:2])])
    match kind:
        case "no Parquet":
            path.write_bytes(b"id,text\n")
        case "a column":
            pq.write_table(table.drop_columns(["text"]), path)
        case "a value":
            fresh = table.set_column(0, "id", pa.array(["x", "y"]))
            pq.write_table(fresh.set_column(3, "text", pa.array(["One two three.", None])), path)
        case "both":
            pq.write_table(table, path)
        case "twice":
            fresh = table.set_column(0, "id", pa.array(["x", "y"]))
            pq.write_table(fresh, tmp_path / "posts" / "a.parquet")
            pq.write_table(fresh, path)
    with (home / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(f'documents = "{tmp_path / "posts"}"\n')

    assert run(["build"]) == 1

    said = capsys.readouterr().err.replace("\n", "")
    assert (str(tmp_path / "posts") if kind == "no file" else "z.parquet") in said
    assert sealed(home) == []
