"""`sayso import`: what it reads, what it says of what it left out, and which reader is right."""

import json
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from archives import stackexchange
from harbour import SMALL, posts, write_posts
from sayso.cli.verbs import app
from sayso.settings import FILE_NAME, load_settings
from sayso.sources.readers import READERS
from sayso.wiring import open_network
from terminal import assert_one_clear_message, must, sayso

BROKEN = (
    '{"id": "no-date", "author": "ana", "text": "When was it?"}',
    '{"id": "no-text", "author": "ana", "date": "2026-01-01"}',
    '{"id": "no-author", "text": "Whose is it?", "date": "2026-01-01"}',
    '{"id": "a list", "author": "ana", "text": ["no"], "date": "2026-01-01"}',
    '{"id": "no-date-again", "author": "ana", "text": "And when was this?"}',
    '{"id": "broken"',
)


@pytest.fixture
def cove(tmp_path: Path) -> Path:
    home = tmp_path / "cove"
    must("init", home)
    with (home / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(SMALL)
    return home


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = write_posts(tmp_path / "posts.jsonl", posts(("ana",), each=3))
    path.write_text(path.read_text() + "\n".join(BROKEN) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("entry", READERS, ids=lambda entry: entry.name)
def test_help_lists_every_reader_with_its_line(entry: object) -> None:
    shown = CliRunner().invoke(app, ["import", "--help"], prog_name="sayso", terminal_width=200)
    words = " ".join(shown.output.split())

    assert f"{entry.name}: " in words  # type: ignore[attr-defined]
    assert entry.about.replace("`", "")[:30] in words  # type: ignore[attr-defined]


def test_every_reason_is_counted_and_shown_once_in_80_columns(cove: Path, mixed: Path) -> None:
    out = must("import", "jsonl", mixed, home=cove)

    assert out.startswith("read 9 / new 3 / changed 0 / deleted 0 / unchanged 0 / skipped 6\n")
    assert "  skipped 2: no date\n" in out
    assert out.count("skipped 1: ") == 4
    spaceless = str(mixed)
    assert all(len(line) <= 80 or spaceless in line for line in out.splitlines()), out


def test_the_same_counts_are_facts_in_json(cove: Path, mixed: Path) -> None:
    found = json.loads(must("import", "jsonl", mixed, "--json", home=cove))

    assert {name: found[name] for name in ("read", "new", "changed", "deleted", "unchanged")} == {
        "read": 9,
        "new": 3,
        "changed": 0,
        "deleted": 0,
        "unchanged": 0,
    }
    assert found["skipped"]["no date"] == 2
    assert sum(found["skipped"].values()) == found["broken"] == 6
    assert len(found["skipped_items"]) == 6
    assert {each["reason"] for each in found["skipped_items"]} == found["skipped"].keys()
    assert all(each["where"].startswith(f"{mixed}, line ") for each in found["skipped_items"])
    assert (found["dry_run"], found["refused"]) == (False, None)


def test_an_archive_given_to_another_reader_names_those_that_read_it(
    cove: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("posts.csv", "id\n")
    (tmp_path / "unpacked").mkdir()

    zipped = sayso("import", "jsonl", tmp_path / "export.zip", home=cove)
    folder = sayso("import", "csv", tmp_path / "unpacked", home=cove)

    assert_one_clear_message(zipped, "export.zip is a zip archive", "linkedin")
    assert_one_clear_message(folder, "unpacked is a folder", "linkedin")


def test_a_database_nobody_described_is_told_how(cove: Path) -> None:
    assert_one_clear_message(sayso("import", "sql", "forum", home=cove), "[sources.forum]")


def test_a_collection_is_called_as_the_operator_says(cove: Path, tmp_path: Path) -> None:
    dump = stackexchange.good(tmp_path)

    must("import", "stackexchange", dump, "--source", "tides.example.org", home=cove)

    with closing(open_network(load_settings(cove, {}))) as network, network.reading() as stores:
        ids = list(stores.community.document_ids("tides.example.org"))
    assert ids
    assert all(each.startswith("stackexchange:tides.example.org:") for each in ids)
