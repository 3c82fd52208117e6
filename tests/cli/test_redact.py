"""`redact` shows what would be taken out of a text, and why."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sayso.cli.verbs import run
from sayso.community import DocumentId
from sayso.jobs.missed import mark_missed
from sayso.redact.redactor import FINDERS
from sayso.redact.scan import Kind
from sayso.settings import load_settings
from sayso.wiring import open_network

LETTER = "Write to ana.lopez@example.org, or to ana.lopez@example.org again; see @bob.\n"


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def print_it(*words: object) -> str:
        assert run(["redact", *map(str, words)]) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return print_it


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def test_what_goes_is_shown_with_what_stands_there_instead_and_why(
    printed: Callable[..., str], letter: Path, tmp_path: Path
) -> None:
    shown = printed("show", letter, "--home", tmp_path)

    assert "Write to <EMAIL_1>, or to <EMAIL_1> again; see <HANDLE_1>." in shown
    assert "ana.lopez@example.org" in shown.partition("pieces go")[2], "the words, beside the rule"
    assert "email: at-sign" in shown


def test_as_json_every_piece_has_its_place_kind_finder_and_rule(
    printed: Callable[..., str], letter: Path, tmp_path: Path
) -> None:
    (document,) = json.loads(printed("show", letter, "--home", tmp_path, "--json"))

    first = document["found"][0]
    assert LETTER[first["start"] : first["end"]] == first["words"] == "ana.lopez@example.org"
    assert {"kind", "placeholder", "finder", "rule"} <= first.keys()
    assert document["text"].startswith("Write to <EMAIL_1>, or to <EMAIL_1>")


def test_each_line_of_json_lines_is_a_document_whose_title_shares_its_numbers(
    printed: Callable[..., str], tmp_path: Path
) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "one", "title": "Mail a@example.org", "text": "a@example.org or b@example.org"},
        {"id": "two", "text": "b@example.org"},
    ]
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    shown = json.loads(printed("show", path, "--home", tmp_path, "--json"))

    assert [(each["id"], each["text"]) for each in shown] == [
        ("one", "Mail <EMAIL_1>"),
        ("one", "<EMAIL_1> or <EMAIL_2>"),
        ("two", "<EMAIL_1>"),
    ]


def test_in_a_home_its_members_names_are_known(printed: Callable[..., str], home: Path) -> None:
    members = home / "members.jsonl"
    members.write_text('{"id": "zoe", "name": "Zoë Quellenbach"}\n', encoding="utf-8")
    assert run(["members", "import", str(members), "--home", str(home)]) == 0
    note = home / "note.txt"
    note.write_text("It was ZOE QUELLENBACH who said so.\n", encoding="utf-8")

    assert "It was <PERSON_1> who said so." in printed("show", note, "--home", home)


def test_every_finder_is_listed(printed: Callable[..., str]) -> None:
    listed = json.loads(printed("finders", "--json"))

    assert [each["kind"] for each in listed] == [each.kind for each in FINDERS]
    assert all(each["about"] for each in listed)


def test_what_was_marked_as_missed_is_printed_and_checked_as_a_test(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    with closing(open_network(load_settings(home, {}))) as network, network.writing() as stores:
        document = stores.community.document(DocumentId("ana/0"))
        assert document is not None
        words = " ".join(document.text.split()[:3])
        mark_missed(stores, document.id, words, Kind.ADDRESS, network.clock())
    assert run(["redact", "misses", "--home", str(home)]) == 0
    rows = home / "missed.jsonl"
    rows.write_text(capsys.readouterr().out, encoding="utf-8")

    assert run(["redact", "check", str(rows), "--home", str(home)]) == 1

    told = capsys.readouterr().out
    assert "0 of 1 labelled pieces would be taken out." in told
    assert words in told


def test_a_file_in_which_all_that_is_labelled_goes_passes(
    printed: Callable[..., str], tmp_path: Path
) -> None:
    span = {"start": 9, "end": 30, "label": "EMAIL"}
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"text": LETTER, "spans": [span]}) + "\n", encoding="utf-8")

    told = printed("check", rows, "--home", tmp_path)

    assert told == "1 of 1 labelled pieces would be taken out.\n"


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--region Germany", "two letters"),
        ("--region XX", "two letters"),
        ("--language Deutsch", "pt-BR"),
    ],
)
def test_a_region_and_a_language_are_codes(
    capsys: pytest.CaptureFixture[str], letter: Path, option: str, said: str
) -> None:
    home = ["--home", str(letter.parent)]

    assert run(["redact", "show", str(letter), *option.split(), *home]) == 1

    told = capsys.readouterr().err
    assert option in told
    assert said in told


def test_code_in_markdown_is_read_as_code(printed: Callable[..., str], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("See @ana.\n\n```\n@Override\n@ana\n```\n", encoding="utf-8")

    (document,) = json.loads(printed("show", page, "--home", tmp_path, "--json"))

    assert document["text"].split() == ["See", "<HANDLE_1>.", "@Override", "@ana"]


def test_labels_that_nothing_looks_for_are_told_and_not_counted(
    printed: Callable[..., str], tmp_path: Path
) -> None:
    spans = [
        {"start": 9, "end": 30, "label": "EMAIL"},
        {"start": 0, "end": 5, "label": "LOC"},
        {"start": 6, "end": 8, "label": "LOC"},
    ]
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"text": LETTER, "spans": spans}) + "\n", encoding="utf-8")

    told = printed("check", rows, "--home", tmp_path)

    assert told.startswith("1 of 1 labelled pieces")
    assert "LOC (2)" in told


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": "hello"}, "has spans"),
        ({"text": "hello", "spans": [{"start": 0, "end": 5, "label": "LOC"}]}, "LOC"),
    ],
)
def test_a_file_with_nothing_to_check_does_not_pass(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, row: dict[str, Any], said: str
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps(row) + "\n", encoding="utf-8")

    assert run(["redact", "check", str(rows), "--home", str(tmp_path)]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("latin.txt", "caf\xe9".encode("latin-1"), "not UTF-8"),
        ("broken.jsonl", b'{"id": "a", "text": "b"}\n{nope\n', "line 2"),
        ("odd.jsonl", b'{"id": "a", "text": ["b"]}\n', "line 1"),
        ("named.jsonl", b'{"id": "a", "texto": "b"}\n', "no text"),
        ("empty.jsonl", b'{"id": "a", "text": null}\n', "no text"),
        ("a.zip", b"PK\x03\x04 and so on", "a zip archive"),
    ],
)
def test_what_cannot_be_read_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert run(["redact", "show", str(path), "--home", str(tmp_path)]) == 1

    told = capsys.readouterr().err
    assert said in told
    assert name in told
